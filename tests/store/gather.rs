//! Look-ups that share a statement share nothing else.

use std::sync::Arc;

use egenkarta::domain::profile::Section;
use egenkarta::usecase::disclosure::Denied;

use super::guard::shared;
use crate::support::on_both;
use crate::support::raw::execute;

on_both!(a_row_that_was_spoilt_is_the_fault_of_nobody_else_who_looks_up_at_once, |app| {
    let (amina, unit, given) = shared(app).await;
    let other = app.unit_named("af", "En annan", "Otto Other").await;
    let spoilt = app.give(&amina.session(app).await, other.id, &[Section::P07]).await;
    let mut tokens = Vec::new();
    for (unit, id) in [(&unit, given.terms.consent), (&other, spoilt.terms.consent)] {
        let (token, _) = app.service.mint(&unit.administrator.session(app).await, id, 7, "ett system").await.unwrap();
        tokens.push(token.text().as_str().to_owned());
    }
    let theirs = "unit = (SELECT id FROM unit WHERE name = 'En annan')";
    // Withdrawn, but never at any time: no row that we write.
    assert_eq!(execute(&app.service.db, &format!("UPDATE consent SET state = 'withdrawn' WHERE {theirs}")).await, 1);
    let reads: Vec<_> = (0..40)
        .map(|n| {
            let (service, token) = (Arc::clone(&app.service), tokens[n % 2].clone());
            tokio::spawn(async move { service.read_by_token(&token, None).await })
        })
        .collect();
    for (n, read) in reads.into_iter().enumerate() {
        let read = read.await.unwrap();
        assert_eq!((read.is_ok(), matches!(read, Err(Denied::Fault(_)))), (n % 2 == 0, n % 2 == 1), "{n}: {read:?}");
    }
});
