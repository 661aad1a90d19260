//! Organisations and units, added by the operator.

use super::Session;
use super::{Error, Service};
use crate::crypto::secret::Secret;
use crate::domain::organisation::{Organisation, OrganisationNumber, Role, Unit};
use crate::domain::random::{uuid_v4, uuid_v7};
use crate::domain::{OrganisationId, UnitId};
use crate::policy::{Action, Actor, Resource};
use crate::store::organisation::{self, Standing, UnitRow};
use crate::store::owner::{self, OwnerKind};
use crate::store::{Tx, invite};

/// What the operator says of an organisation and one unit of it.
pub struct NewUnit {
    pub number: OrganisationNumber,
    pub organisation: String,
    pub kind: String,
    pub unit: String,
    pub municipality: String,
    pub issuer: String,
}

const SHOWN: u64 = 50;

impl Service {
    /// Adds an organisation where it is new, a unit of it, and a one-time invite for the unit's first administrator.
    pub async fn add_unit(&self, new: &NewUnit) -> Result<(UnitId, Secret), Error> {
        let permit = self.ask(Actor::Operator, Action::AddOrganisation, Resource::System)?;
        if self.catalogue.kind(&new.kind).is_none() {
            return Err(Error::NotFound);
        }
        let now = self.now();
        let mut tx = self.db.write().await?;
        let found = organisation::by_number(&mut tx, &new.number.to_string()).await?;
        let organisation = match found {
            Some(stored) => self.bound_organisation(stored)?,
            None => {
                let row = Organisation {
                    id: OrganisationId(uuid_v4(&*self.random)),
                    number: new.number.clone(),
                    name: new.organisation.clone(),
                    kind: new.kind.clone(),
                    issuer: new.issuer.clone(),
                };
                organisation::insert(&mut tx, &permit, &row, self.organisation_mac(&row), now).await?;
                row
            }
        };
        let unit = UnitId(uuid_v4(&*self.random));
        owner::insert_unit(&mut tx, &permit, unit.into(), OwnerKind::Unit, now).await?;
        let (name, municipality) = (new.unit.clone(), new.municipality.clone());
        let row = Unit { id: unit, organisation: organisation.id, name, kind: new.kind.clone(), municipality };
        let mac = self.unit_mac(&row, Standing::NEW);
        organisation::insert_unit(&mut tx, &permit, &row, &organisation, mac, now).await?;
        let secret = Secret::random(&*self.random);
        let id = uuid_v7(&*self.random, now);
        invite::insert(&mut tx, self.invite_row(&secret, (unit, id), Role::Administrator, None, None)).await?;
        tx.commit().await?;
        Ok((unit, secret))
    }

    /// An invite for an administrator of a unit that has a keyring: they bring the unit's sheet.
    pub async fn invite_administrator(&self, unit: UnitId) -> Result<Secret, Error> {
        let _permit = self.ask(Actor::Operator, Action::AddOrganisation, Resource::System)?;
        self.unit(unit).await?;
        let secret = Secret::random(&*self.random);
        let id = uuid_v7(&*self.random, self.now());
        let mut tx = self.db.write().await?;
        invite::insert(&mut tx, self.invite_row(&secret, (unit, id), Role::Administrator, None, None)).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// All organisations, for the page on which staff choose where they sign in.
    pub async fn organisations_alone(&self) -> Result<Vec<Organisation>, Error> {
        let mut tx = self.db.read().await?;
        let all = self.all_organisations(&mut tx).await?;
        tx.commit().await?;
        Ok(all)
    }

    /// All organisations with their units, for the operator.
    pub async fn organisations(&self) -> Result<Vec<(Organisation, Vec<UnitRow>)>, Error> {
        let mut tx = self.db.read().await?;
        let mut all = Vec::new();
        for organisation in self.all_organisations(&mut tx).await? {
            let units = organisation::units_of(&mut tx, organisation.id).await?;
            all.push((organisation, units.into_iter().map(|unit| self.bound_unit(unit)).collect::<Result<_, _>>()?));
        }
        tx.commit().await?;
        Ok(all)
    }

    pub(super) async fn all_organisations(&self, tx: &mut Tx) -> Result<Vec<Organisation>, Error> {
        organisation::all(tx).await?.into_iter().map(|stored| self.bound_organisation(stored)).collect()
    }

    /// Units that one can share with, by any words of name, organisation or municipality.
    pub async fn search_units(&self, session: &Session, typed: &str) -> Result<Vec<UnitRow>, Error> {
        let permit = self.ask(session.participant(), Action::SearchUnits, Resource::System)?;
        let mut tx = self.db.read().await?;
        let found = organisation::search_units(&mut tx, &permit, typed, SHOWN).await?;
        let mut found = found.into_iter().map(|unit| self.bound_unit(unit)).collect::<Result<_, _>>()?;
        self.without_blocked(&mut tx, session.owner, &mut found).await?;
        tx.commit().await?;
        Ok(found)
    }
}
