//! Narrower tokens: what one may hold of another, and how the owner's writes reach it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Error;
use super::owner_write::OwnerWrite;
use crate::crypto::bundle::{Bundle, BundleRow, ConsentSecret};
use crate::crypto::child::{Child, ChildPlace};
use crate::domain::Timestamp;
use crate::domain::oauth::{Asked, DETAILS_TYPE, Fault, MAX_DEPTH, Part};
use crate::domain::profile::Section;
use crate::store::child::{self, ChildRow};

/// A consent itself, in the same shape as what is narrower than it.
pub(super) fn whole(secret: &ConsentSecret, bundle: Bundle) -> Child {
    Child { bundle, log_key: secret.log_key(), code: secret.code(), depth: 0 }
}

/// What a part comes to within what stands above it now.
pub(super) fn narrow(above: &Child, part: &Part) -> Child {
    let held = |row: &&BundleRow| part.holds(row.kind, &hex::encode(row.alias));
    let rows = above.bundle.rows.iter().filter(held).cloned().collect();
    let bundle = Bundle { terms: part.terms(&above.bundle.terms), rows };
    Child { bundle, log_key: above.log_key.clone(), code: above.code.clone(), depth: above.depth + 1 }
}

pub(super) fn place(row: &ChildRow) -> ChildPlace<'_> {
    ChildPlace { owner: row.owner, consent: row.consent, token: &row.token, parent: &row.parent }
}

/// The end of a narrower token, where it asks for nothing that the one above does not hold now. What is withheld, what is empty and what
/// never was are refused alike.
pub(super) fn within(above: &Child, asked: &Asked, now: Timestamp) -> Result<Timestamp, Fault> {
    let terms = &above.bundle.terms;
    if asked.unit != terms.unit {
        return Err(Fault::Target);
    }
    let (sections, _) = named(&above.bundle);
    let names: BTreeSet<String> = above.bundle.rows.iter().map(|row| hex::encode(row.alias)).collect();
    let last = terms.until.plus(-1).day();
    let refusal = match () {
        () if above.depth >= MAX_DEPTH => "a token is narrowed three times at most",
        () if asked.purpose != terms.purpose => "the purpose is not the token's",
        () if terms.basis.is_some_and(|basis| basis != asked.legal_basis) => "the legal basis is not the token's",
        () if !asked.actions.is_subset(&terms.scope.rights) => "an action is not the token's",
        () if asked.mode == crate::domain::consent::Mode::Copy && asked.mode != terms.mode => "the mode is not the token's",
        () if !asked.sections.is_subset(&sections) => "a section is not among the token's authorization_details",
        () if !asked.entries.is_subset(&names) => "an entry is not the token's",
        () if asked.until > last || Timestamp::end_of_day(asked.until) <= now => "the end has passed, or is later than the token's",
        () => return Ok(terms.until.min(Timestamp::end_of_day(asked.until))),
    };
    Err(Fault::Details(refusal.to_owned()))
}

/// The sections that are held whole and of which there is something, and the names of entries that are held singly.
fn named(bundle: &Bundle) -> (BTreeSet<Section>, BTreeSet<String>) {
    let kinds = &bundle.terms.scope.kinds;
    let sections = bundle.rows.iter().filter(|row| kinds.contains(&row.kind)).map(|row| row.kind.section()).collect();
    let single = bundle.rows.iter().filter(|row| !kinds.contains(&row.kind)).map(|row| hex::encode(row.alias)).collect();
    (sections, single)
}

/// `authorization_details` as granted (RFC 9396, 7): what is there now, and no word of what is not.
pub(super) fn details(held: &Child) -> Value {
    let terms = &held.bundle.terms;
    let (sections, entries) = named(&held.bundle);
    let mut one = json!({
        "type": DETAILS_TYPE,
        "consent": terms.consent,
        "unit": terms.unit,
        "purpose": terms.purpose,
        "sections": sections,
        "actions": terms.scope.rights,
        "mode": terms.mode,
        "until": terms.until.plus(-1).day(),
    });
    if let Some(basis) = terms.basis {
        one["legal_basis"] = json!(basis);
    }
    if !entries.is_empty() {
        one["entries"] = json!(entries);
    }
    json!([one])
}

