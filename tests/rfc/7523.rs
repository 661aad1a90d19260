//! RFC 7523: who a program is, shown by its key.

use egenkarta::domain::time::{MINUTE, SECOND};
use egenkarta::usecase::client::Metadata;
use serde_json::{Value, json};

use crate::support::oauth::{ASSERTION, ISSUER, REVOKE, Registered, Signer, error, with};
use crate::support::{TestApp, on_both};

/// What the revocation endpoint says to whoever signed this. An unknown token is fine: so only the program is judged.
async fn judged(app: &TestApp, assertion: &str) -> (u16, String) {
    let form = [("client_assertion_type", ASSERTION), ("client_assertion", assertion), ("token", "unknown")];
    error(&app.form(REVOKE, &[], &form).await)
}

fn refused() -> (u16, String) {
    (401, "invalid_client".to_owned())
}

on_both!(a_claim_or_header_that_is_not_as_it_must_be_is_no_assertion, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let (now, head) = (app.seconds(), json!({ "alg": "ES256" }));
    let another = app.once();
    for (name, value) in [
        ("iss", Value::Null),
        ("iss", another.as_str().into()),
        ("sub", another.as_str().into()),
        ("sub", Value::Null),
        ("aud", Value::Null),
        ("aud", json!([ISSUER])),
        ("aud", format!("{ISSUER}/").into()),
        ("aud", format!("{ISSUER}/oauth/token").into()),
        ("aud", "https://other.example".into()),
        ("exp", Value::Null),
        ("exp", now.into()),
        ("exp", (now + 3600).into()),
        ("exp", (now + 60).to_string().into()),
        ("iat", (now + 61).into()),
        ("iat", (now - 3600).into()),
        ("nbf", (now + 61).into()),
        ("jti", Value::Null),
        ("jti", "".into()),
        ("jti", "x".repeat(300).into()),
    ] {
        let claims = with(&program.claims(app), name, value.clone());
        assert_eq!(judged(app, &program.key.sign(&head, &claims.to_string())).await, refused(), "{name} {value}");
    }
    let sound = program.claims(app).to_string();
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "ES256", "crit": ["b64"] }),
        json!({ "alg": "ES256", "typ": "dpop+jwt" }),
        json!({ "alg": "ES256", "typ": 1 }),
        json!({ "alg": "EdDSA" }),
        json!({ "alg": "ES256", "kid": "another" }),
    ] {
        assert_eq!(judged(app, &program.key.sign(&header, &sound)).await, refused(), "{header}");
    }
    let twice = format!("{},\"sub\":\"{}\"}}", &sound[..sound.len() - 1], program.id());
    assert_eq!(judged(app, &program.key.sign(&head, &twice)).await, refused(), "a member twice");
    assert_eq!(judged(app, &Signer::new().sign(&head, &sound)).await, refused(), "another key");
    assert_eq!(judged(app, &program.key.sign(&head, &sound)).await.0, 200, "and as it must be");
});

on_both!(an_assertion_serves_once_even_across_nodes, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let assertion = program.assertion(app);
    assert_eq!(judged(app, &assertion).await.0, 200);
    assert_eq!(judged(app, &assertion).await, refused());
    app.service.retain().await.unwrap();
    assert_eq!(judged(app, &assertion).await, refused(), "its mark is kept for as long as it would be taken");
    let other_node = app.restarted().await;
    let fetch = Nothing;
    let again = other_node.authenticate(ISSUER, None, &assertion, &fetch).await;
    assert_eq!(again.err().map(|fault| fault.code()), Some("invalid_client"));
    app.clock.forward(2 * MINUTE);
    assert_eq!(judged(app, &assertion).await, refused(), "and then it is over");
});

