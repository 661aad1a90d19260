//! Every address, once. Routes, links, redirects and tests take them from here. Nothing about a person stands in any of them.

mod issuing;
mod staff;

use std::borrow::Borrow;

pub use issuing::*;
pub use staff::*;

use crate::domain::guide::Step;
use crate::domain::profile::{Class, Kind, Section};
use crate::domain::{ConsentId, EntryId, UnitId};

pub const START: &str = "/";
pub const DEMO: &str = "/demo";
pub const HELP: &str = "/help";
pub const PERSONAL_DATA: &str = "/personal-data";
pub const ACCESSIBILITY: &str = "/accessibility";
/// POST: the accessibility report.
pub const ACCESSIBILITY_REPORT: &str = "/accessibility/report";

/// The API's description to read; beside it, the one that programs fetch.
pub const API: &str = "/api/v1";
pub const API_DOCUMENT: &str = "/api/v1/openapi.json";

/// GET: a proof asked of another wallet, and how far it has come. POST with `name` asks; with `done` it is over.
pub const VERIFY_WALLET: &str = "/verify/wallet";
/// GET: the field for a request; POST with `link` shows it.
pub const PRESENT: &str = "/present";
/// POST with `ticket`, `say` and what was chosen.
pub const PRESENT_ANSWER: &str = "/present/answer";
/// GET: the field for an offer from another issuer; POST with `link` shows it.
pub const RECEIVE: &str = "/receive";
/// POST with `ticket` and `tx_code`.
pub const RECEIVE_TAKE: &str = "/receive/take";
/// GET: where the issuer sends people back.
pub const RECEIVE_BACK: &str = "/receive/back";

/// GET: a wallet's request for a proof (OpenID4VCI 1.0, 5); POST with `say` = `yes`, `no` or `open`, and `proof`.
pub fn wallet(key: &str) -> String {
    format!("/wallet/{key}")
}

/// What stands for a wallet's request among those that wait until someone has signed in: longer than any key of another.
pub fn wallet_waiting(key: &str) -> String {
    format!("{WALLET_WAITING}{key}")
}

/// Where what waited is answered.
pub fn waiting(key: &str) -> String {
    let of_wallet = key.strip_prefix(WALLET_WAITING).filter(|key| key.len() == SECRET_SIGNS);
    of_wallet.map_or_else(|| request(key), wallet)
}

const WALLET_WAITING: &str = "w-";
const SECRET_SIGNS: usize = 43;

/// GET: taking a proof into another wallet; POST makes the offer.
pub fn entry_wallet(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/wallet", id.borrow())
}

/// Progress over time: GET with `view=steps` for the other view.
pub const PROGRESS: &str = "/map/progress";
/// GET: the form of one look back; POST: saves it.
pub const PROGRESS_NEW: &str = "/map/progress/new";

/// POST with `who` = `person` or `staff`, `issuer`, and `shared_device` = `yes` where ticked.
pub const LOGIN: &str = "/login";
/// GET: where the identity provider sends people back.
pub const LOGIN_CALLBACK: &str = "/login/callback";
pub const LOGOUT: &str = "/logout";
/// POST: ends the session and answers with the page [`super::public::Left`].
pub const LEAVE: &str = "/leave";
/// POST with `language` and `back`. Keeps what was typed: answers 307 to `back` where the form holds more than these two, else 303.
pub const LANGUAGE: &str = "/language";
/// POST; answers JSON `{"seconds_left": 1800}`.
pub const SESSION_EXTEND: &str = "/session/extend";
/// Where "Lämna sidan" leads unless the operator has chosen another page that anyone may have open.
pub const NEUTRAL: &str = "https://www.wikipedia.org/";
pub const STATIC: &str = "/static";

pub const TAXONOMY_SEARCH: &str = "/taxonomy/search";

