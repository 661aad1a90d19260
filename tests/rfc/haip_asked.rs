//! The High Assurance profile (HAIP 1.0, 5) with this service as the wallet: `/present` is asked by whoever has a certificate.

use std::sync::Mutex;

use egenkarta::credential::dcql::Query;
use egenkarta::credential::openid4vp::Refused;
use egenkarta::domain::fetch::{BoxFuture, FetchFault, FetchResponse, Method};
use egenkarta::domain::{Fetch, FetchRequest};
use egenkarta::usecase::Session;
use egenkarta::usecase::wallet::{Invitation, Stand, Unanswered};
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::certificates::{Authority, BELIEVED, Leaf, PINNED, anchored};
use crate::support::wallet::Inward;
use crate::support::{TestApp, on_both};

const ASKS: &str = "asks.example";

fn claims(client_id: &str) -> Value {
    json!({
        "client_id": client_id, "aud": "https://self-issued.me/v2", "response_type": "vp_token", "response_mode": "direct_post",
        "response_uri": format!("https://{ASKS}/answer"), "nonce": "n-0S6_WzA2Mj", "state": "af0ifjsldkj",
        "dcql_query": { "credentials": [{ "id": "a", "format": "dc+sd-jwt", "meta": { "vct_values": ["x"] } }] },
    })
}

fn by_value(client_id: &str, jwt: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", client_id)
        .append_pair("request", jwt)
        .finish();
    format!("openid4vp://?{query}")
}

fn by_reference(client_id: &str, method: &str) -> String {
    format!("openid4vp://?client_id={client_id}&request_uri=https%3A%2F%2F{ASKS}%2Frequest&request_uri_method={method}")
}

/// What a wallet is told by a leaf with these certificates.
fn asked(leaf: &Leaf, x5c: &[&[u8]]) -> String {
    let client_id = leaf.client_id();
    by_value(&client_id, &leaf.sign(x5c, &claims(&client_id)))
}

/// Someone who is asked.
struct Amina<'a>(&'a TestApp, Session);

impl<'a> Amina<'a> {
    async fn new(app: &'a TestApp) -> Self {
        let person = app.participant("Amina").await;
        Self(app, person.session(app).await)
    }

    async fn invited(&self, link: &str, fetch: &dyn Fetch) -> Result<Invitation, Unanswered> {
        self.0.service.asked_to_present(&self.1, link, fetch).await
    }

    async fn refuses(&self, link: &str) -> Refused {
        match self.invited(link, &Inward(self.0)).await {
            Err(Unanswered::Refused(why)) => why,
            other => panic!("not refused: {other:?}"),
        }
    }
}

/// Answers each fetch with a Request Object made from the nonce that came.
struct Verifier<F>(F, Mutex<usize>);

impl<F: Fn(Option<String>) -> String + Send + Sync> Verifier<F> {
    fn new(make: F) -> Self {
        Self(make, Mutex::new(0))
    }

    fn asked(&self) -> usize {
        *self.1.lock().unwrap()
    }
}

impl<F: Fn(Option<String>) -> String + Send + Sync> Fetch for Verifier<F> {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        *self.1.lock().unwrap() += 1;
        let nonce = match request.method {
            Method::Get => None,
            Method::Post { body, .. } => {
                url::form_urlencoded::parse(&body).find(|(name, _)| name == "wallet_nonce").map(|(_, value)| value.into_owned())
            }
        };
        let body = (self.0)(nonce).into_bytes();
        Box::pin(async move { Ok(FetchResponse { status: 200, content_type: None, body }) })
    }
}

