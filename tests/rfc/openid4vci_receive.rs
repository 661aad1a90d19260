//! The authorization code flow of OpenID4VCI 1.0 with this service as the wallet: `/receive/back`, and what leads there.

use axum::http::StatusCode;
use egenkarta::credential::openid4vci::{AUTHORIZATION_CODE, Offer};
use egenkarta::crypto::secret::Secret;
use egenkarta::domain::fetch::{BoxFuture, FetchFault, FetchResponse};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::MINUTE;
use egenkarta::domain::{Fetch, FetchRequest};
use egenkarta::usecase::Session;
use egenkarta::usecase::verify::Outside;
use egenkarta::usecase::wallet::{Back, By, NotReceived};
use egenkarta::web::page::url;
use serde_json::{Value, json};

use super::openid4vci::Scene;
use crate::support::actor::Actor;
use crate::support::people::Owner;
use crate::support::wallet::{Inward, path};
use crate::support::{BASE, TestApp, on_both};

/// One who has their proof with us, and takes it into a map that is someone else's as far as we know.
struct World {
    scene: Scene,
    other: Owner,
    session: Session,
}

/// What the browser holds when it comes back.
struct Returned {
    secret: Secret,
    code: String,
    state: String,
    iss: String,
}

impl World {
    async fn new(app: &TestApp) -> Self {
        let scene = Scene::served(app).await;
        let other = app.participant("Amina, på en annan tjänst").await;
        let session = other.session(app).await;
        Self { scene, other, session }
    }

    async fn offer(&self, app: &TestApp) -> String {
        let mine = self.scene.person.session(app).await;
        app.service.offer_to_wallet(&mine, self.scene.entry, BASE, By::Login).await.unwrap().link
    }

    async fn left(&self, app: &TestApp) -> (Secret, String) {
        let fetch = Inward(app);
        let brought = app.service.brought(&self.session, &self.offer(app).await, &fetch).await.unwrap();
        assert!(brought.login && brought.tx_code.is_none());
        let back = format!("{BASE}{}", url::RECEIVE_BACK);
        let left = app.service.leave_to_receive(&self.session, &brought.ticket, (BASE, &back), &fetch).await.unwrap();
        assert_eq!(left.on.1, "localhost");
        (left.secret, left.on.0)
    }

    /// The person signs in with the issuer and says yes.
    async fn returned(&self, app: &TestApp) -> Returned {
        let (secret, on) = self.left(app).await;
        let me = Actor::Participant(self.scene.person.cookie(app).await);
        let begun = app.http().await.get(&me, &path(&on)).await;
        let page = begun.header("location").unwrap().to_owned();
        let said = app.http().await.post(&me, &page, &[("say", "yes"), ("proof", &self.scene.entry.to_string())]).await;
        let back = ::url::Url::parse(said.header("location").unwrap()).unwrap();
        assert_eq!(back.path(), url::RECEIVE_BACK);
        let of = |name: &str| back.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned()).unwrap();
        Returned { secret, code: of("code"), state: of("state"), iss: of("iss") }
    }
}

impl Returned {
    fn back(&self) -> Back<'_> {
        Back { code: Some(&self.code), state: Some(&self.state), iss: Some(&self.iss) }
    }
}

on_both!(who_comes_back_otherwise_than_they_left_gets_nothing, |app| {
    let world = World::new(app).await;
    let fetch = Inward(app);
    let outside = Outside { fetch: &fetch, base: BASE };
    let came = world.returned(app).await;
    let back = came.back();
    let take = async |session: &Session, secret: Option<&Secret>, back: Back<'_>| {
        app.service.back_to_receive(session, secret, back, "sv", outside).await
    };
    let stranger = app.participant("Bo").await.session(app).await;
    let unknown = Secret::random(&*app.service.random);
    for (why, session, secret, back) in [
        ("no cookie", &world.session, None, back),
        ("another cookie", &world.session, Some(&unknown), back),
        ("another person", &stranger, Some(&came.secret), back),
        ("foreign state", &world.session, Some(&came.secret), Back { state: Some("x"), ..back }),
        ("no state", &world.session, Some(&came.secret), Back { state: None, ..back }),
    ] {
        assert!(matches!(take(session, secret, back).await, Err(NotReceived::Late)), "{why}");
    }
    let closed = world.other.closed_session(app).await;
    assert!(matches!(take(&closed, Some(&came.secret), back).await, Err(NotReceived::Fault(_))), "a closed map");
    // Nobody was asked who may see it: a unit that has the whole section does not.
    let unit = app.unit_named("municipal_labour", "Arbetsmarknad", "Bo Berg").await;
    let given = app.give(&world.session, unit.id, &[Section::P08]).await;
    // None of that took anything from who left.
    let taken = take(&world.session, Some(&came.secret), back).await.unwrap();
    let scope = app.service.consent(&world.session, given.terms.consent).await.unwrap().terms.scope;
    assert!(!scope.covers(taken, Kind::Credential) && scope.kept_out.contains(&taken));
    assert!(matches!(take(&world.session, Some(&came.secret), back).await, Err(NotReceived::Late)), "once");
});