pub const MAP: &str = "/map";
/// GET: leads to where the person stands in the guided mapping.
pub const GUIDE: &str = "/guide";
pub const GUIDE_DONE: &str = "/guide/done";
/// What the form of an entry is asked with, to lead back to the guide.
pub const FROM_GUIDE: &str = "guide";
/// GET: what one may be compared with. POST with `occupation` and `occupation-uri`: the comparison with that occupation.
pub const GAP: &str = "/map/gap";
pub const OUTLINES: &str = "/map/outlines";
/// GET shows the field for a file, POST (multipart) reads it and shows what it holds. Nothing is kept.
pub const IMPORT: &str = "/import";
/// POST: adds what was ticked.
pub const IMPORT_ADD: &str = "/import/add";
/// GET shows the formats, POST with `format` gives the file.
pub const EXPORT: &str = "/export";
pub const KEYS: &str = "/keys";
/// GET and POST: the first passphrase.
pub const KEYS_NEW: &str = "/keys/new";
/// POST: offers six other words.
pub const KEYS_NEW_WORDS: &str = "/keys/new/words";
/// POST: the person has kept the sheet.
pub const KEYS_SHEET_KEPT: &str = "/keys/sheet/kept";
pub const KEYS_UNLOCK: &str = "/keys/unlock";
pub const KEYS_UNLOCK_SHEET: &str = "/keys/unlock/sheet";
pub const KEYS_PASSPHRASE: &str = "/keys/passphrase";
/// POST: a new sheet; answers with the page [`super::passphrase::Sheet`].
pub const KEYS_SHEET: &str = "/keys/sheet";
pub const KEYS_ROTATE: &str = "/keys/rotate";
pub const KEYS_EXPORT: &str = "/keys/export";
pub const KEYS_START_OVER: &str = "/keys/start-over";
pub const KEYS_ERASE: &str = "/keys/erase";
pub const KEYS_ERASE_CANCEL: &str = "/keys/erase/cancel";
/// POST: a new printed card; answers with its page.
pub const KEYS_CARD: &str = "/keys/card";
/// POST with `slot`: one way in or one session ends.
pub const KEYS_REMOVE: &str = "/keys/remove";

pub const SHARING: &str = "/sharing";
pub const SHARING_NEW: &str = "/sharing/new";
/// GET asks whom a link is for; the steps lie under it.
pub const LINK_NEW: &str = "/sharing/link";

/// GET: the authorization endpoint (RFC 6749, 3.1).
pub const AUTHORIZE: &str = "/oauth/authorize";
/// GET shows the field for a short code, POST finds its request.
pub const REQUEST: &str = "/request";

/// GET shows the field for the code (the script takes it from the fragment), POST with `code` shows what is offered.
pub const OFFER: &str = "/offer";
/// POST with `code`: it goes into the map.
pub const OFFER_ACCEPT: &str = "/offer/accept";
/// GET shows the fields for a file or a text, POST (multipart) checks it and shows what it says. Nothing is kept.
pub const PROOFS: &str = "/proofs";
/// POST with `text`: the same for what was pasted.
pub const PROOFS_TEXT: &str = "/proofs/text";
/// POST with `text`: it goes into the map.
pub const PROOFS_ADD: &str = "/proofs/add";
/// GET lists what one shows by code.
pub const SHOWINGS: &str = "/showings";
/// GET: which proofs; the steps lie under it.
pub const SHOWING_NEW: &str = "/showings/new";
/// Where whoever has a code types it; the code may stand after `#`.
pub const VERIFY: &str = "/verify";
/// POST: the same of a file or a photograph.
pub const VERIFY_FILE: &str = "/verify/file";

pub const EVENTS: &str = "/events";
pub const EVENTS_VERIFY: &str = "/events/verify";

pub const STAFF_NEW: &str = "/staff/keys/new";
pub const STAFF_NEW_WORDS: &str = "/staff/keys/new/words";
pub const STAFF_SHEET_KEPT: &str = "/staff/keys/sheet/kept";
pub const STAFF_UNLOCK: &str = "/staff/keys/unlock";
pub const STAFF_UNLOCK_SHEET: &str = "/staff/keys/unlock/sheet";
pub const STAFF_PASSPHRASE: &str = "/staff/keys/passphrase";
/// Under this lies all that staff do.
pub const STAFF: &str = "/staff/";
/// Whether staff read the page at this address: it speaks only the languages that have their texts.
pub fn for_staff(path: &str) -> bool {
    path.starts_with(STAFF) || path == INVITE
}

