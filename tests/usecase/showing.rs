//! Showings: what a code opens, how often and until when; that it ends, stays ended, and that every opening is known.

use egenkarta::credential::sd_jwt::SdJwt;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::domain::credential::Claim;
use egenkarta::domain::event::{Outcome, What, Who};
use egenkarta::domain::profile::Kind;
use egenkarta::domain::time::DAY;
use egenkarta::domain::{EntryId, Timestamp};
use egenkarta::store::ended::EndedWhat;
use egenkarta::usecase::showing::{Denied, Showing, Shown, Wanted};
use egenkarta::usecase::{Error, Session};

use crate::support::people::{Owner, skill};
use crate::support::proof::{held, issuer_key, proof, wanted};
use crate::support::raw::{Cell, put_back, rows, set};
use crate::support::{TestApp, on_both};

const VERIFY: &str = "http://localhost:8080/verify";

async fn world(app: &TestApp) -> (Owner, Session, EntryId, Showing) {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let id = held(app, &session, &proof(app)).await;
    let showing = app.service.make_showing(&session, &wanted(app, id), VERIFY).await.unwrap();
    (amina, session, id, showing)
}

fn code(showing: &Showing) -> &str {
    &showing.kept.as_ref().unwrap().code
}

fn denied(opened: &Result<Shown, Denied>) -> bool {
    matches!(opened, Err(Denied::Denied))
}

async fn count(app: &TestApp, session: &Session, what: What) -> usize {
    let lines = app.service.events(session, Timestamp(i64::MAX), 1000).await.unwrap();
    lines.iter().filter(|line| line.event.what == what).count()
}

on_both!(whatever_is_no_live_code_opens_nothing, |app| {
    let (_, session, _, showing) = world(app).await;
    let other = RecoveryCode::random(&*app.service.random).printed();
    for typed in ["", "ABCD", other.as_str(), &code(&showing)[..20]] {
        assert!(denied(&app.service.open_showing(typed).await), "{typed}");
    }
    let shown = app.service.open_showing(&code(&showing).to_lowercase().replace('-', " ")).await.unwrap();
    assert_eq!(shown.credentials.len(), 1);
    app.clock.forward(8 * DAY);
    assert!(denied(&app.service.open_showing(code(&showing)).await), "its time is over");
    app.service.retain().await.unwrap();
    assert_eq!(rows(&app.service.db, "showing").await[0]["sealed"], Cell::Null, "and what it showed is destroyed");
    assert_eq!(count(app, &session, What::ShowingOpened).await, 1);
});

on_both!(only_what_was_chosen_is_shown_bound_to_this_showing, |app| {
    let (_, session, id, showing) = world(app).await;
    let shown = app.service.open_showing(code(&showing)).await.unwrap();
    assert_eq!((shown.audience.as_str(), shown.made), (VERIFY, showing.created));
    let opened = || SdJwt::parse(&shown.credentials[0]).unwrap().verify(&[issuer_key().public()]).unwrap();
    let claims = opened().claims;
    for hidden in ["given_name", "family_name", "method", "framework", "concepts"] {
        assert!(claims.get(hidden).and_then(|value| value.as_array()).is_none_or(Vec::is_empty), "{hidden}");
    }
    assert!(claims["seqf"] == 4 && claims["criteria"].as_array().unwrap().len() == 2 && claims["level"] == "E4");
    let now = app.service.now();
    let bound = |audience: &str, nonce: &str| opened().check_binding(audience, nonce, now, 366 * DAY).is_ok();
    let another = app.service.make_showing(&session, &wanted(app, id), VERIFY).await.unwrap();
    let other = app.service.open_showing(code(&another)).await.unwrap();
    assert!(!bound("https://else.example/verify", &shown.nonce) && !bound(VERIFY, &other.nonce) && bound(VERIFY, &shown.nonce));
    let named = Wanted {
        portions: vec![egenkarta::domain::showing::Portion { entry: id, claims: [Claim::GivenName].into() }],
        ..wanted(app, id)
    };
    let named = app.service.make_showing(&session, &named, VERIFY).await.unwrap();
    let named = app.service.open_showing(code(&named)).await.unwrap();
    let claims = SdJwt::parse(&named.credentials[0]).unwrap().verify(&[issuer_key().public()]).unwrap().claims;
    assert!(claims["given_name"] == "Zebulonia" && !claims.contains_key("family_name"));
});

