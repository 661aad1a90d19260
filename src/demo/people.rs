//! Makes the demo's people, units and staff, by the same use cases as anyone's.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::ShiftableClock;
use super::provider::{DemoIssuer, DemoPerson};
use super::seeds::{ConsentSeed, NewcomerSeed, OrganisationSeed, PersonSeed, Seeds, StaffSeed, UnitSeed};
use crate::domain::organisation::Role;
use crate::domain::time::DAY;
use crate::domain::{EntryId, UnitId};
use crate::http::Persona;
use crate::usecase::account::{Arrival, Newcomer};
use crate::usecase::consent::Choice;
use crate::usecase::entry::Save;
use crate::usecase::organisation::NewUnit;
use crate::usecase::{Error, Service, Session};

/// Everyone of the demo.
pub struct People<'a> {
    pub service: &'a Service,
    pub seeds: &'a Seeds,
    pub clock: &'a ShiftableClock,
    /// The id of the participants' issuer.
    pub issuer: &'a str,
}

/// The id of the issuer by which an organisation's staff sign in.
pub fn issuer_of(organisation: &OrganisationSeed) -> String {
    format!("org-{}", organisation.number)
}

/// The issuers of the demo's provider: one for participants, one for each organisation.
pub fn issuers(seeds: &Seeds, people: &str, redirect: &str) -> Vec<DemoIssuer> {
    let person = |person: &PersonSeed| DemoPerson {
        subject: person.subject.clone(),
        name: person.name.clone(),
        description: person.about.clone(),
    };
    let issuer = |id: String, persons, ask_name| DemoIssuer {
        id,
        persons,
        acr: vec!["http://id.elegnamnden.se/loa/1.0/loa3".to_owned()],
        redirect_uri: redirect.to_owned(),
        ask_name,
    };
    let staff = |organisation: &OrganisationSeed| {
        let known = organisation.units.iter().flat_map(|unit| unit.staff.iter().map(|staff| colleague(unit, staff)));
        issuer(issuer_of(organisation), known.chain(organisation.newcomers.iter().map(newcomer)).collect(), true)
    };
    let people = issuer(people.to_owned(), seeds.people.iter().map(person).collect(), false);
    std::iter::once(people).chain(seeds.organisations.iter().map(staff)).collect()
}

/// Whom one can be, for the demo's page.
pub fn personas(seeds: &Seeds, people: &str) -> Vec<Persona> {
    let person = |person: &PersonSeed| Persona {
        subject: person.subject.clone(),
        issuer: people.to_owned(),
        name: person.name.clone(),
        about: person.about.clone(),
        passphrase: person.passphrase.clone(),
        unit: None,
        role: None,
        link: None,
    };
    let staff = seeds.units().flat_map(|(organisation, unit)| {
        unit.staff.iter().map(|staff| Persona {
            subject: staff.subject.clone(),
            issuer: issuer_of(organisation),
            name: staff.name.clone(),
            about: words(&format!("role-{}-can", staff.role.word())),
            passphrase: Some(staff.passphrase.clone()),
            unit: Some((organisation.name.clone(), unit.name.clone())),
            role: Some(staff.role),
            link: None,
        })
    });
    seeds.people.iter().map(person).chain(staff).collect()
}

