//! Programs that ask people for a part of their map: added, changed and stopped by administrators.

use axum::extract::RawQuery;
use axum::response::Response;

use super::answer;
use crate::domain::ClientId;
use crate::domain::oauth::{Client, ClientKeys};
use crate::http::StaffMember;
use crate::usecase::client::{ClientFault, Metadata, NotKept};
use crate::usecase::{Error, Session};
use crate::web::page::client::{ClientPage, ClientsPage, Typed};
use crate::web::page::confirm::Confirm;
use crate::web::page::form::Wrong;
use crate::web::page::{Notice, url};
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::view::{View, to};

pub async fn list(mut view: View, StaffMember(session): StaffMember, RawQuery(query): RawQuery) -> Response {
    view.notice = noticed(&view, query.as_deref());
    let shown = all(&view, &session, Typed::default()).await;
    answer(&view, shown.map(|page| view.page(&page)))
}

pub async fn add(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    let said = said(&pairs);
    if pairs.only_again() {
        let shown = all(&view, &session, typed(said, Vec::new())).await;
        return answer(&view, shown.map(|page| view.page(&page)));
    }
    match view.site.service.register_client(&session, &said).await {
        Ok(client) => to(url::staff_client(client.id)),
        Err(fault) => match wrong(&view, fault) {
            Ok(wrong) => answer(&view, all(&view, &session, typed(said, wrong)).await.map(|page| view.faulty(&page))),
            Err(error) => view.error(&error),
        },
    }
}

pub async fn one(mut view: View, StaffMember(session): StaffMember, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    view.notice = noticed(&view, query.as_deref());
    answer(&view, find(&view, &session, &id).await.map(|client| view.page(&page(&view, client, None))))
}

pub async fn change(view: View, StaffMember(session): StaffMember, Path(id): Path<String>, pairs: Pairs) -> Response {
    let client = match find(&view, &session, &id).await {
        Ok(client) => client,
        Err(error) => return view.error(&error),
    };
    let said = said(&pairs);
    if pairs.only_again() {
        return view.page(&page(&view, client, Some(typed(said, Vec::new()))));
    }
    match view.site.service.change_client(&session, client.id, &said).await {
        Ok(client) => to(format!("{}?changed", url::staff_client(client.id))),
        Err(fault) => match wrong(&view, fault) {
            Ok(wrong) => view.faulty(&page(&view, client, Some(typed(said, wrong)))),
            Err(error) => view.error(&error),
        },
    }
}

pub async fn ask_end(view: View, StaffMember(session): StaffMember, Path(id): Path<String>) -> Response {
    let found = find(&view, &session, &id).await;
    answer(&view, found.map(|client| view.page(&Confirm::end_client(view.t, client.id, &client.name))))
}

pub async fn end(view: View, StaffMember(session): StaffMember, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<ClientId>() else { return view.not_found() };
    match view.site.service.end_client(&session, id).await {
        // Not there, or not any more: the list says which there are.
        Err(Error::NotFound) => to(url::STAFF_CLIENTS),
        // Gone meanwhile is as good: two clicks, or two windows.
        Ok(()) | Err(Error::Gone) => to(format!("{}?ended", url::STAFF_CLIENTS)),
        Err(error) => view.error(&error),
    }
}

fn noticed(view: &View, query: Option<&str>) -> Option<Notice> {
    let key = match query {
        Some("changed") => "client-done-changed",
        Some("ended") => "client-done-ended",
        _ => return None,
    };
    Some(Notice { text: view.t.s(key), warning: false })
}

async fn find(view: &View, session: &Session, id: &str) -> Result<Client, Error> {
    let id: ClientId = id.parse().map_err(|_| Error::NotFound)?;
    view.site.service.clients(session).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)
}

fn said(pairs: &Pairs) -> Metadata {
    let one = |name| pairs.one(name).to_owned();
    Metadata { name: one("name"), redirects: one("redirects"), keys: one("keys") }
}

fn typed(said: Metadata, wrong: Vec<Wrong>) -> Typed {
    Typed { name: said.name, redirects: said.redirects, keys: said.keys, wrong }
}

/// What is wrong beside which field, where it is the form's fault.
fn wrong(view: &View, fault: NotKept) -> Result<Vec<Wrong>, Error> {
    let of = |fault: &ClientFault| match fault {
        ClientFault::Name => ("name", "wrong-client-name"),
        ClientFault::Redirects => ("redirects", "wrong-client-redirects"),
        ClientFault::Keys => ("keys", "wrong-client-keys"),
        ClientFault::PrivateKey => ("keys", "wrong-client-private"),
        ClientFault::KeyKind => ("keys", "wrong-client-kind"),
    };
    match fault {
        NotKept::Wrong(faults) => Ok(faults.iter().map(of).map(|(id, key)| Wrong::new(id, view.t.s(key))).collect()),
        NotKept::Failed(Error::TooMany(_)) => Ok(vec![Wrong::new("name", view.t.s("wrong-client-many"))]),
        NotKept::Failed(error) => Err(error),
    }
}

async fn all(view: &View, session: &Session, typed: Typed) -> Result<ClientsPage, Error> {
    let clients = view.site.service.clients(session).await?;
    let clients = clients.into_iter().map(|one| (one.id, one.name, one.created)).collect();
    Ok(ClientsPage { t: view.t, clients, typed })
}

fn page(view: &View, client: Client, typed: Option<Typed>) -> ClientPage {
    let stored = || Typed {
        name: client.name.clone(),
        redirects: client.redirects.join("\n"),
        keys: match &client.keys {
            ClientKeys::Set(text) | ClientKeys::Url(text) => text.clone(),
        },
        wrong: Vec::new(),
    };
    let typed = typed.unwrap_or_else(stored);
    ClientPage { t: view.t, issuer: view.site.base.origin().to_owned(), typed, client }
}
