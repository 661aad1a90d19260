//! The answer to a request: yes to as much of it as the person chooses, or no, which nobody is told.

use serde::{Deserialize, Serialize};

use super::consent::{Choice, Given};
use super::grant::Approved;
use super::request::{Open, collector, device_secret};
use super::token::{CodeBinding, TokenLabel, TokenTo};
use super::{Error, Service, Session};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::event::EventPlace;
use crate::crypto::token::TokenKind;
use crate::crypto::{Ad, Label, Padding, receive};
use crate::domain::consent::{Mode, Terms};
use crate::domain::event::{Event, What};
use crate::domain::oauth::{Client, Fault};
use crate::domain::time::{DAY, SECOND};
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::{Action, Permit, Resource};
use crate::store::request::{self, RequestRow};
use crate::store::{Tx, owner, refusal, token};

/// What a device code collects: who gave, which consent, and its secret.
#[derive(Serialize, Deserialize)]
struct Answer {
    owner: OwnerId,
    consent: ConsentId,
    secret: [u8; 32],
}

/// After a no the same unit is not shown for so long, unless the person opens it.
pub const QUIET: i64 = 90 * DAY;
/// An authorization code serves for so long (FAPI 2.0, 5.3.2.1).
const CODE_FOR: i64 = 60 * SECOND;

impl Service {
    /// Says yes to what was chosen of a request. Beside the consent: where the browser goes, for a request of the web.
    pub async fn say_yes(&self, session: &Session, key: &str, choice: &Choice) -> Result<(Given, Option<String>), Error> {
        let open = self.request(key).await?;
        may_answer(session, &open)?;
        let profile = self.profile(session).await?;
        let asked_for = |id: &crate::domain::EntryId| {
            profile.entry(*id).is_none_or(|held| open.asked.sections.contains(&held.entry.kind.section()))
        };
        let within = choice.unit == open.row.unit
            && choice.purpose == open.asked.purpose
            && choice.sections.is_subset(&open.asked.sections)
            && choice.entries.iter().all(asked_for)
            && (choice.mode == open.asked.mode || choice.mode == Mode::View);
        if !within {
            return Err(Error::NothingChosen);
        }
        if choice.until > open.asked.until {
            return Err(Error::BadEnd);
        }
        let choice = Choice { origin: Some(open.origin()), ..choice.clone() };
        self.give_by(session, &choice, Some(&open)).await
    }

    /// Says no. Neither the unit nor its program is told; what they see is that nobody has answered.
    pub async fn say_no(&self, session: &Session, key: &str) -> Result<UnitId, Error> {
        let open = self.request(key).await?;
        may_answer(session, &open)?;
        let permit = self.ask(session.participant(), Action::RefuseRequest, Resource::Profile { owner: session.owner })?;
        let mark = self.refusal_mark(session.owner, open.row.unit);
        let mut tx = self.db.write().await?;
        refusal::put(&mut tx, &permit, session.owner, mark, self.now()).await?;
        let party = self.party_in(&mut tx, open.row.unit).await?;
        let event =
            Event { unit: Some(party), purpose: Some(open.asked.purpose.clone()), ..self.plain_event(What::RequestRefused) };
        let sequence = owner::next_sequence(&mut tx, session.owner).await?;
        let place = EventPlace { owner: session.owner, stream: session.owner.0, sequence, at: event.at };
        self.record_away(&mut tx, &permit, place, &event).await?;
        tx.commit().await?;
        Ok(open.row.unit)
    }

