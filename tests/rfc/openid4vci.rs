//! OpenID for Verifiable Credential Issuance 1.0: `/issuer/{unit}/token`, `/nonce`, `/credential`, the metadata beside them, and this
//! service as the wallet.

use std::collections::BTreeSet;

use egenkarta::credential::dcql::Query;
use egenkarta::credential::openid4vci::{Grant, Offer, OfferSource, PRE_AUTHORIZED, proof_for};
use egenkarta::credential::sd_jwt::{Opened, Path, SdJwt};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::EntryId;
use egenkarta::domain::credential::{VCT, Verdict};
use egenkarta::domain::event::What;
use egenkarta::domain::time::MINUTE;
use egenkarta::usecase::Error;
use egenkarta::usecase::verify::Outside;
use egenkarta::usecase::wallet::{By, NotReceived, Stand, Unanswered};
use serde_json::{Value, json};

use crate::support::issuing::TestIssuer;
use crate::support::oauth::{error, json_of};
use crate::support::people::Owner;
use crate::support::wallet::{Inward, object, path, signing_key};
use crate::support::{BASE, TestApp, on_both};

pub(super) struct Scene {
    pub(super) issuer: TestIssuer,
    pub(super) id: uuid::Uuid,
    pub(super) person: Owner,
    pub(super) entry: EntryId,
}

impl Scene {
    async fn new(app: &TestApp) -> Self {
        let issuer = app.issuer().await;
        let person = app.participant("Amina").await;
        let (id, code) = issuer.issue(app, "Truck").await;
        let entry = app.accepted(&code, &person).await;
        Self { issuer, id, person, entry }
    }

    /// With wallets served at once.
    pub(super) async fn served(app: &TestApp) -> Self {
        let scene = Self::new(app).await;
        let fresh = scene.issuer.unit.administrator.session(app).await;
        app.service.serve_wallets(&fresh, true).await.unwrap();
        scene
    }

    pub(super) fn at(&self, end: &str) -> String {
        format!("/issuer/{}/{end}", self.issuer.unit.id)
    }

    pub(super) async fn offer(&self, app: &TestApp, tx_code: bool) -> (Offer, Option<String>) {
        let session = self.person.session(app).await;
        let by = if tx_code { By::CodeAndTxCode } else { By::Code };
        let made = app.service.offer_to_wallet(&session, self.entry, BASE, by).await.unwrap();
        let Some(OfferSource::Value(members)) = OfferSource::read(&made.link) else { panic!("by value") };
        (Offer::read(&members).unwrap(), made.tx_code)
    }

    async fn redeem(&self, app: &TestApp, form: &[(&str, &str)]) -> (u16, Value) {
        let answer = app.form(&self.at("token"), &[], form).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        (answer.status.as_u16(), json_of(&answer))
    }

    async fn token(&self, app: &TestApp) -> String {
        let (offer, _) = self.offer(app, false).await;
        let (status, body) = self.redeem(app, &[("grant_type", PRE_AUTHORIZED), ("pre-authorized_code", code_of(&offer))]).await;
        assert_eq!((status, &body["token_type"]), (200, &json!("Bearer")), "{body}");
        body["access_token"].as_str().unwrap().to_owned()
    }

    pub(super) async fn nonce(&self, app: &TestApp) -> String {
        let answer = app.send_json(&self.at("nonce"), &[], String::new()).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        json_of(&answer)["c_nonce"].as_str().unwrap().to_owned()
    }

    pub(super) fn identifier(&self) -> String {
        format!("{BASE}{}", path_of(&self.at("")))
    }

    pub(super) async fn ask(&self, app: &TestApp, token: &str, proofs: &[&str]) -> (u16, Value) {
        let body = json!({ "credential_configuration_id": "competence", "proofs": { "jwt": proofs } }).to_string();
        let bearer = format!("Bearer {token}");
        let answer = app.send_json(&self.at("credential"), &[("authorization", &bearer)], body).await;
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        (answer.status.as_u16(), json_of(&answer))
    }
}

