//! A transaction that the database itself has ended spoils nothing for whoever writes next.

use egenkarta::domain::profile::Kind;
use egenkarta::usecase::Error;

use crate::support::on_both;
use crate::support::people::{save, skill};
use crate::support::raw::execute;

on_both!(after_a_full_disk_the_next_write_goes_through, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    // What a full disk does: the statement fails, and the transaction is over.
    let full = match app.kind {
        crate::support::Kind::Sqlite => {
            "CREATE TRIGGER full BEFORE INSERT ON entry_version BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END"
        }
        crate::support::Kind::Postgres => "ALTER TABLE entry_version ADD CONSTRAINT \"full\" CHECK (created < 0) NOT VALID",
    };
    execute(&app.service.db, full).await;
    for _ in 0..3 {
        let refused = app.service.save_entry(&session, save(None, Kind::Skill, skill("svetsa"))).await;
        assert!(matches!(refused, Err(Error::Store(_))), "{:?}", refused.map(drop));
    }
    let room = match app.kind {
        crate::support::Kind::Sqlite => "DROP TRIGGER full",
        crate::support::Kind::Postgres => "ALTER TABLE entry_version DROP CONSTRAINT \"full\"",
    };
    execute(&app.service.db, room).await;
    app.service.save_entry(&session, save(None, Kind::Skill, skill("sy"))).await.unwrap();
    assert_eq!(app.service.profile(&session).await.unwrap().entries.len(), 1);
});
