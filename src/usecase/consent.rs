//! Consents: given, changed, withdrawn by their owner.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::link::stand_in;
use super::owner_write::{OwnerWrite, is_current, open_consent, seal_secret, seal_terms};
use super::profile::{Profile, load_manifest};
use super::receipt::shared_kinds;
use super::request::Open;
use super::statement::as_shown;
use super::{Error, Service, Session};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::manifest::ConsentLine;
use crate::domain::consent::{Mode, Right, Scope, State, Terms, TextRead};
use crate::domain::event::{Event, Party, What};
use crate::domain::oauth::Basis;
use crate::domain::profile::{Fault, Kind, Section, Value};
use crate::domain::random::uuid_v4;
use crate::domain::time::DAY;
use crate::domain::{ClientId, ConsentId, EntryId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource, Sharing};
use crate::store::consent::ConsentRow;
use crate::store::ended::{Ended, EndedWhat};
use crate::store::organisation::{self, UnitRow};
use crate::store::{Tx, consent};

/// What a person has chosen to share, on the way through the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub unit: UnitId,
    pub purpose: String,
    pub sections: BTreeSet<Section>,
    /// Named singly: the sensitive ones, and others outside the sections.
    pub entries: BTreeSet<EntryId>,
    pub kept_out: BTreeSet<EntryId>,
    pub mode: Mode,
    pub until: NaiveDate,
    pub show_name: bool,
    /// The language of the text that was read.
    pub lang: String,
    /// Whether the Swedish original stood beside it.
    pub original: bool,
    /// Since when the unit had stated what was shown; none where it had stated nothing.
    pub stated: Option<Timestamp>,
    /// The request that it answers, where one was made.
    pub origin: Option<Origin>,
}

/// What a consent says of the request that it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The program that asked; none where staff asked on their own page.
    pub client: Option<ClientId>,
    pub basis: Basis,
    pub rights: BTreeSet<Right>,
}

/// A consent as its owner sees it.
#[derive(Clone, Debug)]
pub struct Given {
    pub terms: Terms,
    pub state: State,
    pub code: String,
    pub created: Timestamp,
    pub unit: UnitRow,
}

/// What the unit keeps of a consent: sealed to it, opens no entry, outlives the consent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    pub terms: Terms,
    pub code: String,
    pub log_key: [u8; 32],
    /// Ed25519 over the terms' JSON, by the document key.
    pub signature: Vec<u8>,
    /// All kinds of entry that are shared, those of entries named singly too. Absent from records before it was kept.
    #[serde(default)]
    pub kinds: BTreeSet<Kind>,
    /// When the person changed it, the oldest first: the unit was told of each. Absent like the kinds.
    #[serde(default)]
    pub changed: Vec<Timestamp>,
}

/// The version of the text that people read before they say yes.
pub const TEXT_VERSION: u32 = 2;

/// The language that the text is written in before it is translated.
pub const ORIGINAL: &str = "sv";

impl Service {
    /// A unit with its organisation.
    pub async fn unit(&self, id: UnitId) -> Result<UnitRow, Error> {
        let mut tx = self.db.read().await?;
        let unit = self.unit_in(&mut tx, id).await?;
        tx.commit().await?;
        Ok(unit)
    }

    pub(super) async fn unit_in(&self, tx: &mut Tx, id: UnitId) -> Result<UnitRow, Error> {
        match organisation::find_unit(tx, id).await? {
            Some(unit) => self.bound_unit(unit),
            // A link's consent names no unit but what stands for its recipient kind.
            None => self.link_unit(id).ok_or(Error::NotFound),
        }
    }

    /// The same for what one's own list shows: a recipient kind that the operator has taken away must not keep anyone from the rest of it,
    /// nor from ending what is left.
    pub(super) async fn unit_listed(&self, tx: &mut Tx, id: UnitId) -> Result<UnitRow, Error> {
        match self.unit_in(tx, id).await {
            Err(Error::NotFound) => stand_in(id, "", "–").ok_or(Error::NotFound),
            found => found,
        }
    }