on_both!(an_answer_of_another_server_or_without_a_code_is_brought_nowhere, |app| {
    let fetch = Inward(app);
    let outside = Outside { fetch: &fetch, base: BASE };
    let world = World::new(app).await;
    for (why, iss, code) in [
        ("mixed up", Some("https://other.example"), true),
        ("nobody says who answers", None, true),
        ("a no", Some("theirs"), false),
    ] {
        let came = world.returned(app).await;
        let iss = iss.map(|said| if said == "theirs" { came.iss.as_str() } else { said });
        let back = Back { iss, code: code.then_some(came.code.as_str()), ..came.back() };
        let done = app.service.back_to_receive(&world.session, Some(&came.secret), back, "sv", outside).await;
        assert!(matches!(done, Err(NotReceived::Login)), "{why}");
        let again = app.service.back_to_receive(&world.session, Some(&came.secret), came.back(), "sv", outside).await;
        assert!(matches!(again, Err(NotReceived::Late)), "{why}: it is over");
    }
    let late = world.returned(app).await;
    app.clock.forward(61 * MINUTE);
    let session = world.other.session(app).await;
    let done = app.service.back_to_receive(&session, Some(&late.secret), late.back(), "sv", outside).await;
    assert!(matches!(done, Err(NotReceived::Late)), "too late");
});

on_both!(a_code_that_its_issuer_does_not_know_any_more_is_told, |app| {
    let world = World::new(app).await;
    let fetch = Inward(app);
    let outside = Outside { fetch: &fetch, base: BASE };
    let came = world.returned(app).await;
    app.clock.forward(2 * MINUTE);
    let done = app.service.back_to_receive(&world.session, Some(&came.secret), came.back(), "sv", outside).await;
    assert!(matches!(done, Err(NotReceived::Code)));
    // So is an offer whose time is over.
    let brought = app.service.brought(&world.session, &world.offer(app).await, &fetch).await.unwrap();
    app.clock.forward(11 * MINUTE);
    let again = app.service.leave_to_receive(&world.session, &brought.ticket, (BASE, BASE), &fetch).await;
    assert!(matches!(again, Err(NotReceived::Code)));
});

on_both!(another_browser_is_told_and_who_is_no_person_is_not_let_in, |app| {
    let world = World::new(app).await;
    let at = format!("{}?code=x&state=x", url::RECEIVE_BACK);
    for actor in [Actor::Anonymous, Actor::Staff(world.scene.issuer.unit.administrator.cookie(app).await)] {
        assert_ne!(app.http().await.get(&actor, &at).await.status, StatusCode::OK, "{actor:?}");
    }
    let alone = app.http().await.get(&Actor::Participant(world.other.cookie(app).await), &at).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
});

/// An issuer of someone else's making: its metadata bent, and nothing else.
struct Bent<'a>(&'a TestApp, fn(&str, &mut Value));

impl Fetch for Bent<'_> {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        Box::pin(async move {
            let url = request.url.clone();
            let mut told = Inward(self.0).fetch(request).await?;
            if let Ok(mut body) = serde_json::from_slice::<Value>(&told.body) {
                self.1(&url, &mut body);
                told.body = body.to_string().into_bytes();
            }
            Ok(told)
        })
    }
}

on_both!(a_server_that_is_not_safe_to_be_sent_to_is_not_used, |app| {
    let world = World::new(app).await;
    let ticket = app.service.brought(&world.session, &world.offer(app).await, &Inward(app)).await.unwrap().ticket;
    type Bend = fn(&str, &mut Value);
    let bends: [(&str, Bend); 5] = [
        ("no PKCE", |_, body| drop(body.as_object_mut().unwrap().remove("code_challenge_methods_supported"))),
        ("a script", |_, body| {
            if body.get("authorization_endpoint").is_some() {
                body["authorization_endpoint"] = "javascript:alert(1)".into();
            }
        }),
        ("another server's metadata", |url, body| {
            if url.contains("oauth-authorization-server") {
                body["issuer"] = "https://other.example".into();
            }
        }),
        ("PAR at an inner address", |_, body| {
            if body.get("pushed_authorization_request_endpoint").is_some() {
                body["pushed_authorization_request_endpoint"] = "http://10.0.0.1/par".into();
            }
        }),
        ("a request_uri that is none", |_, body| {
            if body.get("request_uri").is_some() {
                body["request_uri"] = json!(1);
            }
        }),
    ];
    for (why, bend) in bends {
        let left = app.service.leave_to_receive(&world.session, &ticket, (BASE, BASE), &Bent(app, bend)).await;
        assert!(matches!(left, Err(NotReceived::Unreached)), "{why}");
    }
    let mut named: Value = serde_json::from_str(&ticket).unwrap();
    named["grants"][AUTHORIZATION_CODE]["authorization_server"] = "https://other.example".into();
    assert!(Offer::read(named.as_object().unwrap()).is_some());
    let left = app.service.leave_to_receive(&world.session, &named.to_string(), (BASE, BASE), &Inward(app)).await;
    assert!(matches!(left, Err(NotReceived::Offer)), "a server that is none of the issuer's");
    // Without PAR all stands in the address; without a scope it is asked for by details.
    let plain: fn(&str, &mut Value) = |_, body| {
        let members = body.as_object_mut().unwrap();
        members.remove("pushed_authorization_request_endpoint");
        members.remove("require_pushed_authorization_requests");
        if let Some(one) = members.get_mut("credential_configurations_supported") {
            drop(one["competence"].as_object_mut().unwrap().remove("scope"));
        }
    };
    let left = app.service.leave_to_receive(&world.session, &ticket, (BASE, BASE), &Bent(app, plain)).await.unwrap();
    let url = ::url::Url::parse(&left.on.0).unwrap();
    let of = |name: &str| url.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned());
    assert_eq!((of("code_challenge_method").as_deref(), of("scope"), of("request_uri")), (Some("S256"), None, None));
    assert!(of("authorization_details").unwrap().contains("openid_credential") && of("issuer_state").is_some());
});