fn code_of(offer: &Offer) -> &str {
    let Grant::Code { code, .. } = &offer.grant else { panic!("a code") };
    code
}

fn path_of(at: &str) -> &str {
    at.trim_end_matches('/')
}

pub(super) fn proof(app: &TestApp, key: &SigningKey, issuer: &str, nonce: &str) -> String {
    proof_for(key, issuer, Some(nonce), app.service.now())
}

on_both!(while_it_is_off_nothing_is_offered_and_only_a_fresh_administrator_switches_it_on, |app| {
    let scene = Scene::new(app).await;
    let session = scene.person.session(app).await;
    assert!(matches!(app.service.offer_to_wallet(&session, scene.entry, BASE, By::Code).await, Err(Error::Busy(_))));
    let issuer = scene.issuer.first.session(app).await;
    let cookie = scene.issuer.unit.administrator.cookie(app).await;
    app.clock.forward(6 * MINUTE);
    let stale = app.service.resume(&cookie).await.unwrap().unwrap();
    for staff in [issuer, stale] {
        assert!(matches!(app.service.serve_wallets(&staff, true).await, Err(Error::Refused(_))));
    }
    assert!(!app.service.serves_wallets(scene.issuer.unit.id).await.unwrap());
    let stranger = app.participant("Bo").await;
    let session = stranger.session(app).await;
    assert!(matches!(app.service.offer_to_wallet(&session, scene.entry, BASE, By::Code).await, Err(Error::NotFound)));
});

on_both!(a_wrong_used_or_late_code_gives_nothing, |app| {
    let (scene, other) = (Scene::served(app).await, app.unit_named("adult_education", "En annan enhet", "Otto Other").await);
    let (offer, tx_code) = scene.offer(app, true).await;
    let (code, tx_code) = (code_of(&offer), tx_code.unwrap());
    let grant = ("grant_type", PRE_AUTHORIZED);
    for (form, why) in [
        (vec![("pre-authorized_code", code), ("tx_code", &tx_code)], "invalid_request"),
        (vec![("grant_type", "password"), ("pre-authorized_code", code)], "unsupported_grant_type"),
        (vec![("grant_type", "authorization_code"), ("pre-authorized_code", code)], "invalid_request"),
        (vec![grant], "invalid_request"),
        (vec![grant, ("pre-authorized_code", "x"), ("tx_code", &tx_code)], "invalid_grant"),
        (vec![grant, ("pre-authorized_code", code)], "invalid_request"),
        (vec![grant, ("pre-authorized_code", code), ("tx_code", "000")], "invalid_grant"),
    ] {
        let (status, body) = scene.redeem(app, &form).await;
        assert_eq!((status, &body["error"]), (400, &json!(why)), "{form:?}");
    }
    let right = [grant, ("pre-authorized_code", code), ("tx_code", tx_code.as_str())];
    let elsewhere = app.form(&format!("/issuer/{}/token", other.id), &[], &right).await;
    assert_eq!(error(&elsewhere), (400, "invalid_grant".to_owned()), "another unit's");
    let (plain, _) = scene.offer(app, false).await;
    let (status, body) = scene.redeem(app, &[grant, ("pre-authorized_code", code_of(&plain)), ("tx_code", "1")]).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_request")), "none was asked for");
    let (_, body) = scene.redeem(app, &right).await;
    let token = body["access_token"].as_str().unwrap().to_owned();
    assert_eq!(scene.redeem(app, &right).await.0, 400, "once");
    // Brought twice: what came of it ends too (RFC 6749, 4.1.2).
    assert_eq!(scene.ask(app, &token, &["x"]).await.0, 401);
    app.clock.forward(11 * MINUTE);
    assert_eq!(scene.redeem(app, &[grant, ("pre-authorized_code", code_of(&plain))]).await.0, 400, "late");
});

