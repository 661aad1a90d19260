//! Links: made by their person, opened by whoever holds the whole address, in their own browser or, where that cannot be, by the server.

use uuid::Uuid;

use super::consent::{Choice, Given, consent_event, is_protected};
use super::event::Denial;
use super::profile::Profile;
use super::receipt::shared_kinds;
use super::{Error, Service, Session};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::event::{self as seal, EventPlace};
use crate::crypto::link::{self as crypto, LinkProof, LinkSecret, ListPlace, Sealed};
use crate::crypto::manifest::ConsentLine;
use crate::crypto::token::{TokenKind, TokenPlace};
use crate::crypto::{Ad, Label};
use crate::domain::consent::{Mode, State, Terms};
use crate::domain::event::{Event, Outcome, Party, What, Who};
use crate::domain::link::{LinkTerms, MOST_OPENS, MOST_TRIES, WORD, folded, hidden, may_hold};
use crate::domain::organisation::{Organisation, Unit};
use crate::domain::profile::Fault;
use crate::domain::random::uuid_v4;
use crate::domain::recipient::RecipientKind;
use crate::domain::{ConsentId, OrganisationId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::entry::Versions;
use crate::store::link::{LinkRow, ToOpen};
use crate::store::organisation::UnitRow;
use crate::store::token::TokenRow;
use crate::store::{Tx, consent, event, link, token};

/// What a person has chosen for a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkChoice {
    /// Its unit is that of the recipient kind ([`Service::link_unit`]); the mode is always to look.
    pub choice: Choice,
    /// How many times it opens.
    pub opens: u16,
    pub word: Option<String>,
}

/// A link just made: the only time that its secret is seen.
#[derive(Clone, Debug)]
pub struct Made {
    pub id: Uuid,
    pub secret: LinkSecret,
    pub given: Given,
}

/// Why a link was not opened. All reasons but a missing or wrong code word look alike; who is told of a word has proven that they hold
/// the link.
#[derive(Debug)]
pub enum NotOpened {
    /// Unknown, wrong, used up, ended, expired.
    Closed,
    /// The code word is missing, or wrong: so many tries are left.
    Word {
        left: Option<u16>,
    },
    Fault(Error),
}

impl From<Error> for NotOpened {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(_) | Error::Busy(_) => Self::Fault(error),
            _ => Self::Closed,
        }
    }
}

impl From<crate::store::Error> for NotOpened {
    fn from(error: crate::store::Error) -> Self {
        Error::from(error).into()
    }
}

/// A link whose holder has proven it, and has said the word.
pub(super) struct Knocked {
    pub row: LinkRow,
    pub token: TokenRow,
    pub place: TokenPlace,
    pub unit: UnitRow,
}

/// What is shown for a unit where there is none.
pub(super) fn stand_in(id: UnitId, kind: &str, name: &str) -> Option<UnitRow> {
    let (none, number) = (OrganisationId(Uuid::nil()), "002000-0006".parse().ok()?);
    let (name, kind) = (name.to_owned(), kind.to_owned());
    let organisation = Organisation { id: none, number, name: String::new(), kind: kind.clone(), issuer: String::new() };
    let unit = Unit { id, organisation: none, name, kind, municipality: String::new() };
    Some(UnitRow { unit, open: false, organisation })
}

impl Service {
    /// The recipient kinds for which a link can be made.
    pub fn linkable(&self) -> impl Iterator<Item = &RecipientKind> {
        self.catalogue.kinds().iter().filter(|kind| kind.link)
    }

    /// What stands for a unit in links to one kind of recipient; `None` for the id of any unit that there is.
    pub fn link_unit(&self, id: UnitId) -> Option<UnitRow> {
        let kind = self.catalogue.kinds().iter().find(|kind| crypto::unit_of(&kind.id) == id)?;
        stand_in(id, &kind.id, kind.label.get("sv"))
    }

