//! `egenkarta open`: what a link opens, opened by one's own program. The server is sent the proof and sees nothing of what is read.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use url::Url;

use super::out::{say, tell};
use crate::api::link::Answer;
use crate::app::Unbuilt;
use crate::crypto::link::{LinkSecret, Opened};
use crate::domain::consent::Terms;
use crate::domain::fetch::Method;
use crate::domain::{Fetch, FetchRequest, SystemClock, Timestamp};
use crate::http::Base;
use crate::outbound::{Outbound, Reach};
use crate::text::{Lang, T};
use crate::web::page::shown::{Shown, Worded};

/// Open a link that someone has given you; only ciphertext leaves the server, and the person sees that it was opened
#[derive(Args)]
pub struct Open {
    /// The whole link, with what stands after `#`
    link: String,

    /// The code word, where the link asks for one
    #[arg(long)]
    word: Option<String>,

    /// Print JSON
    #[arg(long)]
    json: bool,

    /// The language to print in
    #[arg(long, default_value = "en")]
    lang: String,
}

/// An answer with two hundred long entries.
const MOST_BYTES: usize = 1024 * 1024;

impl Open {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let (secret, url) = parsed(&self.link).ok_or_else(|| said("This is no whole link: it ends in # and 43 characters."))?;
        let answer = self.ask(&secret, url).await?;
        let now = Timestamp(answer.at);
        let opened = answer.sealed().and_then(|sealed| sealed.open(&secret).ok());
        let damaged = || said("What the server sent does not open: it was altered, or is not what this link opens.");
        let (terms, entries) = opened.filter(|(terms, _)| terms.holds_at(now)).ok_or_else(damaged)?;
        if self.json {
            say!("{}", as_json(&terms, &entries));
        } else {
            print(T { lang: Lang::negotiate(Some(&self.lang)), now }, &terms, &entries);
        }
        tell!("Opened on this machine. The server saw that it was opened, and nothing of what stands in it.");
        Ok(())
    }

    async fn ask(&self, secret: &LinkSecret, url: String) -> Result<Answer, Unbuilt> {
        let loopback = Url::parse(&url).ok().and_then(|url| Base::parse(&url.origin().ascii_serialization()));
        let reach = match loopback {
            Some(base) if base.is_loopback() => Reach::Loopback,
            _ => Reach::Public { inner_hosts: BTreeSet::new() },
        };
        let outbound = Outbound::new(reach, Arc::new(SystemClock)).map_err(|error| Unbuilt(error.to_string()))?;
        let body = json!({ "proof": secret.proof().text().as_str(), "word": self.word }).to_string().into_bytes();
        let method = Method::Post { content_type: "application/json".to_owned(), body };
        let request = FetchRequest { url, method, headers: Vec::new(), max_bytes: MOST_BYTES, max_age: None };
        let response =
            outbound.fetch(request).await.map_err(|fault| Unbuilt(format!("The server could not be asked: {fault}.")))?;
        match response.status {
            200 => serde_json::from_slice(&response.body).map_err(|_| said("The server's answer is none that belongs to a link.")),
            429 => Err(said("Too many tries from here. Wait a few minutes.")),
            _ if String::from_utf8_lossy(&response.body).contains("/problems/link-word") => {
                Err(said("The code word is missing or wrong. Give it with --word; after five wrong ones the link ends."))
            }
            _ => Err(said("The link opens nothing: it may have ended, been used up, or not be whole.")),
        }
    }
}

fn said(sentence: &str) -> Unbuilt {
    Unbuilt(sentence.to_owned())
}

/// The secret, and the address that takes the proof.
fn parsed(link: &str) -> Option<(LinkSecret, String)> {
    let mut url = Url::parse(link.trim()).ok()?;
    let secret = LinkSecret::parse(url.fragment()?)?;
    let id = url.path().strip_prefix("/l/")?.trim_end_matches('/').to_owned();
    let path = id.parse::<uuid::Uuid>().is_ok().then(|| format!("/l/{id}/open"))?;
    url.set_fragment(None);
    url.set_query(None);
    url.set_path(&path);
    Some((secret, url.into()))
}

fn as_json(terms: &Terms, entries: &[Opened]) -> serde_json::Value {
    let entry = |(alias, version, entry): &Opened| json!({ "id": hex::encode(alias), "version": version.0, "entry": entry });
    json!({
        "consent": terms.consent.0,
        "purpose": terms.purpose,
        "from": terms.from.rfc3339(),
        "until": terms.until.rfc3339(),
        "entries": entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn print(t: T, terms: &Terms, entries: &[Opened]) {
    say!("{}: {}", t.s("term-until"), plain(&t.until(&terms.until)));
    let sections: BTreeSet<_> = entries.iter().map(|(.., entry)| entry.kind.section()).collect();
    for section in sections {
        say!("\n{}", t.s(format!("section-{}", section.code())));
        for (.., entry) in entries.iter().filter(|(.., entry)| entry.kind.section() == section) {
            let shown = Shown::new(t, entry);
            say!("  {}", both(&shown.heading, shown.original.as_ref()));
            for row in &shown.rows {
                say!("    {}: {}", row.label, both(&row.value, row.original.as_ref()));
            }
            say!("    {}", plain(&shown.confirmed));
        }
    }
}

fn both(value: &Worded, original: Option<&Worded>) -> String {
    match original {
        Some(original) => format!("{} ({})", plain(&value.text), plain(&original.text)),
        None => plain(&value.text),
    }
}

/// Without control characters: what others wrote must not move a terminal's cursor, and marks of direction say nothing there.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_whole_link_is_refused_and_a_whole_one_gives_the_address_without_its_secret() {
        let id = "0191d5a0000070008000000000000001";
        let secret = "A".repeat(43);
        for link in [
            "".to_owned(),
            format!("https://x.example/l/{id}"),
            format!("https://x.example/l/{id}#{}", &secret[1..]),
            format!("https://x.example/l/1#{secret}"),
            format!("https://x.example/m/{id}#{secret}"),
        ] {
            assert!(parsed(&link).is_none(), "{link}");
        }
        let (_, url) = parsed(&format!(" https://x.example/l/{id}?a=b#{secret}\n")).expect("whole");
        assert_eq!(url, format!("https://x.example/l/{id}/open"));
        assert_eq!(plain("a\u{1b}[2Jb\u{2068}c"), "a[2Jbc");
    }
}
