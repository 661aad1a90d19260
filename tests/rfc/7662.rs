//! RFC 7662: what a token is, told to its own unit alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::grant::ACCESS;
use egenkarta::usecase::introspect::Introspected;
use serde_json::json;

use crate::store::guard::shared;
use crate::support::grant::{Program, texts};
use crate::support::people::{fields, text};
use crate::support::{TestApp, on_both};

async fn asked(app: &TestApp, program: &Program, token: &str) -> Introspected {
    app.service.introspect(&program.client, token).await.unwrap()
}

on_both!(what_is_not_ones_own_or_not_live_says_nothing_at_all, |app| {
    let (amina, unit, given) = shared(app).await;
    let other_unit = app.unit_named("municipal_labour", "Annan", "Bo Berg").await;
    let (program, stranger) = (app.program(unit.id, "Systemet"), app.program(other_unit.id, "Främmande"));
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let code = app.code(&program, &amina, &given, &[]).await;
    for (who, token) in [(&stranger, &access), (&stranger, &refresh), (&program, &code), (&program, &"egk_x".to_owned())] {
        assert_eq!(asked(app, who, token).await.json(), json!({ "active": false }));
    }
    assert_ne!(asked(app, &program, &access).await, Introspected::Inactive);
    app.clock.forward(ACCESS);
    assert_eq!(asked(app, &program, &access).await, Introspected::Inactive, "it has run out");
    assert_ne!(asked(app, &program, &refresh).await, Introspected::Inactive);
    app.service.withdraw(&amina.session(app).await, given.terms.consent).await.unwrap();
    assert_eq!(asked(app, &program, &refresh).await, Introspected::Inactive);
});

on_both!(a_live_token_says_whose_it_is_until_when_and_what_is_there_now, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::PreferredName, fields([("name", text("Amina"))])).await;
    // Of skills there is nothing yet: given and empty looks as if it was withheld.
    let given = app.give(&session, unit.id, &[Section::P01, Section::P07]).await;
    let program = app.program(unit.id, "Systemet");
    let tokens = app.collected(&program, &amina, &given).await.unwrap();
    let (access, refresh) = texts(&tokens);
    let now = app.service.now().0 / 1_000_000;
    let details = json!([{
        "type": "egenkarta_consent",
        "consent": given.terms.consent,
        "unit": unit.id,
        "purpose": "job_matching",
        "sections": ["P01"],
        "actions": ["read"],
        "mode": "view",
        "until": given.terms.until.plus(-1).day(),
    }]);
    assert_eq!(tokens.details, details);
    assert_eq!(
        asked(app, &program, &access).await.json(),
        json!({
            "active": true,
            "iat": now,
            "exp": now + 600,
            "client_id": program.client.id.to_string(),
            "cnf": { "jkt": URL_SAFE_NO_PAD.encode(program.key) },
            "token_type": "DPoP",
            "authorization_details": details,
        })
    );
    let of_refresh = asked(app, &program, &refresh).await.json();
    assert_eq!((&of_refresh["exp"], of_refresh.get("token_type")), (&json!(given.terms.until.0 / 1_000_000), None));
    app.add(&session, Kind::Skill, crate::support::people::skill("svetsa")).await;
    assert_eq!(asked(app, &program, &access).await.json()["authorization_details"][0]["sections"], json!(["P01", "P07"]));
    let staff = unit.administrator.session(app).await;
    let (minted, _) = app.service.mint(&staff, given.terms.consent, 7, "Handgjord").await.unwrap();
    let bearer = asked(app, &program, &minted.text()).await.json();
    assert_eq!((&bearer["token_type"], bearer.get("cnf"), bearer.get("client_id")), (&json!("Bearer"), None, None));
});