    /// The terms that a choice comes to, after the policy has agreed to them. Writes nothing: the preview uses it too.
    pub fn propose_link(&self, session: &Session, profile: &Profile, wanted: &LinkChoice) -> Result<(Terms, UnitRow), Error> {
        let key = crypto::LinkSecret::random(&*self.random).proof().list_key();
        let (terms, unit, _) = self.link_terms(session, profile, wanted, key)?;
        Ok((terms, unit))
    }

    /// Makes a link.
    pub async fn make_link(&self, session: &Session, wanted: &LinkChoice) -> Result<Made, Error> {
        let profile = self.profile(session).await?;
        let (secret, opening) = (ConsentSecret::random(&*self.random), LinkSecret::random(&*self.random));
        let proof = opening.proof();
        let (terms, unit, permit) = self.link_terms(session, &profile, wanted, proof.list_key())?;
        let word = wanted.word.as_deref().map(folded).map(|word| proof.word_mac(&self.keys, &word).to_vec());
        let mut write = self.owner_write(session, &permit).await?;
        if consent::count_live(&mut write.tx, session.owner).await? >= consent::MOST_LIVE {
            return Err(Error::TooMany(50));
        }
        link::ensure_unit(&mut write.tx, unit.unit.id, self.now()).await?;
        let keys = write.entry_keys().await?;
        let row = self.consent_row(&write, &secret, &terms, write.bundle(&secret, &terms, &keys));
        consent::insert(&mut write.tx, &permit, session.owner, row).await?;
        write.manifest.consents.push(ConsentLine { consent: terms.consent, generation: terms.generation });
        let token = self.link_token(&opening, &secret, &terms);
        let versions = write.link_versions(&terms);
        let row = self.link_row(&token, &terms, word, versions);
        let id = row.id;
        token::insert(&mut write.tx, &permit, token).await?;
        link::insert(&mut write.tx, &permit, row).await?;
        let kinds = shared_kinds(&profile, &terms);
        let event = consent_event(self.plain_event(What::LinkMade), &terms, &kinds, &unit);
        self.record_on_consent(&mut write.tx, &permit, write.keyring, terms.consent, event).await?;
        write.commit().await?;
        let given = Given { code: secret.code(), state: State::Given, created: self.now(), terms, unit };
        Ok(Made { id, secret: opening, given })
    }

