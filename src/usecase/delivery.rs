//! What units' own systems are told of their consents: Security Event Tokens (RFC 8417), written in the transaction that they tell of and
//! pushed (RFC 8935) by a job. They carry a kind, a consent's id and a time; nothing sealed, nothing of a person. Nobody waits for them.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{Error, Service};
use crate::domain::delivery::{NotTaken, Told, next_try};
use crate::domain::fetch::Method;
use crate::domain::random::uuid_v4;
use crate::domain::time::{DAY, SECOND};
use crate::domain::{ConsentId, Fetch, FetchFault, FetchRequest, FetchResponse, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::Tx;
use crate::store::delivery::{self, DeliveryRow};

/// By what events leave the house, and under which name.
#[derive(Clone)]
pub struct Sender {
    pub fetch: Arc<dyn Fetch>,
    /// The origin under which people reach the service: `iss` of the tokens.
    pub issuer: String,
}

/// The type of a Security Event Token (RFC 8417, 2.3), and with `application/` before it its media type.
pub const TYPE: &str = "secevent+jwt";

/// A try that nobody finished (a node that stopped) is taken up again after so long; a request lasts at most five seconds.
const LEASE: i64 = 30 * SECOND;
/// An error's body (RFC 8935, 2.3) is two short members.
const MOST_BYTES: usize = 16 * 1024;

/// How long rows are kept once they were delivered, or given up.
pub(super) const DELIVERED_KEPT: i64 = 7 * DAY;
pub(super) const FAILED_KEPT: i64 = 30 * DAY;

impl Service {
    /// Notes a change of a consent: the unit's list shows it, and its own system is told, where it has a receiver.
    pub(super) async fn tell(&self, tx: &mut Tx, permit: &Permit, unit: UnitId, id: ConsentId, told: Told) -> Result<(), Error> {
        // What stands for a link's recipient is no unit: nobody is told.
        if self.link_unit(unit).is_some() {
            return Ok(());
        }
        crate::store::inbox::touch(tx, unit, id, self.now()).await?;
        self.put_delivery(tx, permit, unit, Some(id), told).await.map(drop)
    }

    /// `false` where the unit has no receiver.
    pub(super) async fn put_delivery(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        unit: UnitId,
        consent: Option<ConsentId>,
        told: Told,
    ) -> Result<bool, Error> {
        if delivery::receiver(tx, unit).await?.is_none() {
            return Ok(false);
        }
        delivery::insert(tx, permit, unit, (uuid_v4(&*self.random), consent), told, self.now()).await?;
        Ok(true)
    }

    /// Tries what is due, side by side; how many were tried.
    pub async fn deliver(&self, sender: &Sender) -> Result<usize, Error> {
        let _permit = self.ask(Actor::Job, Action::Deliver, Resource::System)?;
        let mut tx = self.db.read().await?;
        let due = delivery::due(&mut tx, self.now()).await?;
        tx.commit().await?;
        let (mut under_way, tried) = (JoinSet::new(), due.len());
        for row in due {
            let Some(address) = self.claimed(&row).await? else { continue };
            let request = self.push_of(sender, &row, address);
            let fetch = Arc::clone(&sender.fetch);
            under_way.spawn(async move {
                let answer = fetch.fetch(request).await;
                (row, answer)
            });
        }
        while let Some(done) = under_way.join_next().await {
            // One that panicked keeps its lease, and is tried again after it.
            if let Ok((row, answer)) = done {
                self.settle(&row, judge(answer)).await?;
            }
        }
        Ok(tried)
    }

    /// The address to which a row goes, once this node has taken it for one try.
    async fn claimed(&self, row: &DeliveryRow) -> Result<Option<String>, Error> {
        let mut tx = self.db.write().await?;
        if !delivery::claim(&mut tx, row, self.now().plus(LEASE)).await? {
            return Ok(None);
        }
        let receiver = delivery::receiver(&mut tx, row.unit).await?;
        let own = receiver.filter(|receiver| self.is_own_receiver(row.unit, receiver));
        if own.is_none() {
            delivery::failed(&mut tx, row, self.now(), NotTaken::Address).await?;
        }
        tx.commit().await?;
        Ok(own.map(|receiver| receiver.url))
    }

    fn push_of(&self, sender: &Sender, row: &DeliveryRow, address: String) -> FetchRequest {
        let set = claims(&sender.issuer, row).to_string();
        let body = self.keys.signed_document(TYPE, set.as_bytes()).into_bytes();
        FetchRequest {
            method: Method::Post { content_type: format!("application/{TYPE}"), body },
            headers: vec![("accept".to_owned(), "application/json".to_owned())],
            max_bytes: MOST_BYTES,
            ..FetchRequest::get(address)
        }
    }

    async fn settle(&self, row: &DeliveryRow, taken: Result<(), NotTaken>) -> Result<(), Error> {
        let now = self.now();
        let mut tx = self.db.write().await?;
        let outcome = match taken {
            Ok(()) => {
                delivery::taken(&mut tx, row, now).await?;
                "delivered"
            }
            Err(fault) => match next_try(row.at, now, row.tries.saturating_add(1)) {
                Some(due) => {
                    delivery::later(&mut tx, row, due, fault).await?;
                    "later"
                }
                None => {
                    delivery::failed(&mut tx, row, now, fault).await?;
                    "failed"
                }
            },
        };
        tx.commit().await?;
        metrics::counter!("egenkarta_deliveries_total", "outcome" => outcome).increment(1);
        Ok(())
    }
}

/// The token's claims (RFC 8417, 2.2). The same at each try, to the byte: `jti` tells a receiver that it has it already.
fn claims(issuer: &str, row: &DeliveryRow) -> Value {
    let seconds = |at: Timestamp| at.0 / SECOND;
    let payload = match row.consent {
        Some(consent) => json!({ "consent": consent, "at": row.at.rfc3339() }),
        None => json!({ "at": row.at.rfc3339() }),
    };
    json!({
        "iss": issuer,
        "aud": audience(issuer, row.unit),
        "jti": row.id,
        "iat": seconds(row.at),
        "toe": seconds(row.at),
        "events": { row.told.uri(): payload },
    })
}

/// Who a unit is to this service: `aud` of what it is told.
pub fn audience(issuer: &str, unit: UnitId) -> String {
    format!("{issuer}/units/{unit}")
}

/// 202 is acceptance (RFC 8935, 2.2); everything else is none.
fn judge(answer: Result<FetchResponse, FetchFault>) -> Result<(), NotTaken> {
    match answer {
        Ok(answer) if answer.status == 202 => Ok(()),
        Ok(answer) if answer.status == 400 => Err(error_of(&answer.body)),
        Ok(_) => Err(NotTaken::Answer),
        Err(FetchFault::Refused) => Err(NotTaken::Address),
        Err(FetchFault::Unreachable) => Err(NotTaken::Unreachable),
        Err(FetchFault::TooSlow) => Err(NotTaken::TooSlow),
        Err(FetchFault::TooLarge) => Err(NotTaken::Answer),
    }
}

fn error_of(body: &[u8]) -> NotTaken {
    let told: Option<Value> = serde_json::from_slice(body).ok();
    let err = told.as_ref().and_then(|told| told.get("err")?.as_str());
    err.map_or(NotTaken::Answer, NotTaken::said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Result<(), NotTaken> {
        judge(Ok(FetchResponse { status, content_type: None, body: body.as_bytes().to_vec() }))
    }

    #[test]
    fn only_202_is_acceptance_and_what_a_receiver_says_is_read_narrowly() {
        for status in [200, 201, 204, 302, 401, 500, 503] {
            assert_eq!(answer(status, r#"{"err":"invalid_key"}"#), Err(NotTaken::Answer), "{status}");
        }
        for body in ["", "x", "[]", r#"{"err":7}"#, r#"{"err":"<b>"}"#, r#"{"error":"invalid_key"}"#] {
            assert_eq!(answer(400, body), Err(NotTaken::Answer), "{body}");
        }
        assert_eq!(answer(400, r#"{"err":"invalid_audience","description":"who?"}"#), Err(NotTaken::InvalidAudience));
        assert_eq!(judge(Err(FetchFault::Refused)), Err(NotTaken::Address));
        assert_eq!(answer(202, "whatever"), Ok(()));
    }
}