    pub(super) async fn party_in(&self, tx: &mut Tx, id: UnitId) -> Result<Party, Error> {
        let row = self.unit_in(tx, id).await?;
        Ok(Party { unit: row.unit.name, organisation: row.organisation.name })
    }

    /// The terms that a choice comes to, after the policy has agreed to them. Writes nothing: the preview uses it too.
    pub async fn propose(&self, session: &Session, profile: &Profile, choice: &Choice) -> Result<(Terms, UnitRow), Error> {
        let unit = self.unit_on_offer(session, choice.unit).await?;
        let mut terms = self.terms(session, profile, choice, &unit, ConsentId(uuid_v4(&*self.random)))?;
        terms.stated = self.stated(unit.unit.id).await?;
        let _permit = self.permit(session, Action::GiveConsent, profile, &terms, &unit)?;
        Ok((terms, unit))
    }

    /// Gives a consent of one's own accord.
    pub async fn give(&self, session: &Session, choice: &Choice) -> Result<Given, Error> {
        if session.only.is_some() {
            return Err(Error::NotFound);
        }
        Ok(self.give_by(session, choice, None).await?.0)
    }

    /// The same for whoever names entries by their ids: one that is none of the map is told, and nothing is given without it.
    pub async fn give_exactly(&self, session: &Session, choice: &Choice) -> Result<Given, Error> {
        let profile = self.profile(session).await?;
        let named = [("entries", &choice.entries), ("kept_out", &choice.kept_out)];
        let unknown = named.into_iter().filter(|(_, ids)| ids.iter().any(|id| profile.entry(*id).is_none()));
        let faults: Vec<_> = unknown.map(|(member, _)| (member.to_owned(), Fault::NotAChoice)).collect();
        if faults.is_empty() { self.give(session, choice).await } else { Err(Error::Faults(faults)) }
    }

    /// Gives a consent, and hands it over to whoever asked. Beside it: the authorization code, for a request of the web.
    pub(super) async fn give_by(
        &self,
        session: &Session,
        choice: &Choice,
        open: Option<&Open>,
    ) -> Result<(Given, Option<String>), Error> {
        let profile = self.profile(session).await?;
        let (terms, unit) = self.propose(session, &profile, choice).await?;
        as_shown(terms.stated.as_ref(), choice.stated)?;
        let permit = self.permit(session, Action::GiveConsent, &profile, &terms, &unit)?;
        let secret = ConsentSecret::random(&*self.random);
        let mut write = self.owner_write(session, &permit).await?;
        if consent::count_live(&mut write.tx, session.owner).await? >= consent::MOST_LIVE {
            return Err(Error::TooMany(50));
        }
        let keys = write.entry_keys().await?;
        let bundle = write.bundle(&secret, &terms, &keys);
        let row = self.consent_row(&write, &secret, &terms, bundle);
        consent::insert(&mut write.tx, &permit, session.owner, row).await?;
        write.manifest.consents.push(ConsentLine { consent: terms.consent, generation: terms.generation });
        let kinds = shared_kinds(&profile, &terms);
        self.put_inbox(&mut write.tx, &permit, &secret, (&terms, &kinds, Vec::new())).await?;
        let event = consent_event(self.plain_event(What::ConsentGiven), &terms, &kinds, &unit);
        self.record_on_consent(&mut write.tx, &permit, write.keyring, terms.consent, event).await?;
        let code = match open {
            Some(open) => self.hand_over(&mut write.tx, &permit, (open, &unit.unit.name), &terms, &secret).await?,
            None => None,
        };
        write.commit().await?;
        Ok((Given { code: secret.code(), state: State::Given, created: self.now(), terms, unit }, code))
    }

