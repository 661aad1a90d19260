//! Reports of barriers: the law asks that anyone can make one. They concern no account, and are sealed to a key whose private half the
//! operator keeps on paper.

use uuid::Uuid;

use super::{Error, Service};
use crate::crypto::receive::{self, PrivateKey, PublicKey};
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Label, Padding};
use crate::domain::Timestamp;
use crate::domain::random::uuid_v7;
use crate::policy::{Action, Actor, Resource};
use crate::store::report;

/// At most so many wait; an operator who reads none must not lose the disk to one who writes many.
const MOST: u64 = 1000;

impl Service {
    /// Keeps a report, sealed to the operator's key; [`Error::NotFound`] where the operator has made none.
    pub async fn report_barrier(&self, what: &str, page: &str, answer: &str) -> Result<(), Error> {
        let _permit = self.ask(Actor::Anonymous, Action::ReportBarrier, Resource::System)?;
        let text = serde_json::json!({ "what": what, "where": page, "answer": answer }).to_string();
        let (now, id) = (self.now(), uuid_v7(&*self.random, self.now()));
        let key = PublicKey { generation: 1, bytes: self.keys.report.clone().ok_or(Error::NotFound)? };
        let ad = Ad::new(Label::BarrierReport).bytes_field(b"report").id(id);
        let sealed = receive::seal(&key, Label::BarrierReport, &ad, Padding::Steps, text.as_bytes(), &*self.random)?;
        let mut tx = self.db.write().await?;
        if report::count(&mut tx).await? >= MOST {
            return Err(Error::Busy(3600));
        }
        report::insert(&mut tx, id, sealed, now).await?;
        Ok(tx.commit().await?)
    }

    /// Whether the operator has made a key for them.
    pub fn takes_reports(&self) -> bool {
        self.keys.report.is_some()
    }

    /// All reports, oldest first, opened with the operator's secret. Whoever may copy the database may read what is sealed to them.
    pub async fn reports(&self, secret: &Secret) -> Result<Vec<(Timestamp, String)>, Error> {
        let _permit = self.ask(Actor::Operator, Action::BackUp, Resource::System)?;
        let (private, _) = key_pair(secret);
        let mut tx = self.db.read().await?;
        let rows = report::all(&mut tx).await?;
        tx.commit().await?;
        let open = |(id, sealed, at): (Uuid, Vec<u8>, Timestamp)| {
            let ad = Ad::new(Label::BarrierReport).bytes_field(b"report").id(id);
            let text = receive::open(&private, Label::BarrierReport, &ad, Padding::Steps, &sealed)?;
            Ok((at, String::from_utf8(text.to_vec()).map_err(|_| Error::Unopened)?))
        };
        rows.into_iter().map(open).collect()
    }
}

/// The operator's key pair for reports, from the secret that stays on paper.
pub fn key_pair(secret: &Secret) -> (PrivateKey, PublicKey) {
    receive::key_pair(&secret.key(Label::BarrierReport), 1)
}