impl People<'_> {
    /// Makes whoever is absent. `step` is called after each.
    pub async fn make(&self, step: impl Fn(&str)) -> Result<(), Error> {
        let known = self.service.organisations().await?;
        let mut units: BTreeMap<&str, UnitId> = BTreeMap::new();
        for (organisation, unit) in self.seeds.units() {
            let found = known
                .iter()
                .flat_map(|(_, units)| units)
                .find(|row| row.organisation.number == organisation.number && row.unit.name == unit.name);
            let id = match found {
                Some(row) => row.unit.id,
                None => self.make_unit(organisation, unit).await?,
            };
            units.insert(&unit.key, id);
            step(&unit.name);
        }
        for person in &self.seeds.people {
            self.make_person(person, &units).await?;
            step(&person.name);
        }
        self.clock.set_back(0);
        Ok(())
    }

    /// How many steps [`People::make`] takes.
    pub fn steps(&self) -> u64 {
        (self.seeds.units().count() + self.seeds.people.len()) as u64
    }

    async fn make_unit(&self, organisation: &OrganisationSeed, unit: &UnitSeed) -> Result<UnitId, Error> {
        let new = NewUnit {
            number: organisation.number.clone(),
            organisation: organisation.name.clone(),
            kind: unit.kind.clone().unwrap_or_else(|| organisation.kind.clone()),
            unit: unit.name.clone(),
            municipality: unit.municipality.clone(),
            issuer: issuer_of(organisation),
        };
        let (id, mut invite) = self.service.add_unit(&new).await?;
        // The first, an administrator, makes the unit's keyring and invites the others.
        let mut staff: Vec<&StaffSeed> = unit.staff.iter().collect();
        staff.sort_by_key(|staff| staff.role != Role::Administrator);
        let mut administrator: Option<Session> = None;
        for member in staff {
            if let Some(session) = &administrator {
                invite = self.service.invite(session, &member.name, member.role).await?;
            }
            let newcomer = Newcomer::new(true, false, None, Some(invite.text().as_str().to_owned()));
            let Some(newcomer) = self.newcomer(&issuer_of(organisation), &member.subject, newcomer).await? else { continue };
            let joined = self.service.join(&newcomer, &member.name, &member.passphrase, None).await?;
            if administrator.is_none() {
                administrator = self.service.resume(&joined.session).await?;
            }
        }
        if let (Some(session), Some(statement)) = (&administrator, &unit.statement) {
            self.service.state(session, statement).await?;
        }
        Ok(id)
    }

    async fn make_person(&self, person: &PersonSeed, units: &BTreeMap<&str, UnitId>) -> Result<(), Error> {
        let Some(phrase) = &person.passphrase else { return Ok(()) };
        let newcomer = Newcomer::new(false, false, None, None);
        let Some(newcomer) = self.newcomer(self.issuer, &person.subject, newcomer).await? else { return Ok(()) };
        let created = self.service.create_participant(&newcomer, phrase).await?;
        let session = self.service.resume(&created.session).await?.ok_or(Error::NotFound)?;
        let mut keys = BTreeMap::new();
        for entry in &person.entries {
            self.clock.set_back(i64::from(entry.age_days) * DAY);
            let save = Save {
                id: None,
                kind: entry.kind,
                lang: entry.lang.clone().unwrap_or_else(|| person.lang.clone()),
                fields: entry.fields().map_err(Error::Faults)?,
                keep_out: BTreeSet::new(),
                let_in: BTreeSet::new(),
            };
            let id = self.service.save_entry(&session, save).await?;
            keys.extend(entry.key.clone().map(|key| (key, id)));
        }
        self.clock.set_back(0);
        let session = self.service.resume(&created.session).await?.ok_or(Error::NotFound)?;
        for consent in &person.consents {
            self.give(&session, person, consent, units, &keys).await?;
        }
        self.service.end_session(&session).await
    }

    async fn give(
        &self,
        session: &Session,
        person: &PersonSeed,
        seed: &ConsentSeed,
        units: &BTreeMap<&str, UnitId>,
        keys: &BTreeMap<String, EntryId>,
    ) -> Result<(), Error> {
        let ids = |names: &[String]| names.iter().filter_map(|name| keys.get(name)).copied().collect();
        let unit = *units.get(seed.unit.as_str()).ok_or(Error::NotFound)?;
        let choice = Choice {
            unit,
            purpose: seed.purpose.clone(),
            sections: seed.sections.clone(),
            entries: ids(&seed.entries),
            kept_out: ids(&seed.kept_out),
            mode: seed.mode,
            until: self.service.now().plus(i64::from(seed.days.saturating_sub(1)) * DAY).day(),
            show_name: seed.name,
            lang: person.lang.clone(),
            original: false,
            stated: self.service.stated(unit).await?.map(|stated| stated.since),
            origin: None,
        };
        self.service.give(session, &choice).await.map(drop)
    }

    /// `None` where the account stands already.
    async fn newcomer(&self, issuer: &str, subject: &str, newcomer: Newcomer) -> Result<Option<Newcomer>, Error> {
        match self.service.arrive(issuer, subject, newcomer).await? {
            Arrival::Known(session) => {
                if let Some(session) = self.service.resume(&session).await? {
                    self.service.end_session(&session).await?;
                }
                Ok(None)
            }
            Arrival::Newcomer(secret) => self.service.take_login(&secret).await,
        }
    }
}

fn colleague(unit: &UnitSeed, staff: &StaffSeed) -> DemoPerson {
    let mut about = role_words(staff.role);
    for text in about.0.values_mut() {
        *text = format!("{}: {text}", unit.name);
    }
    DemoPerson { subject: staff.subject.clone(), name: staff.name.clone(), description: about }
}

fn newcomer(seed: &NewcomerSeed) -> DemoPerson {
    DemoPerson { subject: seed.subject.clone(), name: seed.name.clone(), description: words("demo-newcomer") }
}

/// The role in the languages of the face.
fn role_words(role: Role) -> crate::domain::recipient::Localised {
    words(&format!("role-{}", role.word()))
}

/// A text in all languages of the face that have it.
fn words(key: &str) -> crate::domain::recipient::Localised {
    let words = crate::text::Lang::all().iter().filter_map(|lang| {
        let t = crate::text::T { lang: *lang, now: crate::domain::Timestamp(0) };
        Some((lang.tag().to_owned(), t.maybe(key)?))
    });
    crate::domain::recipient::Localised(words.collect())
}