on_both!(each_opening_is_counted_and_known_and_the_last_ends_it, |app| {
    let (_, session, _, showing) = world(app).await;
    for _ in 0..3 {
        app.service.open_showing(code(&showing)).await.unwrap();
        app.clock.forward(DAY);
    }
    assert!(denied(&app.service.open_showing(code(&showing)).await));
    let seen = app.service.showing(&session, showing.id).await.unwrap();
    assert_eq!((seen.opened, seen.openings.len(), seen.live(app.service.now())), (3, 3, false));
    let lines = app.service.events(&session, Timestamp(i64::MAX), 1000).await.unwrap();
    let opened: Vec<_> = lines.iter().filter(|line| line.event.what == What::ShowingOpened).collect();
    assert!(opened.len() == 3 && opened.iter().all(|line| line.event.who == Who::Unknown));
    let key = [("id", &Cell::id(showing.id))];
    set(&app.service.db, "showing", &key, "opened", &Cell::Number(0)).await;
    assert!(denied(&app.service.open_showing(code(&showing)).await), "a count put back opens nothing");
});

on_both!(what_has_ended_stays_ended_whatever_is_put_back, |app| {
    let (amina, session, _, showing) = world(app).await;
    app.service.open_showing(code(&showing)).await.unwrap();
    let live = rows(&app.service.db, "showing").await.remove(0);
    for (column, other) in
        [("until", Cell::Number(i64::MAX)), ("opens", Cell::Number(100)), ("owner", Cell::id(app.participant("B").await.id.0))]
    {
        set(&app.service.db, "showing", &[("id", &live["id"])], column, &other).await;
        assert!(denied(&app.service.open_showing(code(&showing)).await), "{column}");
        set(&app.service.db, "showing", &[("id", &live["id"])], column, &live[column]).await;
    }
    let stranger = app.participant("Bashir").await.session(app).await;
    assert!(matches!(app.service.end_showing(&stranger, showing.id).await, Err(Error::NotFound)));
    let closed = amina.closed_session(app).await;
    assert!(app.service.showings(&closed).await.unwrap()[0].kept.is_none(), "what stands in clear");
    app.service.end_showing(&closed, showing.id).await.unwrap();
    assert!(denied(&app.service.open_showing(code(&showing)).await), "ended with no key");
    put_back(&app.service.db, "showing", &["lookup"], &live).await;
    assert!(denied(&app.service.open_showing(code(&showing)).await), "the row as it was opens nothing");
    assert_eq!(count(app, &session, What::ShowingEnded).await, 1);
    assert!(
        app.service.ended.read().unwrap().iter().any(|line| line.what == EndedWhat::Showing && line.id == showing.id.to_string())
    );
});

on_both!(what_cannot_be_shown_is_refused, |app| {
    let (_, session, id, _) = world(app).await;
    let other = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let make = async |wanted: Wanted| app.service.make_showing(&session, &wanted, VERIFY).await.map(drop);
    assert!(matches!(make(wanted(app, other)).await, Err(Error::NotFound)), "no proof");
    assert!(matches!(make(Wanted { portions: vec![], ..wanted(app, id) }).await, Err(Error::NothingChosen)));
    assert!(matches!(make(Wanted { opens: 0, ..wanted(app, id) }).await, Err(Error::Faults(_))));
    assert!(matches!(make(Wanted { opens: 101, ..wanted(app, id) }).await, Err(Error::Faults(_))));
    assert!(matches!(make(Wanted { whom: "x".repeat(81), ..wanted(app, id) }).await, Err(Error::Faults(_))));
    for days in [-1, 400] {
        let until = app.service.now().plus(days * DAY).day();
        assert!(matches!(make(Wanted { until, ..wanted(app, id) }).await, Err(Error::BadEnd)), "{days}");
    }
    let stranger = app.participant("Bashir").await.session(app).await;
    assert!(matches!(app.service.make_showing(&stranger, &wanted(app, id), VERIFY).await, Err(Error::NotFound)));
});

