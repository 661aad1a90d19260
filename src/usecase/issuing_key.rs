//! By what a unit signs: made and replaced by its administrators, opened by whoever issues, published for whoever checks.

use super::member::Member;
use super::staff::rewrapped;
use super::{Error, Service, Session};
use crate::crypto::jws::{self, PublicJwk, SigningKey};
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::event::What;
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::Tx;
use crate::store::issuing_key::{self, KeyRow};

/// An opened key, and under which addresses what it signs is known.
pub(super) struct Signing {
    pub key: SigningKey,
    pub unit: UnitId,
    /// The origin under which people reach the service.
    pub base: String,
}

/// A key as its unit's administrators see it.
#[derive(Clone, Debug)]
pub struct KeptKey {
    /// Its thumbprint, in base64url.
    pub kid: String,
    pub created: Timestamp,
    /// Since then it signs no more; what it signed before can be checked still.
    pub retired: Option<Timestamp>,
}

/// Where a unit is found as an issuer (`iss`).
pub fn issuer_id(base: &str, unit: UnitId) -> String {
    format!("{base}/issuer/{unit}")
}

impl Signing {
    pub(super) fn issuer(&self) -> String {
        issuer_id(&self.base, self.unit)
    }
}

impl Service {
    /// A fresh key for the unit. The one before signs no more, and its private half is destroyed; lists are signed anew by the new one.
    pub async fn make_issuing_key(&self, session: &Session, base: &str) -> Result<(), Error> {
        let (member, unit, permit) = self.member_may(session, Action::KeepIssuing).await?;
        let private = SigningKey::generate().ok_or(Error::Unopened)?;
        let key = SigningKey::from_pkcs8(&private).ok_or(Error::Unopened)?;
        let (kid, now) = (key.public().thumbprint(), self.now());
        let row = self.bound_issuing_key(KeyRow {
            unit,
            kid,
            public: serde_json::to_vec(&key.public().published()).expect("a key is plain data"),
            active: true,
            sealed: Some(member.keyring.wrap(&ad(unit, kid), Padding::Steps, &private, &*self.random)),
            created: now,
            retired: None,
            mac: Vec::new(),
        });
        let mut tx = self.unit_write(&member).await?;
        if let Some(old) = issuing_key::active(&mut tx, &permit, unit).await? {
            let retired = KeyRow { active: false, sealed: None, retired: Some(now), ..old };
            if !issuing_key::retire(&mut tx, &permit, &self.bound_issuing_key(retired)).await? {
                return Err(Error::Gone);
            }
        }
        issuing_key::insert(&mut tx, &permit, row).await?;
        let signing = Signing { key, unit, base: base.to_owned() };
        self.sign_lists(&mut tx, &permit, &signing, true).await?;
        self.record_own(&mut tx, &permit, &member.keyring, member.event(self.plain_event(What::IssuingKeyMade))).await?;
        Ok(tx.commit().await?)
    }

    /// The unit's keys, the newest first.
    pub async fn kept_issuing_keys(&self, session: &Session) -> Result<Vec<KeptKey>, Error> {
        let (_, unit, permit) = self.member_may(session, Action::ReadIssued).await?;
        let mut tx = self.db.read().await?;
        let rows = issuing_key::of_unit(&mut tx, &permit, unit).await?;
        tx.commit().await?;
        let kept = |row: &KeyRow| {
            let kid = self.own_public(row)?.kid?;
            Some(KeptKey { kid, created: row.created, retired: row.retired })
        };
        Ok(rows.iter().filter_map(kept).collect())
    }

    /// A unit's public keys, retired ones too, the newest first; empty where it never had one. Each bears its thumbprint as `kid`.
    pub async fn issuing_keys(&self, unit: UnitId) -> Result<Vec<PublicJwk>, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        let rows = issuing_key::look(&mut self.db.look().await?, unit).await?;
        let mut keys: Vec<PublicJwk> = rows.iter().filter_map(|row| self.own_public(row)).collect();
        // By which wallets were served: what they signed is the unit's too.
        keys.extend(self.wallet_keys(unit).await?);
        Ok(keys)
    }

    /// The unit's key, opened by the member's keyring; `None` where no administrator has made one.
    pub(super) async fn signing(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        member: &Member,
        base: &str,
    ) -> Result<Option<Signing>, Error> {
        let unit = member.unit.unit.id;
        let Some(row) = issuing_key::active(tx, permit, unit).await? else { return Ok(None) };
        if !self.is_own_issuing_key(&row) {
            return Err(Error::Unopened);
        }
        let sealed = row.sealed.as_deref().ok_or(Error::Unopened)?;
        let private = member.keyring.unwrap(&ad(unit, row.kid), Padding::Steps, sealed)?;
        let key = SigningKey::from_pkcs8(&private).filter(|key| key.public().thumbprint() == row.kid).ok_or(Error::Unopened)?;
        Ok(Some(Signing { key, unit, base: base.to_owned() }))
    }

    /// From the unit's old keyring to its new one.
    pub(super) async fn rewrap_issuing_keys(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (both, new): (&Keyring, &Keyring),
        unit: UnitId,
    ) -> Result<(), Error> {
        if let Some(row) = issuing_key::active(tx, permit, unit).await? {
            let sealed = row.sealed.as_deref().unwrap_or_default();
            if let Some(sealed) = rewrapped((both, new), &ad(unit, row.kid), sealed, &*self.random) {
                issuing_key::rewrap(tx, permit, unit, row.kid, sealed).await?;
            }
        }
        Ok(())
    }

    /// `None` for one that somebody else wrote.
    fn own_public(&self, row: &KeyRow) -> Option<PublicJwk> {
        let members = jws::object(&row.public).filter(|_| self.is_own_issuing_key(row))?;
        PublicJwk::from_members(&members).ok()
    }
}

fn ad(unit: UnitId, kid: [u8; 32]) -> Ad {
    Ad::new(Label::IssuingKeyWrap).bytes_field(b"issuing_key").id(unit.0).bytes_field(&kid)
}