    /// Of each of one's links, by its consent: how often it opens, and how often it has been opened.
    pub async fn links(&self, session: &Session) -> Result<Vec<(ConsentId, u64, u64)>, Error> {
        let permit = self.ask(session.participant(), Action::ListConsents, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let links = link::of_owner(&mut tx, &permit, session.owner).await?;
        tx.commit().await?;
        Ok(links)
    }

    /// Lets out what a link opens without opening it; with the time of the event. The event is sealed to the owner: the server does not know what is read.
    pub async fn open_sealed(&self, id: Uuid, proof: &LinkProof, word: Option<&str>) -> Result<(Sealed, Timestamp), NotOpened> {
        let knocked = self.knock(id, proof, word).await?;
        let opened = self.let_out(&knocked, proof).await.map_err(NotOpened::from);
        if matches!(opened, Err(NotOpened::Closed)) {
            self.deny(denial(&knocked.row, &knocked.unit, self.now()));
        }
        opened
    }

    async fn let_out(&self, knocked: &Knocked, proof: &LinkProof) -> Result<(Sealed, Timestamp), Error> {
        let (owner, consent) = (knocked.row.owner, knocked.row.consent);
        for last in [false, true] {
            let mut look = self.db.look().await?;
            let held = link::to_open(&mut look, owner, consent).await?.ok_or(Error::Gone)?;
            let permit = self.ask_open(knocked, &held)?;
            // A remake between the two looks leaves a list of another generation, which does not open.
            let row = link::find(&mut look, knocked.row.id).await?.ok_or(Error::Gone)?;
            let place = ListPlace { owner, consent, generation: held.generation };
            let versions = crypto::open_list(&proof.list_key(), place, row.versions.as_deref().ok_or(Error::Gone)?);
            let versions = match versions {
                Err(_) if !last => continue,
                versions => versions?,
            };
            drop(look);
            let entries = self.lookups.versions.ask(Versions::of(&permit, owner, versions.iter().copied())?).await?;
            if entries.len() != versions.len() && !last {
                continue;
            }
            let at = self.now();
            let event = self.opened_event(What::LinkOpened, at, knocked);
            let mut tx = self.db.write().await?;
            let key = self.public_key_of(&mut tx, owner).await?;
            let opening = Opening { knocked, generation: held.generation, at };
            let line = |sequence| {
                let place = EventPlace { owner, stream: consent.0, sequence, at };
                Ok(seal::to_owner(&place, &key, &event, &*self.random)?)
            };
            if self.append_opening(tx, &permit, &opening, line).await?.is_some() {
                let (token, bundle) = (knocked.token.sealed.clone().ok_or(Error::Gone)?, held.bundle.ok_or(Error::Gone)?);
                let (place, generation) = (knocked.place.clone(), held.generation);
                return Ok((Sealed { place, token, owner, generation, bundle, entries }, at));
            }
        }
        Err(Error::Gone)
    }

    /// Asks by what stands in clear: it may end the link, never open it.
    pub(super) fn ask_open(&self, knocked: &Knocked, held: &ToOpen) -> Result<Permit, Error> {
        let (row, now) = (&knocked.row, self.now());
        // Time and unit stand in three places of which two are bound: one that differs is a fault.
        let fits = held.unit == knocked.unit.unit.id && held.valid_until == knocked.token.until && held.bundle.is_some();
        let left = (row.opens + 1).saturating_sub(held.events);
        let resource = Resource::Link {
            owner: row.owner,
            consent: row.consent,
            unit: held.unit,
            given: fits && held.state == State::Given,
            in_time: held.valid_from <= now && now < held.valid_until,
            left: u16::try_from(left).unwrap_or(u16::MAX),
            tries: MOST_TRIES.saturating_sub(u16::try_from(row.tries).unwrap_or(u16::MAX)),
        };
        self.ask(Actor::Anonymous, Action::OpenLink, resource)
    }

    /// The guarded append of an opening; the last one ends the link in the same transaction. `None`: written anew, used up or ended.
    pub(super) async fn append_opening(
        &self,
        mut tx: Tx,
        permit: &Permit,
        opening: &Opening<'_>,
        line: impl FnOnce(u64) -> Result<Vec<u8>, Error>,
    ) -> Result<Option<u64>, Error> {
        let row = &opening.knocked.row;
        let whose = (row.owner, row.consent);
        let Some(number) = link::guard(&mut tx, whose, opening.generation, opening.at, row.opens).await? else {
            return Ok(None);
        };
        event::insert(&mut tx, permit, (row.owner, row.consent.0, number, opening.at), line(number)?).await?;
        if number > row.opens {
            self.end_consent(&mut tx, permit, whose, State::Expired { at: opening.at }, Who::Service).await?;
        }
        tx.commit().await?;
        Ok(Some(number))
    }

    /// Whether the address is a link of ours, its proof fits, and the word, where one is asked for.
    pub(super) async fn knock(&self, id: Uuid, proof: &LinkProof, word: Option<&str>) -> Result<Knocked, NotOpened> {
        let mut look = self.db.look().await?;
        let row = link::find(&mut look, id).await?.ok_or(NotOpened::Closed)?;
        let token = token::find(&mut look, row.lookup).await?;
        drop(look);
        let token = token.ok_or(NotOpened::Closed)?;
        let unit = self.link_unit(token.unit).ok_or(NotOpened::Closed)?;
        let now = self.now();
        let proven = row.lookup == proof.lookup().0 && self.is_own_link(&row, &token);
        let live = token.ended_at.is_none() && token.sealed.is_some() && now < token.until;
        let Some(place) = place_of(&token).filter(|_| proven && live) else {
            self.deny(denial(&row, &unit, now));
            return Err(NotOpened::Closed);
        };
        self.hear_word(&row, &unit, proof, word).await?;
        Ok(Knocked { row, token, place, unit })
    }

    /// Compares the word. A try is taken before the word is looked at, and given back where it was right; a wrong one is written in the
    /// same transaction under its number, so that no old count can be put back.
    async fn hear_word(&self, row: &LinkRow, unit: &UnitRow, proof: &LinkProof, word: Option<&str>) -> Result<(), NotOpened> {
        let Some(mac) = &row.word else { return Ok(()) };
        let Some(word) = word.map(folded).filter(|word| !word.is_empty()) else { return Err(NotOpened::Word { left: None }) };
        let mut tx = self.db.write().await?;
        let tried = link::take_try(&mut tx, row.owner, row.id, MOST_TRIES.into()).await?.ok_or(NotOpened::Closed)?;
        // An old count that was put back: every try is written down under its number.
        if event::body(&mut tx, row.owner, row.id, tried).await?.is_some() {
            return Err(NotOpened::Closed);
        }
        if proof.word_fits(&self.keys, &word, mac) {
            // Not committed: the try is given back.
            return Ok(());
        }
        let (owner, consent) = (row.owner, row.consent);
        let permit = self.ask(Actor::Job, Action::RecordDenial, Resource::Consent { owner, consent, unit: unit.unit.id })?;
        let at = self.now();
        let event = Event { outcome: Outcome::Denied, ..self.event_of(What::Denied, at, consent, unit) };
        let place = EventPlace { owner, stream: row.id, sequence: tried, at };
        self.record_away(&mut tx, &permit, place, &event).await?;
        let left = MOST_TRIES.saturating_sub(u16::try_from(tried).unwrap_or(MOST_TRIES));
        if left == 0 {
            self.end_consent(&mut tx, &permit, (owner, consent), State::Invalidated { at }, Who::Service).await?;
        }
        tx.commit().await?;
        Err(NotOpened::Word { left: Some(left) })
    }

    /// An event at a link: by someone who is not known.
    pub(super) fn opened_event(&self, what: What, at: Timestamp, knocked: &Knocked) -> Event {
        self.event_of(what, at, knocked.row.consent, &knocked.unit)
    }

    fn event_of(&self, what: What, at: Timestamp, consent: ConsentId, unit: &UnitRow) -> Event {
        let party = Party { unit: unit.unit.name.clone(), organisation: String::new() };
        Event { who: Who::Unknown, at, unit: Some(party), consent: Some(consent), ..self.plain_event(what) }
    }

    fn link_terms(
        &self,
        session: &Session,
        profile: &Profile,
        wanted: &LinkChoice,
        list: crate::domain::link::ListKey,
    ) -> Result<(Terms, UnitRow, Permit), Error> {
        let unit = self.link_unit(wanted.choice.unit).ok_or(Error::NotFound)?;
        let kind = self.catalogue.kind(&unit.unit.kind).ok_or(Error::NotFound)?;
        check(wanted)?;
        let choice = Choice { mode: Mode::View, show_name: false, ..wanted.choice.clone() };
        let mut terms = self.terms(session, profile, &choice, &unit, ConsentId(uuid_v4(&*self.random)))?;
        let hidden = hidden(kind);
        terms.scope.kinds.retain(|kind| may_hold(*kind) && !hidden.contains(kind));
        if terms.scope.is_empty() {
            return Err(Error::NothingChosen);
        }
        terms.link = Some(LinkTerms { recipient: kind.id.clone(), opens: wanted.opens, word: wanted.word.is_some(), list });
        let permit = self.permit(session, Action::GiveConsent, profile, &terms, &unit)?;
        debug_assert!(!(is_protected(profile) && terms.scope.kinds.contains(&crate::domain::profile::Kind::Home)));
        Ok((terms, unit, permit))
    }

    fn link_token(&self, opening: &LinkSecret, secret: &ConsentSecret, terms: &Terms) -> TokenRow {
        let (issued, until) = (terms.from, terms.until);
        let (kind, client, thumbprint) = (TokenKind::Link, String::new(), Vec::new());
        let place = TokenPlace { kind, consent: terms.consent, client, thumbprint, issued, until, parent: Vec::new() };
        TokenRow {
            lookup: opening.proof().lookup().0,
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            minted_by: None,
            kind: kind.word().to_owned(),
            client: String::new(),
            thumbprint: Vec::new(),
            issued,
            until,
            ended_at: None,
            sealed: Some(opening.seal(&place, secret, &*self.random)),
            label: None,
            parent: Vec::new(),
        }
    }

    fn link_row(&self, token: &TokenRow, terms: &Terms, word: Option<Vec<u8>>, versions: Option<Vec<u8>>) -> LinkRow {
        let opens = terms.link.as_ref().map_or(0, |link| link.opens.into());
        let (owner, consent, lookup) = (token.owner, token.consent, token.lookup);
        let row = LinkRow { id: uuid_v4(&*self.random), owner, consent, lookup, word, opens, tries: 0, versions, mac: Vec::new() };
        LinkRow { mac: self.keys.mailbox_mac(&[], &bound(&row, token)).to_vec(), ..row }
    }

    fn is_own_link(&self, row: &LinkRow, token: &TokenRow) -> bool {
        self.keys.mailbox_mac_fits(&[], &bound(row, token), &row.mac)
    }
}

/// What an opening is appended for.
pub(super) struct Opening<'a> {
    pub knocked: &'a Knocked,
    /// Of the bundle that leaves.
    pub generation: u64,
    pub at: Timestamp,
}