on_both!(after_five_wrong_further_codes_the_right_one_is_not_heard, |app| {
    let scene = Scene::served(app).await;
    let (offer, tx_code) = scene.offer(app, true).await;
    let form = |said: &str| {
        [
            ("grant_type", PRE_AUTHORIZED.to_owned()),
            ("pre-authorized_code", code_of(&offer).to_owned()),
            ("tx_code", said.to_owned()),
        ]
    };
    for said in ["1", "2", "3", "4", "5", tx_code.unwrap().as_str()] {
        let form = form(said);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(scene.redeem(app, &form).await.0, 400, "{said}");
    }
});

on_both!(a_proof_that_does_not_hold_binds_nothing, |app| {
    let scene = Scene::served(app).await;
    let (_, key) = signing_key();
    let (issuer, token, nonce) = (scene.identifier(), scene.token(app).await, scene.nonce(app).await);
    let old = proof(app, &key, &issuer, &scene.nonce(app).await);
    // The time that it says is another.
    let bent = format!("B{}", &nonce[1..]);
    let typed = key.compact_unnamed(
        object(json!({ "typ": "dpop+jwt", "jwk": key.public().members() })),
        json!({ "aud": issuer, "iat": app.seconds(), "nonce": nonce }).to_string().as_bytes(),
    );
    let good = proof(app, &key, &issuer, &nonce);
    let many = vec![good.as_str(); 6];
    for (why, proofs, name) in [
        ("no proof", vec![], "invalid_proof"),
        ("no JWT", vec!["x"], "invalid_proof"),
        ("another type", vec![typed.as_str()], "invalid_proof"),
        ("another issuer's", vec![&proof(app, &key, "https://other.example", &nonce)], "invalid_proof"),
        ("without a nonce", vec![&proof_for(&key, &issuer, None, app.service.now())], "invalid_proof"),
        ("twice the same key", vec![&good, &good], "invalid_proof"),
        ("too many", many, "invalid_proof"),
        ("a nonce that is none of ours", vec![&proof(app, &key, &issuer, &bent)], "invalid_nonce"),
    ] {
        let (status, body) = scene.ask(app, &token, &proofs).await;
        assert_eq!((status, &body["error"]), (400, &json!(name)), "{why}");
    }
    assert_eq!(scene.ask(app, "egw_x", &[&good]).await.0, 401);
    assert_eq!(scene.ask(app, &token, &[&good]).await.0, 200);
    let (status, body) = scene.ask(app, &token, &[&good]).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_nonce")), "replayed");
    app.clock.forward(6 * MINUTE);
    assert_eq!(scene.ask(app, &token, &[&old]).await.0, 401, "the token's time is over");
    let token = scene.token(app).await;
    assert_eq!(scene.ask(app, &token, &[&old]).await.1["error"], "invalid_proof", "an old proof");
});

on_both!(what_is_issued_is_the_same_bound_to_the_wallets_key_and_on_the_same_list, |app| {
    let scene = Scene::served(app).await;
    let session = scene.person.session(app).await;
    let whole = app.service.whole(&session, scene.entry).await.unwrap();
    let keys = app.service.issuing_keys(scene.issuer.unit.id).await.unwrap();
    let own = SdJwt::parse(&whole.credential).unwrap().verify(&keys).unwrap();
    let (token, nonce) = (scene.token(app).await, scene.nonce(app).await);
    let pairs = [signing_key(), signing_key()];
    let proofs: Vec<String> = pairs.iter().map(|(_, key)| proof(app, key, &scene.identifier(), &nonce)).collect();
    let (status, body) = scene.ask(app, &token, &[&proofs[0], &proofs[1]]).await;
    assert_eq!((status, body["credentials"].as_array().map(Vec::len)), (200, Some(2)), "{body}");
    for (at, (_, key)) in pairs.iter().enumerate() {
        let text = body["credentials"][at]["credential"].as_str().unwrap();
        let given = SdJwt::parse(text).unwrap().verify(&keys).unwrap();
        assert_eq!(given.holder().unwrap().thumbprint(), key.public().thumbprint());
        let paths = |opened: &Opened| opened.disclosed.iter().cloned().collect::<BTreeSet<Path>>();
        assert_eq!(paths(&given), paths(&own));
        for name in ["iss", "vct", "status", "exp", "name", "given_name", "criteria", "level"] {
            assert_eq!(given.claims.get(name), own.claims.get(name), "{name}");
        }
    }
    for table in ["wallet_code", "wallet_key"] {
        crate::sealing::columns::holds_sealed(app, table).await;
    }
    // The list says no: nothing more is issued, by a token that lives or by a new offer.
    let staff = scene.issuer.first.session(app).await;
    app.service.withdraw_credential(&staff, BASE, scene.id, "fel").await.unwrap();
    let (_, key) = signing_key();
    let late = proof(app, &key, &scene.identifier(), &scene.nonce(app).await);
    assert_eq!(scene.ask(app, &token, &[&late]).await.1["error"], "credential_request_denied");
    assert!(matches!(app.service.offer_to_wallet(&session, scene.entry, BASE, By::Code).await, Err(Error::Gone)));
});