on_both!(a_program_that_is_ended_changed_or_altered_is_nobody, |app| {
    let unit = app.unit("af").await;
    let (program, session) = (app.registered(&unit).await, unit.administrator.session(app).await);
    let good = async |program: &Registered| judged(app, &program.assertion(app)).await;
    assert_eq!(good(&program).await.0, 200);
    let fresh = Signer::new();
    let said = Metadata { name: String::new(), redirects: String::new(), keys: fresh.jwks() };
    app.service.change_client(&session, program.client.id, &said).await.unwrap();
    assert_eq!(good(&program).await, refused(), "by its old key");
    let program = Registered { key: fresh, ..program };
    assert_eq!(good(&program).await.0, 200);
    // Whoever can write the database gives it a key of their own, or another unit.
    let own = format!("{{\"set\":{}}}", serde_json::to_string(&Signer::new().jwks()).unwrap());
    for (column, value) in [
        ("keys", crate::support::raw::Cell::Bytes(own.into_bytes())),
        ("name", crate::support::raw::Cell::Text("Skatteverket".into())),
    ] {
        let id = crate::support::raw::Cell::id(program.client.id.0);
        let before = crate::support::raw::rows(&app.service.db, "client").await[0][column].clone();
        crate::support::raw::set(&app.service.db, "client", &[("id", &id)], column, &value).await;
        assert_eq!(good(&program).await, refused(), "{column}");
        assert!(app.service.clients(&session).await.unwrap().is_empty(), "{column}");
        crate::support::raw::set(&app.service.db, "client", &[("id", &id)], column, &before).await;
    }
    assert_eq!(good(&program).await.0, 200);
    app.service.end_client(&session, program.client.id).await.unwrap();
    assert_eq!(good(&program).await, refused());
    let whats: Vec<_> = app.service.unit_events(&session, 3).await.unwrap().into_iter().map(|line| line.event.what).collect();
    use egenkarta::domain::event::What::{ClientAdded, ClientChanged, ClientEnded};
    assert!([ClientAdded, ClientChanged, ClientEnded].iter().all(|what| whats.contains(what)), "{whats:?}");
});

on_both!(shared_secrets_and_half_a_request_are_no_way_in, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let (id, assertion) = (program.id(), program.assertion(app));
    for form in [
        vec![("token", "x")],
        vec![("client_id", id.as_str()), ("token", "x")],
        vec![("client_id", &id), ("client_secret", "x"), ("token", "x")],
        vec![("client_assertion", &assertion), ("token", "x")],
        vec![
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
            ("client_assertion", &assertion),
        ],
        vec![("client_assertion_type", ASSERTION), ("client_assertion", &assertion), ("client_id", "another"), ("token", "x")],
        vec![("client_assertion_type", ASSERTION), ("client_assertion", &assertion), ("client_secret", "x"), ("token", "x")],
    ] {
        assert_eq!(error(&app.form(REVOKE, &[], &form).await), refused(), "{form:?}");
    }
    let basic = app.form(REVOKE, &[("authorization", "Basic eDp4")], &[("token", "x")]).await;
    assert_eq!(error(&basic), refused());
    assert!(basic.header("www-authenticate").is_some_and(|told| told.starts_with("Basic")));
    let named =
        [("client_assertion_type", ASSERTION), ("client_assertion", assertion.as_str()), ("client_id", &id), ("token", "x")];
    assert_eq!(app.form(REVOKE, &[], &named).await.status, 200, "none of those used it up");
});

on_both!(whoever_guesses_waits, |app| {
    let program = app.registered(&app.unit("af").await).await;
    for _ in 0..60 {
        assert_eq!(judged(app, "a.b.c").await, refused());
    }
    assert_eq!(judged(app, "a.b.c").await, (429, "slow_down".to_owned()));
    assert_eq!(judged(app, &program.assertion(app)).await.0, 200, "who has the key does not wait for others");
    app.clock.forward(5 * MINUTE + SECOND);
    assert_eq!(judged(app, "a.b.c").await, refused());
});

on_both!(keys_are_fetched_where_they_are_kept_and_anew_when_they_have_changed, |app| {
    let unit = app.unit("af").await;
    let (first, second) = (Signer::new(), Signer::new());
    let held = std::sync::Arc::new(std::sync::Mutex::new(first.jwks()));
    let served = std::sync::Arc::clone(&held);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    let answer = move || std::future::ready(served.lock().unwrap().clone());
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route("/jwks", axum::routing::get(answer))).await });
    let program = app.registered_with(&unit, url, first).await;
    assert_eq!(judged(app, &Registered { key: Signer::new(), ..again(&program) }.assertion(app)).await, refused());
    assert_eq!(judged(app, &program.assertion(app)).await.0, 200);
    *held.lock().unwrap() = second.jwks();
    app.clock.forward(20 * SECOND);
    let program = Registered { key: second, ..again(&program) };
    assert_eq!(judged(app, &program.assertion(app)).await.0, 200, "the old set was kept, and fetched anew");
    *held.lock().unwrap() = "{}".to_owned();
    app.clock.forward(10 * MINUTE);
    assert_eq!(judged(app, &program.assertion(app)).await, refused());
});

fn again(program: &Registered) -> Registered {
    Registered { client: program.client.clone(), key: Signer::new(), proofs: Signer::new() }
}

/// Fetches nothing.
struct Nothing;

impl egenkarta::domain::Fetch for Nothing {
    fn fetch(
        &self,
        _: egenkarta::domain::FetchRequest,
    ) -> egenkarta::domain::fetch::BoxFuture<'_, Result<egenkarta::domain::FetchResponse, egenkarta::domain::FetchFault>> {
        Box::pin(std::future::ready(Err(egenkarta::domain::FetchFault::Unreachable)))
    }
}
