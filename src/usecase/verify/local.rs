//! This server's own units as issuers: their keys and lists lie here, and the operator's word on what they may issue is their place on the
//! trust list: for what was issued while they let the unit issue it.

use super::super::issuing_key::issuer_id;
use super::super::{Error, Service};
use super::{Known, Name, UNREACHED};
use crate::credential::lists::{self, Publisher};
use crate::credential::status::said;
use crate::credential::{Foreign, IssuerKeys};
use crate::domain::credential::{StatusKind, StatusRef, Verdict};
use crate::domain::issuing::{Period, believed, still};
use crate::domain::trust::TrustedIssuer;
use crate::domain::{Timestamp, UnitId};
use crate::store::{issued, status_list};

/// The unit that an issuer's id names, where it is one of this server's addresses.
fn unit(base: &str, issuer: &str) -> Option<UnitId> {
    let id = issuer.rsplit('/').next()?.parse().ok()?;
    (issuer_id(base, id) == issuer).then_some(id)
}

impl Service {
    /// What is known of the issuer where it is a unit of ours; `None` where it is none.
    pub(super) async fn own_issuer(&self, base: &str, foreign: &Foreign) -> Option<Known> {
        let unit = unit(base, &foreign.issuer)?;
        let known = self.own_unit(unit, foreign).await;
        // Nobody else can say what our own units' keys are.
        Some(known.unwrap_or(Known { keys: IssuerKeys::Unreached, trusted: None, fetched: false }))
    }

    async fn own_unit(&self, unit: UnitId, foreign: &Foreign) -> Result<Known, Error> {
        let keys = self.issuing_keys(unit).await?;
        let row = self.issuing_unit(unit).await?;
        let mut tx = self.db.read().await?;
        let periods = self.periods_in(&mut tx, unit).await?;
        tx.commit().await?;
        // Which of one it was, the proof says itself: it is believed while that one stands.
        let placed = if periods.iter().all(Period::stands) { None } else { self.placed(unit, foreign).await? };
        let trusted = believed(&periods, foreign.issued, placed).map(|period| TrustedIssuer {
            id: foreign.issuer.clone(),
            name: row.organisation.name.clone(),
            number: Some(row.organisation.number.clone()),
            most: Some(period.scope.level),
            ended: !period.stands(),
            still: still(&periods),
            ..TrustedIssuer::default()
        });
        let keys = if keys.is_empty() { IssuerKeys::Unreached } else { IssuerKeys::Known(keys) };
        Ok(Known { keys, trusted, fetched: false })
    }

    /// When this service gave the proof's place on the unit's list; `None` where it gave none, or has forgotten it in a restore.
    async fn placed(&self, unit: UnitId, foreign: &Foreign) -> Result<Option<Timestamp>, Error> {
        for at in &foreign.status {
            let Some((form, number)) =
                at.uri.strip_prefix(&foreign.issuer).and_then(|rest| rest.strip_prefix('/')?.split_once('/'))
            else {
                continue;
            };
            let Some(number) = number.parse().ok().filter(|_| matches!(form, "status" | "revocation")) else { continue };
            let row = issued::at(&mut self.db.look().await?, unit, number, at.index).await?;
            let own = row.map(|row| self.check_issued(&row).map(|()| row.created)).transpose()?;
            if own.is_some() {
                return Ok(own);
            }
        }
        Ok(None)
    }

    /// What the list of one of our units says; `None` where the list is none of ours. A withdrawal counts from the moment it is written,
    /// whether the list has been signed anew or not.
    pub(super) async fn said_here(&self, base: &str, at: &StatusRef, by: &Publisher<'_>) -> Option<Option<Verdict>> {
        let unit = unit(base, by.issuer)?;
        let form = if at.list == StatusKind::Token { "status" } else { "revocation" };
        let number = at.uri.strip_prefix(&format!("{}/{form}/", by.issuer))?.parse().ok()?;
        Some(self.read_here(unit, number, at, by).await.unwrap_or(Some(UNREACHED)))
    }

    async fn read_here(&self, unit: UnitId, number: u64, at: &StatusRef, by: &Publisher<'_>) -> Result<Option<Verdict>, Error> {
        let served = match at.list {
            StatusKind::Token => self.status_token(unit, number).await?,
            _ => self.revocation_list(unit, number).await?,
        };
        let (Some(text), changed) = served else { return self.bit(unit, number, at).await };
        let name: Name = (format!("{} {}", by.issuer, changed.0), at.uri.clone(), at.list as u8);
        if let Some(kept) = self.lists(|lists| lists.get(&name, by.now)) {
            return Ok(said(at.list, &kept.list, at.index));
        }
        Ok(match lists::list(&text, at, by) {
            Ok(listed) => {
                let verdict = said(at.list, &listed.list, at.index);
                self.lists(|lists| lists.put(name, listed, by.now));
                verdict
            }
            Err(verdict) => Some(verdict),
        })
    }

    /// While the unit has yet to sign its list: a set bit says that it is withdrawn, and one that is not set says nothing.
    async fn bit(&self, unit: UnitId, number: u64, at: &StatusRef) -> Result<Option<Verdict>, Error> {
        let mut tx = self.db.read().await?;
        let row = status_list::find(&mut tx, unit, number).await?;
        tx.commit().await?;
        let byte = usize::try_from(at.index / 8).ok().and_then(|byte| row.as_ref()?.bits.get(byte).copied());
        let set = byte.is_some_and(|byte| byte >> (at.index % 8) & 1 == 1);
        Ok(Some(if set { Verdict::Withdrawn } else { UNREACHED }))
    }
}