on_both!(switched_off_it_signs_no_more_and_what_it_signed_is_valid_still, |app| {
    let scene = Scene::served(app).await;
    let (token, nonce) = (scene.token(app).await, scene.nonce(app).await);
    let (_, key) = signing_key();
    let (_, body) = scene.ask(app, &token, &[&proof(app, &key, &scene.identifier(), &nonce)]).await;
    let text = body["credentials"][0]["credential"].as_str().unwrap().to_owned();
    let fresh = scene.issuer.unit.administrator.session(app).await;
    app.service.serve_wallets(&fresh, false).await.unwrap();
    let late = proof(app, &key, &scene.identifier(), &scene.nonce(app).await);
    assert_eq!(scene.ask(app, &token, &[&late]).await.1["error"], "credential_request_denied");
    let keys = app.service.issuing_keys(scene.issuer.unit.id).await.unwrap();
    assert!(SdJwt::parse(&text).unwrap().verify(&keys).is_ok());
});

on_both!(a_unit_whose_scope_has_ended_signs_for_no_wallet_and_what_it_signed_is_valid_still, |app| {
    let scene = Scene::served(app).await;
    let (token, nonce) = (scene.token(app).await, scene.nonce(app).await);
    let (_, key) = signing_key();
    let (_, body) = scene.ask(app, &token, &[&proof(app, &key, &scene.identifier(), &nonce)]).await;
    let text = body["credentials"][0]["credential"].as_str().unwrap().to_owned();
    app.service.stop_issuing(scene.issuer.unit.id, false).await.unwrap();
    let late = proof(app, &key, &scene.identifier(), &scene.nonce(app).await);
    assert_eq!(scene.ask(app, &token, &[&late]).await.1["error"], "credential_request_denied");
    let session = scene.person.session(app).await;
    assert!(matches!(app.service.offer_to_wallet(&session, scene.entry, BASE, By::Code).await, Err(Error::Busy(_))));
    let fetch = Inward(app);
    let found = app.service.verify(Outside { fetch: &fetch, base: BASE }, text.as_bytes(), None).await;
    assert_eq!((found.verdict, found.issuer_ended), (Verdict::Valid, true));
});