/// GET: whether wallets are served; POST with `on` = `yes` or `no`.
pub const STAFF_WALLETS: &str = "/staff/unit/wallets";
pub const STAFF_INBOX: &str = "/staff/inbox";
pub const STAFF_UNIT: &str = "/staff/unit";
pub const STAFF_INVITE: &str = "/staff/unit/invite";
/// POST with `invite`: the link serves no more.
pub const STAFF_INVITE_CANCEL: &str = "/staff/unit/invite/cancel";
/// POST with `unit`: the session works at another of one's units.
pub const STAFF_UNIT_CHOOSE: &str = "/staff/unit/choose";
/// GET and POST: an invite accepted by who is staff already.
pub const STAFF_JOIN: &str = "/staff/join";
/// POST: makes a new recovery sheet for the unit.
pub const STAFF_UNIT_SHEET: &str = "/staff/unit/sheet";
/// POST: the unit has kept the sheet.
pub const STAFF_UNIT_SHEET_KEPT: &str = "/staff/unit/sheet/kept";
/// POST: mints a token for a consent.
pub const STAFF_TOKENS: &str = "/staff/unit/tokens";
pub const STAFF_TOKEN_REVOKE: &str = "/staff/unit/tokens/revoke";
/// GET lists what was asked and has the form, POST asks.
pub const STAFF_REQUESTS: &str = "/staff/requests";
/// GET: where the unit's own system is told of consents. POST with `address` sets it.
pub const STAFF_RECEIVER: &str = "/staff/unit/receiver";
/// GET asks, POST removes it.
pub const STAFF_RECEIVER_REMOVE: &str = "/staff/unit/receiver/remove";
/// POST: sends an event of no consent.
pub const STAFF_RECEIVER_TEST: &str = "/staff/unit/receiver/test";
/// POST: tries again what could not be delivered.
pub const STAFF_RECEIVER_RETRY: &str = "/staff/unit/receiver/retry";
/// GET: what the unit states of what it does with what it reads. POST states it anew.
pub const STAFF_STATEMENT: &str = "/staff/unit/statement";
/// GET lists the programs that ask, POST adds one.
pub const STAFF_CLIENTS: &str = "/staff/clients";
/// GET shows the field for the code, POST accepts it.
pub const INVITE: &str = "/invite";

pub fn asset(name: &str) -> String {
    format!("{STATIC}/{name}?v={}", super::asset::version())
}

/// One question. GET shows it, POST answers it.
pub fn guide(step: impl Borrow<Step>) -> String {
    format!("{GUIDE}/{}", step.borrow())
}

pub fn section(section: impl Borrow<Section>) -> String {
    format!("{MAP}/{}", section.borrow().code())
}

/// A kind that is more than normal stands as its number in the section, from 1: a word such as "health" must not stand in a
/// browser's history.
pub fn entry_new(kind: impl Borrow<Kind>) -> String {
    let kind = *kind.borrow();
    let number = kind.section().kinds().take_while(|other| *other != kind).count() + 1;
    let place = if kind.class() == Class::Normal { kind.name().to_owned() } else { number.to_string() };
    format!("{MAP}/{}/{place}/new", kind.section().code())
}

/// Which kind the two parts of [`entry_new`]'s address mean.
pub fn kind_at(section: &str, kind: &str) -> Option<Kind> {
    let section = Section::coded(section)?;
    let named = || Kind::named(kind).filter(|kind| kind.section() == section && kind.class() == Class::Normal);
    let numbered = || section.kinds().nth(kind.parse::<usize>().ok()?.checked_sub(1)?);
    named().or_else(numbered)
}

pub fn entry(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}", id.borrow())
}

/// The comparison with the occupation that a goal names.
pub fn entry_gap(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/gap", id.borrow())
}

/// The comparison with a framework, by its id.
pub fn gap(framework: &str) -> String {
    format!("{GAP}/{framework}")
}

pub fn outline(outline: &str) -> String {
    format!("{OUTLINES}/{outline}")
}

/// The outline as one recipient would see it, with the sharing's code.
pub fn outline_shared(outline: &str, id: impl Borrow<ConsentId>) -> String {
    format!("{OUTLINES}/{outline}/{}", id.borrow())
}

pub fn entry_edit(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/edit", id.borrow())
}

/// The same, with a way back to the guide.
pub fn entry_edit_guided(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/edit?{FROM_GUIDE}", id.borrow())
}

