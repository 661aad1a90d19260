//! The credential endpoint (OpenID4VCI 1.0, 8): the same claims and the same place on the status list, bound to the wallet's own key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

use super::offer::issuer;
use crate::credential::openid4vci::{Asked, BATCH, Proven, Refused, proven};
use crate::credential::sd_jwt::{self, Opened};
use crate::credential::times;
use crate::crypto::jws::{PublicJwk, SigningKey};
use crate::domain::random::bytes;
use crate::domain::time::MINUTE;
use crate::domain::{Timestamp, UnitId};
use crate::policy::{Action, Actor, Resource};
use crate::store::wallet_code;
use crate::usecase::{Error, Service};

/// How a request for credentials ended.
#[derive(Clone, Debug)]
pub enum Issued {
    /// One for each proof, in their order.
    Credentials(Vec<String>),
    /// By its own name (8.3.1.2).
    Refused(Refused),
}

/// A nonce of ours is taken for so long.
const NONCE_FOR: i64 = 5 * MINUTE;
/// Until when, 8 bytes; random, 16; HMAC, 16.
const NONCE: usize = 40;
const HEAD: usize = 24;

impl Service {
    /// A `c_nonce` (7.2): nothing is stored until it is used.
    pub fn wallet_nonce(&self) -> String {
        let mut all = self.now().plus(NONCE_FOR).0.to_be_bytes().to_vec();
        all.extend_from_slice(&bytes::<16>(&*self.random));
        let mac = self.nonce_mac(&all);
        all.extend_from_slice(&mac);
        URL_SAFE_NO_PAD.encode(all)
    }

    /// Issues to each key that was proved. [`Error::NotFound`] where the token is none, or not for this.
    pub async fn issue_to_wallet(
        &self,
        unit: UnitId,
        base: &str,
        (token, proof): (&str, Option<[u8; 32]>),
        asked: &Result<Asked, Refused>,
    ) -> Result<Issued, Error> {
        let permit = self.ask(Actor::Anonymous, Action::IssueToWallet, Resource::System)?;
        let (body, lookup) = self.wallet_token(unit, token, proof).await?;
        let keys = match asked {
            Ok(asked) => self.proved(asked, &issuer(base, unit)).await?,
            Err(refused) => Err(*refused),
        };
        let keys = match keys {
            Ok(keys) => keys,
            Err(refused) => return Ok(Issued::Refused(refused)),
        };
        let (signer, opened) = match (self.signer_now(unit).await?, self.good_own(unit, &body.credential).await) {
            (Some(signer), Ok(opened)) => (signer, opened),
            (_, Err(error @ Error::Store(_))) => return Err(error),
            _ => return Ok(Issued::Refused(Refused::Denied)),
        };
        let (more, most) = (u64::try_from(keys.len()).unwrap_or(u64::MAX), u64::try_from(BATCH).unwrap_or(u64::MAX));
        let mut tx = self.db.write().await?;
        if !wallet_code::count(&mut tx, &permit, lookup, more, most, self.now()).await? {
            return Ok(Issued::Refused(Refused::Denied));
        }
        tx.commit().await?;
        let all: Result<Vec<String>, Error> = keys.iter().map(|key| self.rebound(&signer, &opened, key)).collect();
        Ok(Issued::Credentials(all?))
    }

    /// The keys that were proved for `issuer`, each nonce ours and used now for the first time.
    async fn proved(&self, asked: &Asked, issuer: &str) -> Result<Result<Vec<PublicJwk>, Refused>, Error> {
        let all: Result<Vec<Proven>, Refused> = asked.proofs.iter().map(|jwt| proven(jwt, issuer, self.now())).collect();
        let all = match all {
            Ok(all) => all,
            Err(refused) => return Ok(Err(refused)),
        };
        // Proofs of one request may share their nonce; keys are each bound to one credential (8.3).
        let mut nonces: Vec<&str> = all.iter().map(|one| one.nonce.as_str()).collect();
        nonces.sort_unstable();
        nonces.dedup();
        let mut prints: Vec<[u8; 32]> = all.iter().map(|one| one.key.thumbprint()).collect();
        prints.sort_unstable();
        prints.dedup();
        if prints.len() != all.len() {
            return Ok(Err(Refused::Proof));
        }
        for nonce in nonces {
            let Some(until) = self.nonce_until(nonce) else { return Ok(Err(Refused::Nonce)) };
            if !self.appender.once(self.keys.once_mark("c_nonce used", &[], nonce), until).await? {
                return Ok(Err(Refused::Nonce));
            }
        }
        Ok(Ok(all.into_iter().map(|one| one.key).collect()))
    }

    /// The same, signed anew and bound to another key.
    fn rebound(&self, signer: &SigningKey, opened: &Opened, key: &PublicJwk) -> Result<String, Error> {
        let mut claims: Map<String, Value> = opened.claims.clone();
        let mut jwk = key.members();
        jwk.remove("kid");
        claims.insert("cnf".to_owned(), json!({ "jwk": jwk }));
        claims.insert("iat".to_owned(), times::claim(self.now()));
        sd_jwt::issue(signer, sd_jwt::TYP, claims, &opened.disclosed, &*self.random).map_err(|_| Error::Unopened)
    }

    /// Until when a nonce serves, where it is one of ours and that is yet to come.
    fn nonce_until(&self, nonce: &str) -> Option<Timestamp> {
        let all = URL_SAFE_NO_PAD.decode(nonce).ok().filter(|all| all.len() == NONCE)?;
        let (head, mac) = all.split_at(HEAD);
        let until = Timestamp(i64::from_be_bytes(head.get(..8)?.try_into().ok()?));
        let ours = bool::from(self.nonce_mac(head).ct_eq(mac));
        (ours && self.now() < until).then_some(until)
    }

    fn nonce_mac(&self, head: &[u8]) -> [u8; 16] {
        let mac = self.keys.once_mark("c_nonce", head, "");
        let mut short = [0; 16];
        short.copy_from_slice(&mac[..16]);
        short
    }
}
