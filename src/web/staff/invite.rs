//! Invites: made by an administrator, shown once, accepted by whoever holds the link. The secret stands in the link's fragment and in a
//! POST body, never in an address that a server sees.

use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use uuid::Uuid;

use super::answer;
use super::unit::{Sent, done, faulty};
use crate::crypto::secret::Secret;
use crate::domain::organisation::Role;
use crate::http::StaffMember;
use crate::http::remote::Remote;
use crate::usecase::{Error, Session, SessionKind};
use crate::web::login::{self, Start};
use crate::web::page::form::Wrong;
use crate::web::page::unit::{Invite, Once};
use crate::web::page::url;
use crate::web::sent::Form;
use crate::web::view::View;

#[derive(Deserialize)]
pub struct Cancelled {
    #[serde(default)]
    invite: String,
}

#[derive(Deserialize)]
pub struct Accepted {
    #[serde(default)]
    code: String,
    /// The form came back in another language.
    language: Option<String>,
}

/// Tries from one address within five minutes.
const MOST: usize = 20;

/// Makes an invite; the page shows its link once.
pub async fn make(view: View, StaffMember(session): StaffMember, Form(sent): Form<Sent>) -> Response {
    answer(&view, made(&view, &session, sent).await)
}

pub async fn cancel(view: View, StaffMember(session): StaffMember, Form(cancelled): Form<Cancelled>) -> Response {
    let Ok(id) = cancelled.invite.parse::<Uuid>() else { return view.not_found() };
    answer(&view, view.site.service.cancel_invite(&session, id).await.map(|()| done("cancelled")))
}

pub async fn ask(view: View) -> Response {
    view.page(&Invite { t: view.t, code: String::new(), wrong: Vec::new() })
}

/// A good code leads to the login of the organisation that it is for.
pub async fn accept(view: View, jar: CookieJar, Remote(address): Remote, Form(accepted): Form<Accepted>) -> Response {
    let Accepted { code, language } = accepted;
    if language.is_some() {
        return view.page(&Invite { t: view.t, code, wrong: Vec::new() });
    }
    let key = view.site.service.keys.address(&format!("invite {address}")).0;
    if let Err(seconds) = view.site.tries.count(key, MOST, view.t.now) {
        return view.error(&Error::TooOften(seconds));
    }
    let secret = secret(&code);
    let found = match &secret {
        Some(secret) => view.site.service.invited(secret).await,
        None => Ok(None),
    };
    match (found, secret) {
        (Ok(Some(invitation)), Some(secret)) => {
            view.site.tries.forget(&key);
            let text = secret.text().as_str().to_owned();
            let start = Start { kind: SessionKind::Staff, shared: false, invite: Some(text), hint: None };
            login::begin(&view, jar, &invitation.unit.organisation.issuer, start).await
        }
        (Ok(_), _) => {
            let wrong = vec![Wrong::new("code", view.t.s("wrong-invite"))];
            view.faulty(&Invite { t: view.t, code, wrong })
        }
        (Err(error), _) => view.error(&error),
    }
}

async fn made(view: &View, session: &Session, sent: Sent) -> Result<Response, Error> {
    let mut wrong = Vec::new();
    if sent.name.trim().is_empty() {
        wrong.push(Wrong::new("name", view.t.s("wrong-name")));
    }
    let Some(chosen) = Role::from_word(&sent.role) else {
        wrong.push(Wrong::new("role", view.t.s("wrong-role")));
        return faulty(view, session, sent.typed(wrong)).await;
    };
    match view.site.service.invite(session, &sent.name, chosen).await {
        Ok(secret) => {
            let link = view.site.base.url(&format!("{}#{}", url::INVITE, secret.text().as_str()));
            Ok(view.once(&Once::invite(view.t, link)))
        }
        Err(Error::Faults(_)) => {
            let wrong = vec![Wrong::new("name", view.t.s("wrong-name"))];
            faulty(view, session, sent.typed(wrong)).await
        }
        Err(Error::TooMany(_)) => {
            let wrong = vec![Wrong::new("name", view.t.one("wrong-invite-doubled", "name", sent.name.trim()))];
            faulty(view, session, sent.typed(wrong)).await
        }
        Err(error) => Err(error),
    }
}

/// The secret in what was pasted: the whole link, or the code alone.
fn secret(pasted: &str) -> Option<Secret> {
    let code = pasted.rsplit('#').next().unwrap_or_default();
    Secret::parse(code.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn a_link_or_its_code_is_read_and_nothing_else() {
        let text = Secret::random(&SystemRandom::default()).text().as_str().to_owned();
        for bad in ["", "#", "https://egenkarta.example/invite", &text[1..], &format!("{text}A"), &format!("{text}#")] {
            assert!(secret(bad).is_none());
        }
        for good in [text.clone(), format!(" {text}\n"), format!("https://egenkarta.example/invite#{text}")] {
            assert_eq!(secret(&good).expect("a code").text().as_str(), text);
        }
    }
}