/// GET: the file of a document.
pub fn entry_file(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/file", id.borrow())
}

/// Adding a document beside an entry.
pub fn document_beside(id: impl Borrow<EntryId>) -> String {
    format!("{}?to={}", entry_new(Kind::Document), id.borrow())
}

/// POST: still right.
pub fn entry_confirm(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/confirm", id.borrow())
}

/// GET asks, POST deletes.
pub fn entry_delete(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/delete", id.borrow())
}

pub fn entry_versions(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/versions", id.borrow())
}

/// POST with `format`: the proof as a file.
pub fn entry_proof(id: impl Borrow<EntryId>) -> String {
    format!("/entries/{}/proof", id.borrow())
}

/// GET: the link and the paper of one showing, and when it was opened.
pub fn showing(id: impl Borrow<uuid::Uuid>) -> String {
    format!("{SHOWINGS}/{}", id.borrow())
}

/// POST: it ends at once.
pub fn showing_end(id: impl Borrow<uuid::Uuid>) -> String {
    format!("{SHOWINGS}/{}/end", id.borrow())
}

pub fn consent(id: impl Borrow<ConsentId>) -> String {
    format!("{SHARING}/{}", id.borrow())
}

/// GET asks, POST withdraws.
pub fn consent_withdraw(id: impl Borrow<ConsentId>) -> String {
    format!("{SHARING}/{}/withdraw", id.borrow())
}

/// GET: the receipt, signed, as a file.
pub fn consent_receipt(id: impl Borrow<ConsentId>) -> String {
    format!("{SHARING}/{}/receipt", id.borrow())
}

/// GET: the receipt of one read, by its number among the consent's events.
pub fn read_receipt(id: impl Borrow<ConsentId>, event: u64) -> String {
    format!("{SHARING}/{}/events/{event}/receipt", id.borrow())
}

/// GET: it has been given.
pub fn consent_given(id: impl Borrow<ConsentId>) -> String {
    format!("{SHARING}/{}/done", id.borrow())
}

/// GET: it has been changed.
pub fn consent_changed(id: impl Borrow<ConsentId>) -> String {
    format!("{SHARING}/{}/changed", id.borrow())
}

/// The root of the steps that change a consent; [`SHARING_NEW`] is the root of those that give one.
pub fn consent_change(id: impl Borrow<ConsentId>) -> String {
    format!("{SHARING}/{}/change", id.borrow())
}

/// GET asks, POST blocks.
pub fn unit_block(id: impl Borrow<UnitId>) -> String {
    format!("{SHARING}/units/{}/block", id.borrow())
}

/// POST: the person felt pressed.
pub fn unit_pressed(id: impl Borrow<UnitId>) -> String {
    format!("{SHARING}/units/{}/pressed", id.borrow())
}

/// POST: the unit can be chosen again.
pub fn unit_unblock(id: impl Borrow<UnitId>) -> String {
    format!("{SHARING}/units/{}/unblock", id.borrow())
}

/// A request that waits for an answer. `key`: the secret of its link, or its short code.
pub fn request(key: &str) -> String {
    format!("{REQUEST}/{key}")
}

/// POST: one step of answering it.
pub fn request_step(key: &str, step: &str) -> String {
    format!("{REQUEST}/{key}/{step}")
}

/// The page behind a link. GET shows it, POST with `link` opens.
pub fn link(id: &str) -> String {
    format!("/l/{id}")
}

pub fn unit(id: impl Borrow<UnitId>) -> String {
    format!("/units/{}", id.borrow())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_names_what_is_sensitive_and_each_leads_back_to_its_own() {
        let nothing = [("p15", "0"), ("p15", "2"), ("p99", "1"), ("p15", "safety"), ("p07", "work"), ("p99", "skill")];
        assert!(nothing.iter().all(|(section, kind)| kind_at(section, kind).is_none()));
        for kind in Kind::ALL {
            let url = entry_new(kind);
            let parts: Vec<&str> = url.split('/').collect();
            assert_eq!(kind_at(parts[2], parts[3]), Some(*kind), "{url}");
            assert!(kind.class() == Class::Normal || !url.contains(kind.name()), "{url}");
        }
    }
}