impl OwnerWrite<'_> {
    /// Makes the children of a consent anew from its new bundle. One that has run out, whose row was altered, or whose parent is gone is
    /// destroyed: it must not hinder the owner's write.
    pub(super) async fn remake_children(&mut self, secret: &ConsentSecret, bundle: Bundle) -> Result<(), Error> {
        let terms = &bundle.terms;
        let rows = child::of_consent(&mut self.tx, self.permit, terms.owner, terms.consent).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut remade = BTreeSet::new();
        let mut waiting = vec![(Vec::new(), secret.clone(), whole(secret, bundle))];
        while let Some((parent, secret, above)) = waiting.pop() {
            for row in rows.iter().filter(|row| row.parent == parent) {
                let Some((own, child)) = self.anew(row, &secret, &above) else { continue };
                let sealed = own.seal_child(&place(row), &child, &*self.service.random);
                child::remake(&mut self.tx, self.permit, row, sealed).await?;
                remade.insert(row.token);
                waiting.push((row.token.to_vec(), own, child));
            }
        }
        for row in rows.iter().filter(|row| !remade.contains(&row.token)) {
            child::delete(&mut self.tx, self.permit, row.owner, row.consent, row.token).await?;
        }
        Ok(())
    }

    fn anew(&self, row: &ChildRow, secret: &ConsentSecret, above: &Child) -> Option<(ConsentSecret, Child)> {
        let part: Part = secret.open_child_terms(&place(row), &row.terms).ok()?;
        let lives = part.until > self.service.now() && above.depth < MAX_DEPTH;
        lives.then(|| (secret.child(part.id), narrow(above, &part)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::consent::{Mode, Right, Scope, Terms};
    use crate::domain::oauth::Basis;
    use crate::domain::{ConsentId, OwnerId, SystemRandom, UnitId};
    use uuid::Uuid;

    fn held(basis: Option<Basis>) -> Child {
        let terms = Terms {
            owner: OwnerId(Uuid::nil()),
            consent: ConsentId(Uuid::nil()),
            generation: 1,
            unit: UnitId(Uuid::nil()),
            client: None,
            purpose: "job_matching".into(),
            scope: Scope { rights: [Right::Read].into(), ..Scope::default() },
            mode: Mode::View,
            from: Timestamp(1),
            until: Timestamp(1_780_000_000_000_000),
            name: None,
            lang: "sv".into(),
            text_version: 1,
            original: None,
            basis,
            stated: None,
            link: None,
        };
        whole(&ConsentSecret::random(&SystemRandom::default()), Bundle { terms, rows: Vec::new() })
    }

    #[test]
    fn another_legal_basis_than_was_asked_with_is_refused_and_its_own_is_told() {
        let asked = r#"[{"type":"egenkarta_consent","unit":"00000000-0000-0000-0000-000000000000","purpose":"job_matching","entries":["x"],"actions":["read"],"mode":"view","legal_basis":"6.1.e","until":"2026-05-01"}]"#;
        let asked = Asked { entries: BTreeSet::new(), ..Asked::parse(asked).expect("reads") };
        let other = held(Some(Basis::Contract));
        assert!(matches!(within(&other, &asked, Timestamp(1)), Err(Fault::Details(why)) if why.contains("legal basis")));
        let same = held(Some(Basis::PublicTask));
        assert_eq!(within(&same, &asked, Timestamp(1)), Ok(Timestamp::end_of_day(asked.until)));
        assert_eq!(details(&same)[0]["legal_basis"], "6.1.e");
        assert!(details(&held(None))[0].get("legal_basis").is_none());
    }
}
