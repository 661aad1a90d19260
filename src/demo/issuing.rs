//! The demo's unit that issues: a published framework, an assessment that waits for a second person, and an offer for each run.

use super::people::{People, issuer_of};
use super::seeds::{IssuingSeed, OrganisationSeed, StaffSeed, UnitSeed};
use crate::crypto::recovery::RecoveryCode;
use crate::domain::UnitId;
use crate::domain::issuing::{Typed, level};
use crate::domain::organisation::Role;
use crate::domain::random::uuid_v7;
use crate::usecase::account::{Arrival, Newcomer};
use crate::usecase::assessment::{Assessed, NotIssued};
use crate::usecase::framework::NotPublished;
use crate::usecase::issued::Desk;
use crate::usecase::{Error, Session};

const FRAMEWORK: &str = include_str!("../../seeds/demo_framework.toml");

impl People<'_> {
    /// Lets the demo's issuers issue, where they do not yet, and makes one offer for this run: its code.
    pub async fn issue(&self, desk: Desk<'_>) -> Result<Option<RecoveryCode>, Error> {
        let mut offer = None;
        let known = self.service.organisations().await?;
        for (organisation, unit) in self.seeds.units() {
            let Some(seed) = &unit.issuing else { continue };
            let rows = known.iter().flat_map(|(_, units)| units);
            let row = rows.filter(|row| row.organisation.number == organisation.number).find(|row| row.unit.name == unit.name);
            let Some(row) = row else { continue };
            offer = self.issue_at((organisation, unit), row.unit.id, seed, desk).await?;
        }
        Ok(offer)
    }

    async fn issue_at(
        &self,
        (organisation, unit): (&OrganisationSeed, &UnitSeed),
        id: UnitId,
        seed: &IssuingSeed,
        desk: Desk<'_>,
    ) -> Result<Option<RecoveryCode>, Error> {
        let of = |role| unit.staff.iter().find(move |staff| staff.role == role);
        let (Some(administrator), Some(assessor)) = (of(Role::Administrator), of(Role::Issuer)) else { return Ok(None) };
        if !self.service.issuers().await?.iter().any(|(known, _)| *known == id) {
            let trades = seed.trades.parse().map_err(|_| Error::NotFound)?;
            self.service.grant_issuing(id, trades, level(&seed.level).ok_or(Error::NotFound)?).await?;
            let session = self.signed_in(organisation, administrator).await?;
            self.service.make_issuing_key(&session, desk.base).await?;
            self.service.end_session(&session).await?;
        }
        let session = self.signed_in(organisation, assessor).await?;
        match self.service.publish_framework(&session, desk.taxonomy, FRAMEWORK).await {
            Ok(_) => drop(self.assess(&session, desk, "Ärende 2026-117", "E4").await?),
            // Of an earlier run.
            Err(NotPublished::Stands) => {}
            Err(NotPublished::Failed(error)) => return Err(error),
            Err(_) => return Ok(None),
        }
        let offered = self.assess(&session, desk, "Ärende 2026-118", "E3").await?;
        self.service.end_session(&session).await?;
        Ok(offered)
    }

    /// The code of what was issued; none where it waits.
    async fn assess(&self, session: &Session, desk: Desk<'_>, label: &str, level: &str) -> Result<Option<RecoveryCode>, Error> {
        let text = str::to_owned;
        let typed = Typed {
            label: text(label),
            given_name: text("Amal"),
            family_name: text("Haddad"),
            framework: text("order-picking"),
            criteria: vec![text("all")],
            part: text("whole"),
            level: text(level),
            method: text("Arbetsprov under en dag på ett lager"),
            assessor: text("Yrkesbedömare, lager"),
            assessed: self.service.now().day().to_string(),
            seqf: text("4"),
            until: String::new(),
        };
        let id = uuid_v7(&*self.service.random, self.service.now());
        match self.service.assess(session, desk, id, &typed).await {
            Ok(Assessed::Issued(code)) => Ok(Some(code)),
            Ok(Assessed::Waits) => Ok(None),
            Err(NotIssued::Failed(error)) => Err(error),
            Err(_) => Err(Error::NotFound),
        }
    }

    async fn signed_in(&self, organisation: &OrganisationSeed, staff: &StaffSeed) -> Result<Session, Error> {
        let newcomer = Newcomer::new(true, false, None, None);
        let Arrival::Known(secret) = self.service.arrive(&issuer_of(organisation), &staff.subject, newcomer).await? else {
            return Err(Error::NotFound);
        };
        let session = self.service.resume(&secret).await?.ok_or(Error::NotFound)?;
        let opened = self.service.unlock(&session, &staff.passphrase).await?;
        self.service.resume(&opened).await?.ok_or(Error::NotFound)
    }
}