on_both!(a_certificate_that_does_not_hold_is_refused_and_nothing_is_shown with anchored, |app| {
    let amina = Amina::new(app).await;
    let (stranger, below) = (Authority::new("Stranger"), BELIEVED.below("Below"));
    let good = BELIEVED.leaf(ASKS);
    let liar = Authority::new("Believed");
    let leaf_of = |leaf: &Leaf| asked(leaf, &[&leaf.der]);
    let expired = BELIEVED.leaf_until(ASKS, (2026, 5, 31));
    let early = BELIEVED.leaf_with(ASKS, |params| params.not_before = rcgen::date_time_ymd(2026, 6, 2));
    let another_host = BELIEVED.leaf("other.example");
    let through = below.leaf(ASKS);
    let is_authority = BELIEVED.leaf_with(ASKS, |params| params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained));
    let strange = stranger.leaf(ASKS);
    for (why, link) in [
        ("of an authority whom nobody named", leaf_of(&strange)),
        ("with that authority beside", asked(&strange, &[&strange.der, &stranger.der])),
        ("a stranger who bears the name", leaf_of(&liar.leaf(ASKS))),
        ("expired", leaf_of(&expired)),
        ("not yet valid", leaf_of(&early)),
        ("self-signed", leaf_of(&Leaf::self_signed(ASKS))),
        ("for another host than the answer goes to", leaf_of(&another_host)),
        ("one between is missing", leaf_of(&through)),
        ("meant to vouch for others", leaf_of(&is_authority)),
        ("another certificate than was named", asked(&good, &[&another_host.der])),
        ("the anchor itself", leaf_of(&PINNED)),
        ("no certificate", asked(&good, &[])),
        ("too many", asked(&good, &[good.der.as_slice(); 6])),
        ("none that can be read", asked(&good, &[&[0x30; 100]])),
    ] {
        assert_eq!(amina.refuses(&link).await, Refused::Certificate, "{why}");
    }
    let client_id = good.client_id();
    let large = Verifier::new(|_| good.sign(&[&good.der, &[0x30; 9000]], &claims(&client_id)));
    let why = amina.invited(&by_reference(&client_id, "get"), &large).await;
    assert!(matches!(why, Err(Unanswered::Refused(Refused::Certificate))), "too large: {why:?}");
    // The key of another signed.
    let forged = another_host.sign(&[&good.der], &claims(&client_id));
    assert_eq!(amina.refuses(&by_value(&client_id, &forged)).await, Refused::Client);
    let jwt = good.sign(&[&good.der], &claims(&client_id));
    let (head, sign, tail) = (&jwt[..jwt.len() - 6], &jwt[jwt.len() - 6..jwt.len() - 5], &jwt[jwt.len() - 5..]);
    let tampered = format!("{head}{}{tail}", if sign == "A" { "B" } else { "A" });
    assert_eq!(amina.refuses(&by_value(&client_id, &tampered)).await, Refused::Client);
    let untyped = good.key.compact_unnamed(serde_json::Map::new(), claims(&client_id).to_string().as_bytes());
    assert_eq!(amina.refuses(&by_value(&client_id, &untyped)).await, Refused::Form);
    // Nobody signed.
    let bare = format!("openid4vp://?client_id={client_id}&response_type=vp_token");
    assert_eq!(amina.refuses(&bare).await, Refused::Client);
});

on_both!(a_name_must_stand_in_the_certificate_and_be_where_the_answer_goes with anchored, |app| {
    let amina = Amina::new(app).await;
    let (leaf, other) = (BELIEVED.leaf(ASKS), BELIEVED.leaf("other.example"));
    let san = format!("x509_san_dns:{ASKS}");
    let elsewhere = |mut claims: Value| {
        claims["response_uri"] = json!("https://other.example/answer");
        claims
    };
    assert_eq!(amina.refuses(&by_value(&san, &other.sign(&[&other.der], &claims(&san)))).await, Refused::Certificate);
    let sent_elsewhere = leaf.sign(&[&leaf.der], &elsewhere(claims(&san)));
    assert_eq!(amina.refuses(&by_value(&san, &sent_elsewhere)).await, Refused::Certificate);
    let both = BELIEVED.leaf_with(ASKS, |params| {
        let more = rcgen::SanType::DnsName("other.example".try_into().unwrap());
        params.subject_alt_names.push(more);
    });
    let sent_elsewhere = both.sign(&[&both.der], &elsewhere(claims(&san)));
    assert_eq!(amina.refuses(&by_value(&san, &sent_elsewhere)).await, Refused::Client, "the name is not where the answer goes");
    let plain = |mut claims: Value| {
        claims["response_uri"] = json!(format!("http://{ASKS}/answer"));
        claims
    };
    assert_eq!(amina.refuses(&by_value(&san, &leaf.sign(&[&leaf.der], &plain(claims(&san))))).await, Refused::Client);
    let invitation = amina.invited(&by_value(&san, &leaf.sign(&[&leaf.der], &claims(&san))), &Inward(app)).await.unwrap();
    assert_eq!((invitation.host.as_str(), invitation.vouched), (ASKS, true));
});

