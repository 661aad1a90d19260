//! A unit's second issuing key: by it wallets are served at once, while the unit's keyring is closed. Off until an administrator of the
//! unit switches it on. The private half lies under a key of the server's own, so whoever has both the database and the server's files
//! could sign in the unit's name: the page says so.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::crypto::jws::{PublicJwk, SigningKey, object};
use crate::crypto::{Ad, Label, Padding, record};
use crate::domain::UnitId;
use crate::domain::event::What;
use crate::policy::{Action, Actor, Resource};
use crate::store::organisation::UnitRow;
use crate::store::wallet_key::{self, WalletKeyRow};
use crate::usecase::{Error, Service, Session};

impl Service {
    /// Switches it on or off. On: with a fresh key. Off: the private half is gone at once.
    pub async fn serve_wallets(&self, session: &Session, on: bool) -> Result<(), Error> {
        let (member, unit, permit) = self.member_may(session, Action::ServeWallets).await?;
        let mut tx = self.unit_write(&member).await?;
        wallet_key::retire(&mut tx, &permit, unit, self.now()).await?;
        if on {
            wallet_key::insert(&mut tx, &permit, self.fresh_wallet_key(unit)?).await?;
        }
        let what = if on { What::WalletsServed } else { What::WalletsNotServed };
        self.record_own(&mut tx, &permit, &member.keyring, member.event(self.plain_event(what))).await?;
        Ok(tx.commit().await?)
    }

    /// Whether it is on, for the unit's own staff.
    pub async fn wallets_served(&self, session: &Session) -> Result<bool, Error> {
        let (_, unit, _permit) = self.member_may(session, Action::ReadUnit).await?;
        Ok(self.wallet_signer(unit).await?.is_some())
    }

    /// Whether it is on, and the unit may issue.
    pub async fn serves_wallets(&self, unit: UnitId) -> Result<bool, Error> {
        Ok(self.signer_now(unit).await?.is_some())
    }

    /// A unit that may issue, as wallets find it. [`Error::NotFound`] where there is none, or it has never issued anything.
    pub async fn wallet_issuer(&self, unit: UnitId) -> Result<UnitRow, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReadIssuers, Resource::System)?;
        if self.issuing_keys(unit).await?.is_empty() {
            return Err(Error::NotFound);
        }
        let mut tx = self.db.read().await?;
        let row = self.unit_in(&mut tx, unit).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Its public halves, those of keys that sign no more included.
    pub async fn wallet_keys(&self, unit: UnitId) -> Result<Vec<PublicJwk>, Error> {
        let rows = wallet_key::of_unit(&mut self.db.look().await?, unit).await?;
        rows.iter().map(|row| self.public_of(row)).collect()
    }

    /// `None` where the unit has not switched it on, or may issue nothing any more.
    pub(super) async fn signer_now(&self, unit: UnitId) -> Result<Option<SigningKey>, Error> {
        let mut tx = self.db.read().await?;
        let scope = self.scope_in(&mut tx, unit).await?;
        tx.commit().await?;
        if scope.is_some() { self.wallet_signer(unit).await } else { Ok(None) }
    }

    async fn wallet_signer(&self, unit: UnitId) -> Result<Option<SigningKey>, Error> {
        let rows = wallet_key::of_unit(&mut self.db.look().await?, unit).await?;
        let Some((row, sealed)) = rows.iter().find_map(|row| Some((row, row.sealed.as_deref()?))) else { return Ok(None) };
        self.public_of(row)?;
        let opened = record::open(&self.keys.issuing, &ad(unit, &row.kid), Padding::Steps, sealed)?;
        let key = SigningKey::from_pkcs8(&opened).filter(|key| key.public().thumbprint() == row.kid);
        key.map(Some).ok_or(Error::Unopened)
    }

    fn fresh_wallet_key(&self, unit: UnitId) -> Result<WalletKeyRow, Error> {
        let pkcs8: Zeroizing<Vec<u8>> = SigningKey::generate().ok_or(Error::Unopened)?;
        let key = SigningKey::from_pkcs8(&pkcs8).ok_or(Error::Unopened)?;
        let (kid, created) = (key.public().thumbprint(), self.now());
        let public = Value::from(key.public().members()).to_string().into_bytes();
        let sealed = record::seal(&self.keys.issuing, 0, &ad(unit, &kid), Padding::Steps, &pkcs8, &*self.random);
        let row = WalletKeyRow { unit, kid, public, sealed: Some(sealed), created, mac: Vec::new() };
        Ok(self.bound_wallet_key(row))
    }

    fn public_of(&self, row: &WalletKeyRow) -> Result<PublicJwk, Error> {
        self.check_wallet_key(row)?;
        let members = object(&row.public).ok_or(Error::Unopened)?;
        let key = PublicJwk::from_members(&members).map_err(|_| Error::Unopened)?;
        if key.thumbprint() == row.kid { Ok(key) } else { Err(Error::Unopened) }
    }
}

fn ad(unit: UnitId, kid: &[u8; 32]) -> Ad {
    Ad::new(Label::IssuingService).bytes_field(b"wallet_key").id(unit.0).bytes_field(kid)
}
