//! The file of settings. What is wrong in it is told with its line.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use url::{Host, Url};

use super::Serving;
use crate::app::Unbuilt;
use crate::http::{Base, Contacts};

/// As it is written; [`Settings`] is what is read out of it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    base: Option<Spanned<String>>,
    leave: Option<Spanned<Url>>,
    #[serde(default)]
    issuer: Vec<WrittenIssuer>,
    data: Option<PathBuf>,
    database: Option<String>,
    database_file: Option<PathBuf>,
    policies: Option<PathBuf>,
    keys: Option<PathBuf>,
    wallet_anchors: Option<PathBuf>,
    wallet_certificate: Option<PathBuf>,
    wallet_key: Option<PathBuf>,
    participants: Option<String>,
    #[serde(default)]
    contacts: Contacts,
    listen: Option<SocketAddr>,
    #[serde(default)]
    behind_proxy: bool,
    tls_certificate: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    #[serde(default)]
    inner_hosts: Vec<String>,
    #[serde(default)]
    metrics: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIssuer {
    id: Spanned<String>,
    url: Spanned<String>,
    client_id: String,
    secret_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
    #[serde(default)]
    acr: Vec<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    ask_name: bool,
}

#[derive(Default)]
pub(super) struct Settings {
    pub base: Option<String>,
    /// Where "Lämna sidan" leads: an https page that anyone may have open.
    pub leave: Option<Url>,
    pub issuer: Vec<IssuerSetting>,
    pub data: Option<PathBuf>,
    pub database: Option<String>,
    pub database_file: Option<PathBuf>,
    pub policies: Option<PathBuf>,
    pub keys: Option<PathBuf>,
    pub wallet_anchors: Option<PathBuf>,
    pub wallet_certificate: Option<PathBuf>,
    pub wallet_key: Option<PathBuf>,
    /// The id of the issuer by which participants sign in.
    pub participants: Option<String>,
    pub contacts: Contacts,
    pub serving: Serving,
}

#[derive(Clone)]
pub(super) struct IssuerSetting {
    pub id: String,
    pub url: String,
    pub client_id: String,
    /// A file with the client secret; or else `key_file`.
    pub secret_file: Option<PathBuf>,
    /// A file with an ES256 key (PKCS#8) for `private_key_jwt`.
    pub key_file: Option<PathBuf>,
    pub acr: Vec<String>,
    pub scopes: Vec<String>,
    pub ask_name: bool,
}

/// A file's text, to say where in it something is wrong.
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Source<'_> {
    fn wrong(&self, at: Option<Range<usize>>, why: &str) -> Unbuilt {
        let path = self.path.display();
        let line = |at: Range<usize>| 1 + self.text.bytes().take(at.start).filter(|byte| *byte == b'\n').count();
        Unbuilt(at.map_or_else(|| format!("{path}: {why}"), |at| format!("{path}, line {}: {why}", line(at))))
    }
}

pub(super) fn read(path: &Path) -> Result<Settings, Unbuilt> {
    let text = std::fs::read_to_string(path).map_err(|e| Unbuilt(format!("{} cannot be read: {e}.", path.display())))?;
    parse(&Source { path, text: &text })
}

fn parse(source: &Source<'_>) -> Result<Settings, Unbuilt> {
    // The parser's own words could quote a secret that someone wrote into the wrong file.
    let written: Written = toml::from_str(source.text).map_err(|e| source.wrong(e.span(), e.message()))?;
    if let Some(base) = written.base.as_ref().filter(|base| Base::parse(base.get_ref()).is_none()) {
        return Err(source.wrong(Some(base.span()), "`base` must be an http or https origin, such as https://egenkarta.example."));
    }
    if let Some(to) = written.leave.as_ref().filter(|to| !may_leave_to(to.get_ref())) {
        return Err(source.wrong(Some(to.span()), &format!("`leave` must be an https address, and is {}.", to.get_ref())));
    }
    let tls = match (written.tls_certificate, written.tls_key) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        _ => return Err(source.wrong(None, "`tls_certificate` and `tls_key` go together.")),
    };
    if written.wallet_certificate.is_some() != written.wallet_key.is_some() {
        return Err(source.wrong(None, "`wallet_certificate` and `wallet_key` go together."));
    }
    if written.database.is_some() && written.database_file.is_some() {
        return Err(source.wrong(None, "give `database` or `database_file`, and not both."));
    }
    let (listen, behind_proxy) = (written.listen, written.behind_proxy);
    Ok(Settings {
        base: written.base.map(Spanned::into_inner),
        leave: written.leave.map(Spanned::into_inner),
        issuer: issuers(source, written.issuer)?,
        data: written.data,
        database: written.database,
        database_file: written.database_file,
        policies: written.policies,
        keys: written.keys,
        wallet_anchors: written.wallet_anchors,
        wallet_certificate: written.wallet_certificate,
        wallet_key: written.wallet_key,
        participants: written.participants,
        contacts: written.contacts,
        serving: Serving { listen, behind_proxy, tls, inner_hosts: written.inner_hosts, metrics: written.metrics },
    })
}

