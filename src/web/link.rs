//! The pages of whoever opens a link. GET neither opens nor counts: a button does, since mail scanners follow links.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;
use uuid::Uuid;

use super::contents::{Sharing, contents, in_scope};
use super::page::form::Wrong;
use super::page::link::{LinkOpen, LinkRead, words};
use super::page::reading::Contents;
use super::pairs::Pairs;
use super::sent::Path;
use super::view::View;
use crate::crypto::link::LinkSecret;
use crate::http::remote::Remote;
use crate::http::route::get_post;
use crate::http::{Site, link_tries};
use crate::usecase::Error;
use crate::usecase::disclosure::Disclosed;
use crate::usecase::link::NotOpened;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route("/l/{id}", get_post(show, open))
}

async fn show(view: View, Path(id): Path<String>) -> Response {
    match id.parse::<Uuid>() {
        Ok(id) => view.page(&page(&view, id, &Pairs(Vec::new()))),
        Err(_) => view.not_found(),
    }
}

/// Opens here, for whom their own browser could not.
async fn open(view: View, Remote(address): Remote, Path(id): Path<String>, pairs: Pairs) -> Response {
    let Ok(id) = id.parse::<Uuid>() else { return view.not_found() };
    let (t, page) = (view.t, page(&view, id, &pairs));
    if pairs.only_again() {
        return view.page(&page);
    }
    if let Err(seconds) = link_tries(&view.site, &address) {
        return view.error(&Error::TooOften(seconds));
    }
    let Some((id, secret)) = whole(pairs.one("link")) else {
        return view.faulty(&LinkOpen { wrong: vec![Wrong::new("link-text", t.s("link-told-text"))], ..page });
    };
    let word = Some(pairs.one("word")).filter(|word| !word.trim().is_empty());
    match view.site.service.read_by_link(id, &secret, word).await {
        Ok(disclosed) => view.page(&LinkRead { t, contents: read(&view, &disclosed).await }),
        Err(NotOpened::Closed) => view.with_status(StatusCode::FORBIDDEN, &LinkOpen { told: Some(t.s("link-closed")), ..page }),
        Err(NotOpened::Word { left }) => {
            let text = left.map_or_else(|| t.s("link-told-word"), |left| t.one("link-told-wrong", "left", left));
            view.faulty(&LinkOpen { wrong: vec![Wrong::new("word", text)], ..page })
        }
        Err(NotOpened::Fault(error)) => view.error(&error),
    }
}

fn page(view: &View, id: Uuid, pairs: &Pairs) -> LinkOpen {
    let (t, purposes) = (view.t, view.site.service.catalogue.purposes());
    LinkOpen {
        t,
        id: id.simple().to_string(),
        link: pairs.one("link").to_owned(),
        word: pairs.one("word").to_owned(),
        words: words(
            t,
            purposes.iter().map(|one| (one.id.clone(), one.label.get(t.lang.tag()).to_owned())),
            view.site.service.linkable(),
        ),
        told: None,
        wrong: Vec::new(),
    }
}

/// The id and the secret of a whole link; `None` for anything else. Whose address it is says nothing.
fn whole(link: &str) -> Option<(Uuid, LinkSecret)> {
    let url = Url::parse(link.trim()).ok()?;
    let id = url.path().strip_prefix("/l/")?.parse().ok()?;
    Some((id, LinkSecret::parse(url.fragment()?)?))
}

async fn read(view: &View, disclosed: &Disclosed) -> Contents {
    let recipient = &disclosed.unit.unit.kind;
    let sharing = Sharing { terms: &disclosed.terms, recipient, code: &disclosed.code, level: 2 };
    let found = view.site.found_each(disclosed.entries.iter().map(|held| &held.entry).collect()).await;
    contents(view.t, &view.site.service.catalogue, &sharing, in_scope(disclosed, &found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_whole_link_is_none() {
        let (id, secret) = ("0191d5a0000070008000000000000001", "A".repeat(43));
        for text in ["", "x", &format!("https://x.example/l/{id}"), &format!("https://x.example/l/{id}#{}", &secret[..42]), &secret]
        {
            assert!(whole(text).is_none(), "{text}");
        }
        assert!(whole(&format!(" https://x.example/l/{id}#{secret} ")).is_some());
    }
}
