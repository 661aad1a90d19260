//! Samples of wallets: asked, shown to, given, taken from, and switched on by staff.

use super::super::form::{Choice, Wrong};
use super::super::proof::Proven;
use super::super::qr::Qr;
use super::super::wallet::{
    Answering, AskedProof, OwnProof, PresentPage, ReceiveCode, Stand, WalletAsk, WalletDone, WalletLink, WalletLogin, WalletOffer,
    WalletOffered, WalletServed, What,
};
use super::proof::proof;
use super::{Pages, id};
use crate::domain::EntryId;
use crate::domain::credential::{Found, Verdict};
use crate::domain::time::MINUTE;

const REQUEST: &str =
    "openid4vp://?response_type=vp_token&client_id=redirect_uri%3Ahttps%3A%2F%2Fegenkarta.example%2Fopenid4vp%2Fresponse%2FAAAA";
const OFFER: &str = "openid-credential-offer://?credential_offer=%7B%22credential_issuer%22%3A%22https%3A%2F%2Fegenkarta.example%2Fissuer%2F1%22%7D";

pub(super) fn wallets(pages: &mut Pages) {
    let (t, entry) = (pages.t, EntryId(id(900)));
    let until = t.now.plus(10 * MINUTE);
    pages.add("wallet-ask", &WalletAsk { t, stand: Stand::Begin });
    let waiting = Stand::Waiting { link: REQUEST.into(), qr: Qr::of(REQUEST), until };
    pages.add("wallet-ask-waiting", &WalletAsk { t, stand: waiting });
    let found = Found { proof: Some(proof(t)), ..Found::of(Verdict::Valid) };
    pages.add("wallet-ask-answered", &WalletAsk { t, stand: Stand::Answered(vec![Proven::new(t, &found)]) });
    for (name, what) in [("present-link", What::Present), ("receive-link", What::Receive)] {
        pages.add(name, &WalletLink { t, what, link: String::new(), wrong: vec![] });
    }
    for (name, why) in [
        ("present-link-wrong", "present-wrong-client"),
        ("present-link-anchorless", "present-wrong-anchorless"),
        ("present-link-certificate", "present-wrong-certificate"),
    ] {
        let wrong = vec![Wrong::new("link", t.s(why))];
        pages.add(name, &WalletLink { t, what: What::Present, link: REQUEST.into(), wrong });
    }
    let own = |n, name: &str, shown: &[&str], chosen| OwnProof {
        entry: EntryId(id(n)),
        name: name.into(),
        issuer: "Transportfackens yrkesnämnd".into(),
        shown: shown.iter().map(|one| (*one).to_owned()).collect(),
        chosen,
    };
    let host = || "skola.example".to_owned();
    let page = |sets, asked, wrong| PresentPage { t, host: host(), vouched: false, ticket: "{}".into(), sets, asked, wrong };
    let one = || AskedProof { number: 0, own: vec![own(901, "Truckförare", &[&t.s("claim-family-name")], true)] };
    pages.add("present", &page(vec![], vec![one()], vec![]));
    pages.add("present-vouched", &PresentPage { vouched: true, ..page(vec![], vec![one()], vec![]) });
    let option = |n: &str| Choice::new(n, t.one("present-option", "numbers", n.to_owned()), false);
    let several = AskedProof { number: 1, own: vec![own(902, "Svetsare", &[], false), own(903, "Kock", &[], false)] };
    let wrong = vec![Wrong::new("proofs", t.s("present-wrong-choice"))];
    pages.add("present-several", &page(vec![(0, vec![option("1"), option("2")])], vec![one(), several], wrong));
    pages.add("present-none", &page(vec![], vec![], vec![]));
    let (heading, text) = (t.s("present-done-title"), t.s("present-done-text"));
    pages.add(
        "present-done",
        &WalletDone { t, heading, text, on: Some(("https://skola.example/x".into(), "skola.example".into())) },
    );
    let offer = |told| WalletOffer { t, entry, name: "Truckförare".into(), told };
    pages.add("wallet-offer", &offer(None));
    pages.add("wallet-offer-told", &offer(Some(t.s("wallet-offer-not-served"))));
    for (name, tx_code) in [("wallet-offered", Some("493536".to_owned())), ("wallet-offered-login", None)] {
        let login = tx_code.is_none();
        pages.add(name, &WalletOffered { t, entry, link: OFFER.into(), qr: Qr::of(OFFER), tx_code, login, until });
    }
    logins(pages);
    let (host, ticket) = ("skola.example".to_owned(), "{}".to_owned());
    let plain = ReceiveCode { t, host, login: false, ticket, tx_code: None, typed: String::new(), wrong: vec![] };
    pages.add("receive", &plain);
    pages.add(
        "receive-login",
        &ReceiveCode {
            login: true,
            host: plain.host.clone(),
            ticket: "{}".into(),
            typed: String::new(),
            tx_code: None,
            wrong: vec![],
            t,
        },
    );
    let (heading, text) = (t.s("receive-leave-title"), t.s("receive-leave-text"));
    let on = Some(("https://login.skola.example/x".into(), "login.skola.example".into()));
    pages.add("receive-leave", &WalletDone { t, heading, text, on });
    let wrong = vec![Wrong::new("tx-code", t.s("receive-wrong-code"))];
    let tx_code = Some(Some("Koden står i mejlet.".into()));
    pages.add("receive-code", &ReceiveCode { tx_code, wrong, ..plain });
}

fn logins(pages: &mut Pages) {
    let t = pages.t;
    let page = |answering, wrong| WalletLogin {
        t,
        key: "A".repeat(43),
        unit: "Transportfackens yrkesnämnd".into(),
        to: "wallet.example".into(),
        answering,
        wrong,
    };
    let own = |n, name: &str, chosen| Choice::new(EntryId(id(n)).to_string(), name, chosen);
    let several = || Answering::Open(vec![own(901, "Truckförare", false), own(902, "Svetsare", false)]);
    pages.add("wallet-login", &page(Answering::Open(vec![own(901, "Truckförare", true)]), vec![]));
    pages.add("wallet-login-several", &page(several(), vec![Wrong::new("proof", t.s("wallet-login-wrong"))]));
    pages.add("wallet-login-none", &page(Answering::Open(vec![]), vec![]));
    pages.add("wallet-login-closed", &page(Answering::Closed, vec![]));
    pages.add("wallet-login-out", &page(Answering::Out { issuer: "https://login.example".into() }, vec![]));
}

pub(super) fn of_staff(pages: &mut Pages) {
    let t = pages.t;
    for on in [true, false] {
        pages.add(if on { "wallet-served-on" } else { "wallet-served-off" }, &WalletServed { t, on });
    }
}