/// Whether these terms' unit is one that a link stands for.
pub fn is_link(unit: &UnitRow) -> bool {
    crypto::unit_of(&unit.unit.kind) == unit.unit.id
}

/// What never changes in a link's row, with what it says together with its token's.
fn bound(row: &LinkRow, token: &TokenRow) -> Ad {
    let ad = Ad::new(Label::RowMac).bytes_field(b"link").id(row.id).id(row.owner.0).id(row.consent.0).id(token.unit.0);
    let ad = ad.bytes_field(&row.lookup).bytes_field(row.word.as_deref().unwrap_or_default()).num(row.opens);
    ad.id(token.owner.0).id(token.consent.0).bytes_field(token.kind.as_bytes()).time(token.issued).time(token.until)
}

fn place_of(row: &TokenRow) -> Option<TokenPlace> {
    let kind = TokenKind::from_word(&row.kind).filter(|kind| *kind == TokenKind::Link)?;
    let (client, thumbprint) = (row.client.clone(), row.thumbprint.clone());
    let (issued, until, parent) = (row.issued, row.until, row.parent.clone());
    Some(TokenPlace { kind, consent: row.consent, client, thumbprint, issued, until, parent })
}

fn denial(row: &LinkRow, unit: &UnitRow, at: Timestamp) -> Denial {
    Denial::of_consent(row.owner, row.consent, unit.unit.id, at)
}

fn check(wanted: &LinkChoice) -> Result<(), Error> {
    if !(1..=MOST_OPENS).contains(&wanted.opens) {
        return Err(Error::Faults(vec![("opens".to_owned(), Fault::NotANumber { min: 1, max: MOST_OPENS.into() })]));
    }
    match wanted.word.as_deref().map(|word| folded(word).chars().count()) {
        Some(length) if length > *WORD.end() => Err(Error::Faults(vec![("word".to_owned(), Fault::TooLong { max: *WORD.end() })])),
        Some(length) if length < *WORD.start() => Err(Error::Faults(vec![("word".to_owned(), Fault::Missing)])),
        _ => Ok(()),
    }
}