on_both!(a_request_is_for_the_wallet_that_fetched_it_and_names_whom_the_link_named with anchored, |app| {
    let amina = Amina::new(app).await;
    let leaf = BELIEVED.leaf(ASKS);
    let client_id = leaf.client_id();
    let made = |nonce: Option<&str>, client_id: &str| {
        let mut claims = claims(client_id);
        claims["wallet_nonce"] = json!(nonce);
        leaf.sign(&[&leaf.der], &claims)
    };
    let post = by_reference(&client_id, "post");
    let first = Mutex::new(None);
    let replayed = Verifier::new(|nonce| {
        let kept = first.lock().unwrap().get_or_insert(nonce.unwrap()).clone();
        made(Some(&kept), &client_id)
    });
    assert!(amina.invited(&post, &replayed).await.is_ok());
    let again = amina.invited(&post, &replayed).await;
    assert!(matches!(again, Err(Unanswered::Refused(Refused::Client))), "a nonce of another time: {again:?}");
    let without = Verifier::new(|_| leaf.sign(&[&leaf.der], &claims(&client_id)));
    assert!(matches!(amina.invited(&post, &without).await, Err(Unanswered::Refused(Refused::Client))));
    let another = Verifier::new(|nonce| made(nonce.as_deref(), &format!("x509_san_dns:{ASKS}")));
    assert!(matches!(amina.invited(&post, &another).await, Err(Unanswered::Refused(Refused::Client))));
    let invitation = amina.invited(&by_reference(&client_id, "get"), &without).await.unwrap();
    assert_eq!((invitation.host.as_str(), invitation.vouched), (ASKS, true));
});

on_both!(whoever_is_vouched_for_is_shown_with_that with anchored, |app| {
    let amina = Amina::new(app).await;
    let below = BELIEVED.below("Below");
    let leaf = below.leaf(ASKS);
    let link = asked(&leaf, &[&leaf.der, &below.der]);
    let person = app.participant("Amira").await;
    let actor = Actor::Participant(person.cookie(app).await);
    let page = app.http().await.post(&actor, "/present", &[("link", &link)]).await;
    assert_eq!(page.status.as_u16(), 200);
    let page = page.text();
    assert!(page.contains(&format!(">{ASKS}<")) && page.contains("Ett certifikat från någon som vi litar på"), "{page}");
    // By an address nobody vouches.
    let secret = app.service.ask_wallet(&Query::one(&["x"], &[])).await.unwrap().secret;
    let Ok(Stand::Waiting { link, .. }) = app.stand(&secret).await else { panic!("it waits") };
    let invitation = amina.invited(&link, &Inward(app)).await.unwrap();
    assert!(!invitation.vouched);
});

on_both!(where_nobody_may_vouch_nobody_is_asked, |app| {
    let amina = Amina::new(app).await;
    let leaf = BELIEVED.leaf(ASKS);
    let verifier = Verifier::new(|_| leaf.sign(&[&leaf.der], &claims(&leaf.client_id())));
    for client_id in [leaf.client_id(), format!("x509_san_dns:{ASKS}")] {
        let why = amina.invited(&by_reference(&client_id, "get"), &verifier).await;
        assert!(matches!(why, Err(Unanswered::Refused(Refused::Anchorless))), "{why:?}");
    }
    assert_eq!(verifier.asked(), 0);
    assert_eq!(amina.refuses(&asked(&leaf, &[&leaf.der])).await, Refused::Anchorless);
});