    /// When the person last said no to this unit, where that is less than 90 days ago.
    pub async fn refused_at(&self, session: &Session, unit: UnitId) -> Result<Option<Timestamp>, Error> {
        let _permit = self.ask(session.participant(), Action::RefuseRequest, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let at = refusal::find(&mut tx, session.owner, self.refusal_mark(session.owner, unit)).await?;
        tx.commit().await?;
        Ok(at.filter(|at| self.now().since(*at) < QUIET))
    }

    /// The person opens for this unit's questions again.
    pub async fn hear_again(&self, session: &Session, unit: UnitId) -> Result<(), Error> {
        let permit = self.ask(session.participant(), Action::RefuseRequest, Resource::Profile { owner: session.owner })?;
        let mark = self.refusal_mark(session.owner, unit);
        let mut tx = self.db.write().await?;
        refusal::delete(&mut tx, &permit, session.owner, mark).await?;
        Ok(tx.commit().await?)
    }

    /// "I felt pressed": a count for the operator, by organisation and month. Who said it is kept nowhere.
    pub async fn say_pressed(&self, session: &Session, unit: UnitId) -> Result<(), Error> {
        let _permit = self.ask(session.participant(), Action::RefuseRequest, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.write().await?;
        let row = self.unit_in(&mut tx, unit).await?;
        request::pressed(&mut tx, row.organisation.id, month(self.now())).await?;
        Ok(tx.commit().await?)
    }

    /// How often people felt pressed: organisation's name, year times 100 and month, count.
    pub async fn pressure(&self) -> Result<Vec<(String, u32, u32)>, Error> {
        let mut tx = self.db.read().await?;
        let names = crate::store::organisation::all(&mut tx).await?;
        let rows = request::pressure(&mut tx).await?;
        tx.commit().await?;
        let name = |id| names.iter().find(|one| one.row.id == id).map(|one| one.row.name.clone()).unwrap_or_default();
        Ok(rows.into_iter().map(|(id, month, count)| (name(id), month, count)).collect())
    }

    /// Hands the consent over to whoever asked, in the transaction that gives it. Where the browser goes, for a request of the web.
    pub(super) async fn hand_over(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        (open, unit): (&Open, &str),
        terms: &Terms,
        secret: &ConsentSecret,
    ) -> Result<Option<String>, Error> {
        let answer = self.sealed_answer(&open.row, terms, secret)?;
        if !request::give(tx, open.row.lookup, self.now(), answer).await? {
            return Err(Error::Gone);
        }
        let (Some(redirect), Some(client)) = (&open.redirect, open.row.client) else { return Ok(None) };
        let code = Some(CodeBinding { redirect_uri: redirect.redirect_uri.clone(), challenge: redirect.challenge.clone() });
        let name = open.client.clone().unwrap_or_default();
        let label = TokenLabel { name, by: unit.to_owned(), minter: None, code };
        let to = TokenTo {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            client: client.to_string(),
            thumbprint: redirect.thumbprint.clone().unwrap_or_default(),
            minted_by: None,
            issued: self.now(),
            until: self.now().plus(CODE_FOR).min(terms.until),
        };
        let (code, row) = self.seal_token(TokenKind::Code, secret, &label, to);
        token::insert(tx, permit, row).await?;
        Ok(Some(code.text().as_str().to_owned()))
    }

    fn sealed_answer(&self, row: &RequestRow, terms: &Terms, secret: &ConsentSecret) -> Result<request::Answered, Error> {
        let Some(bytes) = row.collector.clone() else { return Ok((None, None)) };
        let answer = Answer { owner: terms.owner, consent: terms.consent, secret: *secret.bytes() };
        let body = zeroize::Zeroizing::new(serde_json::to_vec(&answer).map_err(|_| Error::Unopened)?);
        let key = receive::PublicKey { generation: 0, bytes };
        let sealed = receive::seal(&key, Label::RequestAnswer, &answer_ad(row), Padding::Steps, &body, &*self.random)?;
        let mac = self.keys.mailbox_mac(&sealed, &answer_ad(row)).to_vec();
        Ok((Some(sealed), Some(mac)))
    }

    /// What a device code collects (RFC 8628, 3.4). A no and silence are the same: pending until the code's time is over.
    pub async fn collect(&self, client: &Client, device_code: &str) -> Result<Approved, Fault> {
        let device = device_secret(device_code).ok_or(Fault::Grant)?;
        let taker = device.lookup(Label::DeviceCodeLookup).0;
        let now = self.now();
        let mut tx = self.db.write().await.map_err(|_| Fault::Server)?;
        let found = request::of_taker(&mut tx, taker).await.map_err(|_| Fault::Server)?;
        let row = found.filter(|row| row.client == Some(client.id) && row.unit == client.unit).ok_or(Fault::Grant)?;
        let early = now.since(row.polled) < i64::from(row.pace) * SECOND;
        let pace = if early { row.pace.saturating_add(super::request::INTERVAL) } else { row.pace };
        request::polled(&mut tx, taker, now, pace).await.map_err(|_| Fault::Server)?;
        if row.state == "given" {
            // What does not open stays, for whoever mends it.
            let approved = self.open_answer(&device, &row)?;
            let taken = request::take(&mut tx, taker).await.map_err(|_| Fault::Server)?;
            tx.commit().await.map_err(|_| Fault::Server)?;
            return if taken { Ok(approved) } else { Err(Fault::Grant) };
        }
        tx.commit().await.map_err(|_| Fault::Server)?;
        match (row.state.as_str(), early) {
            ("waiting", _) if row.until <= now => Err(Fault::ExpiredToken),
            ("waiting", true) => Err(Fault::SlowDown),
            ("waiting", false) => Err(Fault::Pending),
            _ => Err(Fault::Grant),
        }
    }

    fn open_answer(&self, device: &crate::crypto::Secret, row: &RequestRow) -> Result<Approved, Fault> {
        let (Some(sealed), Some(mac)) = (&row.answer, &row.answer_mac) else { return Err(Fault::Grant) };
        if !self.keys.mailbox_mac_fits(sealed, &answer_ad(row), mac) {
            return Err(Fault::Grant);
        }
        let (private, _) = collector(device);
        let body = receive::open(&private, Label::RequestAnswer, &answer_ad(row), Padding::Steps, sealed);
        let body = body.map_err(|_| Fault::Grant)?;
        let Answer { owner, consent, secret } = serde_json::from_slice(&body).map_err(|_| Fault::Grant)?;
        Ok(Approved { owner, consent, secret: ConsentSecret::from_slice(&secret).ok_or(Fault::Grant)? })
    }

    fn refusal_mark(&self, owner: OwnerId, unit: UnitId) -> refusal::Mark {
        self.keys.mailbox_mac(&[], &Ad::new(Label::RefusalMark).bytes_field(b"refusal").id(owner.0).id(unit.0))
    }
}

/// A card's session answers the one request that it was opened for.
fn may_answer(session: &Session, open: &Open) -> Result<(), Error> {
    if session.only.is_none_or(|only| only == open.id) { Ok(()) } else { Err(Error::NotFound) }
}

fn answer_ad(row: &RequestRow) -> Ad {
    let client = row.client.map(|client| client.0).unwrap_or_default();
    Ad::new(Label::RequestAnswer).bytes_field(b"request").id(row.id).id(row.unit.0).id(client)
}

fn month(now: Timestamp) -> u32 {
    use chrono::Datelike;
    let day = now.day();
    u32::try_from(day.year()).unwrap_or(0) * 100 + day.month()
}