on_both!(metadata_is_of_units_that_issue_and_says_where_all_is, |app| {
    let (scene, other) = (Scene::served(app).await, app.unit_named("adult_education", "En annan enhet", "Otto Other").await);
    let get = async |path: String| app.http().await.get(&crate::support::actor::Actor::Anonymous, &path).await;
    for unit in [other.id.to_string(), "x".to_owned(), scene.issuer.unit.id.to_string().to_uppercase()] {
        for name in ["openid-credential-issuer", "oauth-authorization-server"] {
            assert_eq!(get(format!("/.well-known/{name}/issuer/{unit}")).await.status.as_u16(), 404, "{name} {unit}");
        }
    }
    let unit = scene.issuer.unit.id;
    let issuer = json_of(&get(format!("/.well-known/openid-credential-issuer/issuer/{unit}")).await);
    let server = json_of(&get(format!("/.well-known/oauth-authorization-server/issuer/{unit}")).await);
    assert_eq!((&issuer["credential_issuer"], &server["issuer"]), (&json!(scene.identifier()), &json!(scene.identifier())));
    for (address, end) in [
        (&issuer["credential_endpoint"], "credential"),
        (&issuer["nonce_endpoint"], "nonce"),
        (&server["token_endpoint"], "token"),
        (&server["authorization_endpoint"], "authorize"),
        (&server["pushed_authorization_request_endpoint"], "par"),
    ] {
        assert_eq!(path(address.as_str().unwrap()), scene.at(end));
    }
    assert_eq!(
        (&server["require_pushed_authorization_requests"], &server["code_challenge_methods_supported"]),
        (&json!(true), &json!(["S256"]))
    );
    assert_eq!(server["authorization_response_iss_parameter_supported"], true);
    assert_eq!(server["grant_types_supported"], json!(["authorization_code", PRE_AUTHORIZED]));
});

on_both!(our_own_wallet_takes_a_credential_and_shows_it_to_our_own_verifier, |app| {
    let scene = Scene::served(app).await;
    let other = app.participant("Amina, på en annan tjänst").await;
    let (session, fetch) = (other.session(app).await, Inward(app));
    let outside = Outside { fetch: &fetch, base: BASE };
    let mine = scene.person.session(app).await;
    let made = app.service.offer_to_wallet(&mine, scene.entry, BASE, By::CodeAndTxCode).await.unwrap();
    let brought = app.service.brought(&session, &made.link, &fetch).await.unwrap();
    let wrong = app.service.receive(&session, (&brought.ticket, "000000x"), "sv", outside).await;
    assert!(matches!(wrong, Err(NotReceived::Code)));
    let entry = app.service.receive(&session, (&brought.ticket, &made.tx_code.unwrap()), "sv", outside).await.unwrap();
    let query = Query::one(&[VCT], &[&["family_name"]]);
    let secret = app.service.ask_wallet(&query).await.unwrap().secret;
    let Ok(Stand::Waiting { link, .. }) = app.stand(&secret).await else { panic!() };
    let invitation = app.service.asked_to_present(&session, &link, &fetch).await.unwrap();
    assert_eq!((invitation.host.as_str(), invitation.fitting[0][0].entry), ("localhost", entry));
    assert_eq!(invitation.fitting[0][0].shown.disclosed.len(), 1, "the family name, and nothing else that is hidden");
    let none = app.service.present(&session, &invitation.ticket, &[].into(), &fetch).await;
    assert!(matches!(none, Err(Unanswered::Choice)), "nothing is shown that was not chosen");
    let anothers = app.service.present(&mine, &invitation.ticket, &[(0, scene.entry)].into(), &fetch).await;
    assert!(matches!(anothers, Err(Unanswered::Refused(_))), "a ticket is its person's");
    app.service.present(&session, &invitation.ticket, &[(0, entry)].into(), &fetch).await.unwrap();
    let Ok(Stand::Answered(answered)) = app.stand(&secret).await else { panic!() };
    let shown = answered.presentations[0].clone();
    let found = app.service.check_presented(&shown, (&answered.audience, &answered.nonce), outside).await;
    let subject = found.proof.map(|proof| proof.subject);
    assert_eq!(subject.as_ref().and_then(|subject| subject.family.as_deref()), Some("Kornknarr"));
    assert_eq!(subject.and_then(|subject| subject.given), None);
    let again = app.service.check_presented(&shown, (&answered.audience, "another"), outside).await;
    assert!(matches!(again.verdict, Verdict::NotValid(_)));
    let events = app.service.events(&session, egenkarta::domain::Timestamp(i64::MAX), 50).await.unwrap();
    assert!(events.iter().any(|line| line.event.what == What::ProofPresented));
});
