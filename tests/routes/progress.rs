//! `/map/progress`.

use axum::http::StatusCode;
use egenkarta::domain::profile::Kind;
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::on_both;

on_both!(nobody_but_the_person_sees_their_progress, |app| {
    let owner = app.participant("Amina").await;
    let http = app.http().await;
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    for path in [url::PROGRESS, url::PROGRESS_NEW] {
        assert_eq!(http.get(&Actor::Anonymous, path).await.header("location"), Some("/?signed-out"), "{path}");
        assert!(http.get(&closed, path).await.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)), "{path}");
    }
    let unit = app.unit("af").await;
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    assert!(!http.get(&staff, url::PROGRESS).await.status.is_success());
});

on_both!(a_look_back_without_a_day_or_an_answer_saves_nothing_and_keeps_what_was_typed, |app| {
    let owner = app.participant("Amina").await;
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    let wrong = http.post(&actor, url::PROGRESS_NEW, &[("on", "i går"), ("rater", "coach"), ("search", "4")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.text();
    assert!(page.contains("value=\"i går\"") && page.contains("id=\"search-4\" checked"), "what was typed stands there");
    let nothing = http.post(&actor, url::PROGRESS_NEW, &[("on", "2026-05"), ("rater", "self"), ("search", "0")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(app.service.profile(&owner.session(app).await).await.unwrap().entries.is_empty());
});

on_both!(each_area_is_a_track_and_the_steps_are_another_look_at_it, |app| {
    let owner = app.participant("Amina").await;
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    for (on, search, belief) in [("2026-02-16", "1", "0"), ("2026-05-18", "3", "5")] {
        let sent = [("on", on), ("rater", "self"), ("search", search), ("belief", belief)];
        assert_eq!(http.post(&actor, url::PROGRESS_NEW, &sent).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(app.service.profile(&owner.session(app).await).await.unwrap().of_kind(Kind::Progress).count(), 3);
    // Without the marks that keep what is filled in apart.
    let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    let tracks = plain(http.get(&actor, url::PROGRESS).await.text());
    assert_eq!(tracks.matches("<polyline class=\"way-self\"").count(), 2, "one for each area that holds something");
    assert!(tracks.contains("16 februari 2026: Inte alls än. Jag själv."));
    let steps = plain(http.get(&actor, &format!("{}?view=steps", url::PROGRESS)).await.text());
    assert!(steps.contains("Steg 3 av 5: På väg. Nästa steg: Ganska bra."));
    assert!(steps.contains("Steg 5 av 5: Mycket bra.") && steps.matches("stair come").count() == 8);
    for page in [&tracks, &steps] {
        assert!(!page.contains('%'), "no score");
    }
});