on_both!(deleting_the_proof_ends_what_shows_it_and_erasing_leaves_nothing, |app| {
    let (_, session, id, showing) = world(app).await;
    let other = held(app, &session, &proof(app)).await;
    let stays = app.service.make_showing(&session, &wanted(app, other), VERIFY).await.unwrap();
    app.service.delete_entry(&session, id).await.unwrap();
    assert!(denied(&app.service.open_showing(code(&showing)).await));
    app.service.open_showing(code(&stays)).await.unwrap();
    app.service.erase(&session).await.unwrap();
    assert!(denied(&app.service.open_showing(code(&stays)).await));
    assert!(rows(&app.service.db, "showing").await.is_empty() && rows(&app.service.db, "held").await.is_empty());
});

on_both!(a_rotation_keeps_what_is_held_and_shown, |app| {
    let (amina, session, id, showing) = world(app).await;
    let (cookie, _) = app.service.rotate(&session, &amina.phrase).await.unwrap();
    let session = app.service.resume(&cookie).await.unwrap().unwrap();
    assert!(app.service.whole(&session, id).await.unwrap().holder.is_some());
    assert_eq!(code(&app.service.showings(&session).await.unwrap()[0]), code(&showing));
    app.service.open_showing(code(&showing)).await.unwrap();
});

on_both!(a_try_at_what_shows_nothing_any_more_is_seen_by_its_owner_and_repeats_are_counted, |app| {
    let (_, session, id, showing) = world(app).await;
    let other = app.service.make_showing(&session, &wanted(app, id), VERIFY).await.unwrap();
    let stranger = app.participant("Bashir").await.session(app).await;
    let unknown = RecoveryCode::random(&*app.service.random).printed();
    assert!(denied(&app.service.open_showing(&unknown).await));
    app.service.open_showing(code(&other)).await.unwrap();
    assert_eq!(app.record_denials().await, 0, "an unknown code is nobody's, and what opens is told as that");
    set(&app.service.db, "showing", &[("id", &Cell::id(other.id))], "until", &Cell::Number(0)).await;
    assert!(denied(&app.service.open_showing(code(&other)).await));
    assert_eq!(app.record_denials().await, 0, "a row that somebody has changed tells nobody anything");

    app.service.end_showing(&session, showing.id).await.unwrap();
    for _ in 0..7 {
        assert!(denied(&app.service.open_showing(code(&showing)).await));
    }
    assert_eq!(app.record_denials().await, 2, "the first at once, the others as one line");
    let lines = app.service.events(&session, Timestamp(i64::MAX), 1000).await.unwrap();
    let tries: Vec<_> = lines.iter().filter(|line| line.event.what == What::ShowingDenied).collect();
    assert_eq!(tries.iter().map(|line| line.event.count).sum::<u32>(), 7);
    assert!(tries.iter().all(|line| line.event.who == Who::Unknown && line.event.outcome == Outcome::Denied));
    assert_eq!(app.service.showing(&session, showing.id).await.unwrap().openings.len(), 0, "no opening");
    assert_eq!(count(app, &stranger, What::ShowingDenied).await, 0);
});

on_both!(a_try_after_the_last_day_or_the_last_time_is_seen_too, |app| {
    let (_, session, id, showing) = world(app).await;
    let once = app.service.make_showing(&session, &Wanted { opens: 1, ..wanted(app, id) }, VERIFY).await.unwrap();
    app.service.open_showing(code(&once)).await.unwrap();
    assert!(denied(&app.service.open_showing(code(&once)).await), "used up");
    app.clock.forward(8 * DAY);
    assert!(denied(&app.service.open_showing(code(&showing)).await), "its time is over");
    assert_eq!(app.record_denials().await, 2);
    assert_eq!(count(app, &session, What::ShowingDenied).await, 2);
});
