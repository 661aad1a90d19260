//! Consent tokens: minted by administrators, for programs.

use egenkarta::domain::Timestamp;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::Section;
use egenkarta::domain::time::DAY;
use egenkarta::policy::{Refused, Why};
use egenkarta::store::ended::EndedWhat;
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;

use crate::store::guard::shared;
use crate::support::on_both;

on_both!(a_reader_cannot_mint_or_revoke, |app| {
    let (_, unit, given) = shared(app).await;
    let id = given.terms.consent;
    let reader = app.reader(&unit).await.session(app).await;
    let minted = app.service.mint(&reader, id, 7, "ett system").await;
    assert!(matches!(minted, Err(Error::Refused(Refused { why: Why::Never, .. }))));
    let staff = unit.administrator.session(app).await;
    app.service.mint(&staff, id, 7, "ett system").await.unwrap();
    let token = app.service.tokens(&staff).await.unwrap().remove(0);
    let revoked = app.service.revoke(&reader, token.lookup).await;
    assert!(matches!(revoked, Err(Error::Refused(Refused { why: Why::Never, .. }))));
});

on_both!(too_long_nameless_and_too_many_tokens_are_refused, |app| {
    let (_, unit, given) = shared(app).await;
    let (id, staff) = (given.terms.consent, unit.administrator.session(app).await);
    assert!(matches!(app.service.mint(&staff, id, 31, "x").await, Err(Error::Refused(Refused { why: Why::TooLong, .. }))));
    assert!(matches!(app.service.mint(&staff, id, 0, "x").await, Err(Error::Refused(Refused { why: Why::TooLong, .. }))));
    assert!(matches!(app.service.mint(&staff, id, 7, "  ").await, Err(Error::Faults(_))));
    assert!(matches!(app.service.mint(&staff, id, 7, &"a".repeat(61)).await, Err(Error::Faults(_))));
    for n in 0..20 {
        app.service.mint(&staff, id, 7, &format!("nummer {n}")).await.unwrap();
    }
    assert!(matches!(app.service.mint(&staff, id, 7, "en till").await, Err(Error::TooMany(20))));
});

on_both!(a_token_reads_until_it_is_revoked_or_its_time_is_over, |app| {
    let (amina, unit, given) = shared(app).await;
    let (id, staff) = (given.terms.consent, unit.administrator.session(app).await);
    let (short, until) = app.service.mint(&staff, id, 2, "kort").await.unwrap();
    assert_eq!(until, app.service.now().plus(2 * DAY));
    let (long, _) = app.service.mint(&staff, id, 30, "lång").await.unwrap();
    assert_eq!(app.service.read_by_token(&short.text(), None).await.unwrap().entries.len(), 1);
    let live = app.service.tokens(&staff).await.unwrap();
    assert_eq!(live.len(), 2);
    let of_long = live.iter().find(|live| live.label.name == "lång").unwrap();
    app.clock.forward(2 * DAY);
    assert!(matches!(app.service.read_by_token(&short.text(), None).await, Err(Denied::Denied)));
    assert!(app.service.read_by_token(&long.text(), None).await.is_ok());
    let staff = unit.administrator.session(app).await;
    app.service.revoke(&staff, of_long.lookup).await.unwrap();
    assert!(matches!(app.service.read_by_token(&long.text(), None).await, Err(Denied::Denied)));
    assert!(matches!(app.service.revoke(&staff, of_long.lookup).await, Err(Error::NotFound)), "revoked once");
    assert!(app.service.tokens(&staff).await.unwrap().is_empty());
    let lines = app.service.ended.read().unwrap();
    assert!(lines.iter().any(|line| line.what == EndedWhat::Token && line.id == hex::encode(of_long.lookup)));
    let session = amina.session(app).await;
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let count = |what| seen.iter().filter(|line| line.event.what == what).count();
    assert_eq!((count(What::TokenMinted), count(What::TokenRevoked)), (2, 1), "the person is told");
});

on_both!(no_token_outlives_its_consent_or_is_minted_for_an_ended_one, |app| {
    let (amina, unit, given) = shared(app).await;
    let (id, staff) = (given.terms.consent, unit.administrator.session(app).await);
    app.clock.forward(20 * DAY);
    let staff = {
        drop(staff);
        unit.administrator.session(app).await
    };
    let (token, until) = app.service.mint(&staff, id, 30, "lång").await.unwrap();
    assert_eq!(until, given.terms.until);
    app.service.withdraw(&amina.session(app).await, id).await.unwrap();
    assert!(matches!(app.service.mint(&staff, id, 7, "x").await, Err(Error::Gone)));
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let rows = crate::support::raw::rows(&app.service.db, "token").await;
    use crate::support::raw::Cell;
    for row in rows {
        assert!(row["sealed"] == Cell::Null && row["label"] == Cell::Null && row["minted_by"] == Cell::Null, "{row:?}");
    }
});

on_both!(another_unit_revokes_nothing, |app| {
    let (_, unit, given) = shared(app).await;
    let staff = unit.administrator.session(app).await;
    let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "x").await.unwrap();
    let lookup = app.service.tokens(&staff).await.unwrap()[0].lookup;
    let other = app.unit_named("municipal_labour", "Annan", "Bo Berg").await;
    let stranger = other.administrator.session(app).await;
    assert!(matches!(app.service.revoke(&stranger, lookup).await, Err(Error::NotFound)));
    assert!(app.service.tokens(&stranger).await.unwrap().is_empty());
    assert!(app.service.read_by_token(&token.text(), None).await.is_ok());
    assert_eq!(given.terms.scope.sections(), [Section::P07].into());
});