    /// All consents of the owner, newest first.
    pub async fn consents(&self, session: &Session) -> Result<Vec<Given>, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = consent::of_owner(&mut tx, &permit, session.owner).await?;
        let manifest = load_manifest(&mut tx, session.keyring()?).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            is_current(&manifest, row)?;
            all.push(self.given(&mut tx, session, row).await?);
        }
        tx.commit().await?;
        Ok(all)
    }

    /// What stands in clear of one's live consents: enough to withdraw without opening anything.
    pub async fn consents_in_clear(&self, session: &Session) -> Result<Vec<(ConsentRow, UnitRow)>, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = consent::of_owner(&mut tx, &permit, session.owner).await?;
        let mut all = Vec::new();
        for row in rows.into_iter().filter(|row| row.state == State::Given) {
            let unit = self.unit_listed(&mut tx, row.unit).await?;
            all.push((row, unit));
        }
        tx.commit().await?;
        Ok(all)
    }

    pub async fn consent(&self, session: &Session, id: ConsentId) -> Result<Given, Error> {
        let all = self.consents(session).await?;
        all.into_iter().find(|given| given.terms.consent == id).ok_or(Error::NotFound)
    }

    /// New terms for a live consent: narrower, wider within the ceiling, shorter or longer.
    pub async fn change(&self, session: &Session, id: ConsentId, choice: &Choice) -> Result<Given, Error> {
        let profile = self.profile(session).await?;
        let old = self.consent(session, id).await?;
        if old.terms.link.is_some() {
            // A link's holder cannot be told of other terms: another link is made.
            return Err(Error::NotFound);
        }
        let wanted = Choice { unit: old.terms.unit, purpose: old.terms.purpose.clone(), ..choice.clone() };
        let mut terms = self.terms(session, &profile, &wanted, &old.unit, id)?;
        terms.from = old.terms.from;
        terms.stated = self.stated(old.terms.unit).await?;
        as_shown(terms.stated.as_ref(), choice.stated)?;
        // Who asked, and on what ground, stays as it was.
        terms.client.clone_from(&old.terms.client);
        terms.basis = old.terms.basis;
        terms.scope.rights.clone_from(&old.terms.scope.rights);
        // Sharing less is never refused for what is left, and nothing is asked again.
        let entries = profile.entries.iter().map(|held| (held.id, held.entry.kind));
        let action = if terms.give_no_more_than(&old.terms, entries) { Action::NarrowConsent } else { Action::ChangeConsent };
        let permit = self.permit(session, action, &profile, &terms, &old.unit)?;
        let mut write = self.owner_write(session, &permit).await?;
        let (row, secret, _) = write.consent(id).await?;
        let keys = write.entry_keys().await?;
        let terms = write.remake_one(&row, &secret, terms, &keys).await?;
        let kinds = shared_kinds(&profile, &terms);
        let mut changed = self.changes(&mut write.tx, write.keyring, &secret, id).await?;
        changed.push(self.now());
        self.put_record(&mut write.tx, &permit, &secret, (&terms, &kinds, changed)).await?;
        let event = consent_event(self.plain_event(What::ConsentChanged), &terms, &kinds, &old.unit);
        self.record_on_consent(&mut write.tx, &permit, write.keyring, id, event).await?;
        self.ended.append(vec![Ended::new(EndedWhat::Narrowed, id.0, self.now())]).await?;
        write.commit().await?;
        Ok(Given { terms, ..old })
    }

    pub(super) fn terms(
        &self,
        session: &Session,
        profile: &Profile,
        choice: &Choice,
        unit: &UnitRow,
        id: ConsentId,
    ) -> Result<Terms, Error> {
        let kind = self.catalogue.kind(&unit.unit.kind).ok_or(Error::NotFound)?;
        let known = |id: &&EntryId| profile.entry(**id).is_some();
        let mut kinds = Scope::of_sections(&choice.sections, &kind.allowed);
        if is_protected(profile) {
            // The rest of its section can be shared as a whole.
            kinds.remove(&Kind::Home);
        }
        let scope = Scope {
            kinds,
            entries: choice.entries.iter().filter(known).copied().collect(),
            kept_out: choice.kept_out.iter().filter(known).copied().collect(),
            rights: choice.origin.as_ref().map_or_else(|| [Right::Read].into(), |origin| origin.rights.clone()),
        };
        if scope.is_empty() {
            return Err(Error::NothingChosen);
        }
        let (from, until) = (self.now(), Timestamp::end_of_day(choice.until));
        if until <= from {
            return Err(Error::BadEnd);
        }
        Ok(Terms {
            owner: session.owner,
            consent: id,
            generation: 1,
            unit: choice.unit,
            client: choice.origin.as_ref().and_then(|origin| origin.client).map(|client| client.to_string()),
            purpose: choice.purpose.clone(),
            scope,
            mode: choice.mode,
            from,
            until,
            name: profile.name().filter(|_| choice.show_name),
            lang: choice.lang.clone(),
            text_version: TEXT_VERSION,
            original: choice.original.then(|| TextRead { lang: ORIGINAL.to_owned(), version: TEXT_VERSION }),
            basis: choice.origin.as_ref().map(|origin| origin.basis),
            stated: None,
            link: None,
        })
    }

    pub(super) fn permit(
        &self,
        session: &Session,
        action: Action,
        profile: &Profile,
        terms: &Terms,
        unit: &UnitRow,
    ) -> Result<Permit, Error> {
        let kinds = shared_kinds(profile, terms);
        self.ask_sharing(session.participant(), action, terms, unit, &kinds, is_protected(profile))
    }

    /// Asks the policy about terms.
    pub(super) fn ask_sharing(
        &self,
        actor: Actor,
        action: Action,
        terms: &Terms,
        unit: &UnitRow,
        kinds: &BTreeSet<Kind>,
        protected: bool,
    ) -> Result<Permit, Error> {
        let now = self.now();
        let sharing = Sharing {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            recipient: &unit.unit.kind,
            purpose: &terms.purpose,
            kinds,
            rights: &terms.scope.rights,
            mode: terms.mode,
            days: days_between(terms.from, terms.until),
            given: true,
            in_time: terms.holds_at(now),
            protected,
            link: terms.link.is_some(),
        };
        self.ask(actor, action, Resource::Sharing(&sharing))
    }

    pub(super) fn consent_row(&self, write: &OwnerWrite<'_>, secret: &ConsentSecret, terms: &Terms, bundle: Vec<u8>) -> ConsentRow {
        ConsentRow {
            id: terms.consent,
            unit: terms.unit,
            state: State::Given,
            generation: terms.generation,
            valid_from: terms.from,
            valid_until: terms.until,
            created: self.now(),
            secret: seal_secret(write.keyring, terms.consent, secret, &*self.random),
            terms: seal_terms(write.keyring, terms, &*self.random),
            bundle: Some(bundle),
        }
    }

    async fn given(&self, tx: &mut Tx, session: &Session, row: &ConsentRow) -> Result<Given, Error> {
        let (secret, terms) = open_consent(session.keyring()?, row)?;
        let unit = self.unit_listed(tx, row.unit).await?;
        Ok(Given { terms, state: row.state, code: secret.code(), created: row.created, unit })
    }
}

/// Whether the person has said that their identity is protected.
pub fn is_protected(profile: &Profile) -> bool {
    profile.of_kind(Kind::ProtectedIdentity).any(|held| held.entry.fields.get("protected") == Some(&Value::Flag(true)))
}

/// Whole days, begun ones counted. A day on which a clock is put back counts once.
pub fn days_between(from: Timestamp, until: Timestamp) -> u16 {
    let begun = until.since(from).saturating_sub(3 * crate::domain::time::HOUR).max(0) / DAY + 1;
    u16::try_from(begun).unwrap_or(u16::MAX)
}

pub(super) fn consent_event(event: Event, terms: &Terms, kinds: &BTreeSet<Kind>, unit: &UnitRow) -> Event {
    let sections: BTreeSet<Section> = kinds.iter().map(|kind| kind.section()).collect();
    Event {
        unit: Some(Party { unit: unit.unit.name.clone(), organisation: unit.organisation.name.clone() }),
        consent: Some(terms.consent),
        purpose: Some(terms.purpose.clone()),
        sections: sections.into_iter().collect(),
        entries: u32::try_from(terms.scope.entries.len()).unwrap_or(u32::MAX),
        ..event
    }
}
