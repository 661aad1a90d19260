//! The demo's live link: its secret is seen only when it is made, so each run makes a new one, and ends that of the run before.

use std::collections::BTreeSet;

use super::people::People;
use super::seeds::{LinkSeed, PersonSeed};
use crate::crypto::link::unit_of;
use crate::domain::consent::{Mode, State};
use crate::domain::time::DAY;
use crate::usecase::account::{Arrival, Newcomer};
use crate::usecase::consent::Choice;
use crate::usecase::link::{LinkChoice, Made};
use crate::usecase::{Error, Session};

impl People<'_> {
    /// For each person with a link: their subject, and the link of this run.
    pub async fn link(&self) -> Result<Vec<(String, Made)>, Error> {
        let mut made = Vec::new();
        for person in &self.seeds.people {
            if let (Some(seed), Some(phrase)) = (&person.link, &person.passphrase) {
                made.push((person.subject.clone(), self.link_of(person, seed, phrase).await?));
            }
        }
        Ok(made)
    }

    async fn link_of(&self, person: &PersonSeed, seed: &LinkSeed, phrase: &str) -> Result<Made, Error> {
        let newcomer = Newcomer::new(false, true, None, None);
        let Arrival::Known(secret) = self.service.arrive(self.issuer, &person.subject, newcomer).await? else {
            return Err(Error::NotFound);
        };
        let closed = self.service.resume(&secret).await?.ok_or(Error::NotFound)?;
        let opened = self.service.unlock(&closed, phrase).await?;
        let session = self.service.resume(&opened).await?.ok_or(Error::NotFound)?;
        self.end_earlier(&session, seed).await?;
        let made = self.service.make_link(&session, &self.link_choice(person, seed)).await?;
        self.service.end_session(&session).await?;
        Ok(made)
    }

    /// Nobody can see the secret of an earlier run's link any more, so nobody could try it.
    async fn end_earlier(&self, session: &Session, seed: &LinkSeed) -> Result<(), Error> {
        for given in self.service.consents(session).await? {
            let same = given.terms.link.as_ref().is_some_and(|link| link.recipient == seed.recipient && link.opens == seed.opens);
            if same && given.state == State::Given {
                self.service.withdraw(session, given.terms.consent).await?;
            }
        }
        Ok(())
    }

    fn link_choice(&self, person: &PersonSeed, seed: &LinkSeed) -> LinkChoice {
        let choice = Choice {
            unit: unit_of(&seed.recipient),
            purpose: seed.purpose.clone(),
            sections: seed.sections.clone(),
            entries: BTreeSet::new(),
            kept_out: BTreeSet::new(),
            mode: Mode::View,
            until: self.service.now().plus(i64::from(seed.days.saturating_sub(1)) * DAY).day(),
            show_name: false,
            lang: person.lang.clone(),
            original: false,
            stated: None,
            origin: None,
        };
        LinkChoice { choice, opens: seed.opens, word: None }
    }
}