fn issuers(source: &Source<'_>, written: Vec<WrittenIssuer>) -> Result<Vec<IssuerSetting>, Unbuilt> {
    let mut ids = BTreeSet::new();
    let mut all = Vec::new();
    for issuer in written {
        let WrittenIssuer { id, url, client_id, secret_file, key_file, acr, scopes, ask_name } = issuer;
        if !ids.insert(id.get_ref().clone()) {
            // Accounts are found by it: those of one provider would be taken for those of another.
            return Err(source.wrong(Some(id.span()), &format!("there are two issuers with the id \"{}\".", id.get_ref())));
        }
        if !may_vouch(url.get_ref()) {
            let why = format!("issuer \"{}\": `url` must begin with https, or lie on this machine.", id.get_ref());
            return Err(source.wrong(Some(url.span()), &why));
        }
        let (id, url) = (id.into_inner(), url.into_inner());
        all.push(IssuerSetting { id, url, client_id, secret_file, key_file, acr, scopes, ask_name });
    }
    Ok(all)
}

/// Another scheme than https could run script, or show the way in clear.
fn may_leave_to(to: &Url) -> bool {
    to.scheme() == "https" && to.username().is_empty()
}

/// Who can write what an issuer answers in clear can sign in as anyone.
fn may_vouch(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        parse(&Source { path: Path::new("e.toml"), text }).err().map(|e| e.0).unwrap_or_default()
    }

    #[test]
    fn the_way_out_leads_to_https_and_nowhere_else() {
        let to = |text: &str| may_leave_to(&Url::parse(text).unwrap());
        for refused in ["http://example.org/", "javascript:alert(1)", "data:text/html,x", "https://someone@example.org/"] {
            assert!(!to(refused), "{refused}");
        }
        assert!(to("https://example.org/vader"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let issuer = |id: &str, url: &str| format!("[[issuer]]\nid = \"{id}\"\nurl = \"{url}\"\nclient_id = \"x\"\n");
        let twice = format!("{}{}", issuer("eid", "https://a.example"), issuer("eid", "https://b.example"));
        for (text, said) in [
            ("base = \"https://a.example\"\nbasis = 1\n".to_owned(), "e.toml, line 2: unknown field"),
            ("\n\nbase = \"ftp://a.example\"\n".to_owned(), "e.toml, line 3: `base` must"),
            ("leave = \"http://a.example/\"\n".to_owned(), "e.toml, line 1: `leave` must"),
            ("listen = \"here\"\n".to_owned(), "e.toml, line 1: "),
            (twice, "e.toml, line 6: there are two issuers with the id \"eid\""),
            (issuer("eid", "http://login.example"), "e.toml, line 3: issuer \"eid\": `url` must begin with https"),
            (issuer("eid", "login.example"), "e.toml, line 3: "),
            ("tls_key = \"k\"\n".to_owned(), "go together"),
            ("wallet_key = \"k\"\n".to_owned(), "go together"),
            ("database = \"a\"\ndatabase_file = \"b\"\n".to_owned(), "not both"),
        ] {
            assert!(wrong(&text).contains(said), "{said}: {}", wrong(&text));
        }
        for url in ["http://localhost:8080/idp", "http://127.0.0.1:9", "http://[::1]:9/x", "https://login.example"] {
            assert_eq!(wrong(&issuer("eid", url)), "", "{url}");
        }
    }

    #[test]
    fn every_setting_of_serve_can_stand_in_the_file() {
        let text = "base = \"https://a.example\"\nleave = \"https://b.example/\"\ndata = \"d\"\ndatabase_file = \"f\"\npolicies = \"p\"\n\
                    keys = \"k\"\nwallet_anchors = \"a\"\nwallet_certificate = \"c\"\nwallet_key = \"w\"\nparticipants = \"eid\"\n\
                    listen = \"0.0.0.0:443\"\nbehind_proxy = true\ntls_certificate = \"t\"\ntls_key = \"u\"\n\
                    inner_hosts = [\"idp.inner\"]\nmetrics = true\n";
        let Ok(read) = parse(&Source { path: Path::new("e.toml"), text }) else { panic!("{}", wrong(text)) };
        assert!(read.serving.behind_proxy && read.serving.metrics && read.serving.tls.is_some());
        assert_eq!(read.serving.listen.map(|at| at.port()), Some(443));
        assert_eq!(read.serving.inner_hosts, ["idp.inner"]);
    }
}
