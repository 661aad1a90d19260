//! The guided mapping: how far someone has come, sealed and kept until they go on, on whatever device. Its answers are entries.

use super::owner_write::hold_keys;
use super::profile::{Held, Profile};
use super::{Error, Service, Session};
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::OwnerId;
use crate::domain::guide::plan::MOST_PARTS;
use crate::domain::guide::{Facts, Guide};
use crate::domain::profile::{Entry, Evidence, Kind, Value};
use crate::policy::{Action, Permit, Resource};
use crate::store::{Tx, guide};
use crate::taxonomy::Situations;

impl Service {
    /// How far they have come; none where they have not begun.
    pub async fn guide(&self, session: &Session) -> Result<Option<Guide>, Error> {
        let keyring = session.keyring()?;
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let sealed = guide::find(&mut tx, &permit, session.owner).await?;
        tx.commit().await?;
        // What does not open holds no answer, and must not keep anyone from going on: they begin anew.
        Ok(sealed.and_then(|sealed| open(keyring, &sealed)))
    }

    /// Keeps how far they have come; the last to write wins, since no answer stands here.
    pub async fn keep_guide(&self, session: &Session, kept: &Guide) -> Result<(), Error> {
        let keyring = session.keyring()?;
        let permit = self.ask(session.participant(), Action::WriteEntry, Resource::Profile { owner: session.owner })?;
        let body = serde_json::to_vec(kept).map_err(|_| Error::Unopened)?;
        let sealed = keyring.wrap(&ad(session.owner), Padding::Steps, &body, &*self.random);
        let mut tx = self.db.write().await?;
        hold_keys(&mut tx, keyring).await?;
        guide::keep(&mut tx, &permit, session.owner, sealed, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Under the new generation, so that a change of keys loses nobody's place.
    pub(super) async fn rewrap_guide(&self, tx: &mut Tx, permit: &Permit, both: &Keyring, new: &Keyring) -> Result<(), Error> {
        let Some(sealed) = guide::find(tx, permit, both.owner).await? else { return Ok(()) };
        match both.unwrap(&ad(both.owner), Padding::Steps, &sealed) {
            Ok(body) => {
                let sealed = new.wrap(&ad(both.owner), Padding::Steps, &body, &*self.random);
                Ok(guide::keep(tx, permit, both.owner, sealed, self.now()).await?)
            }
            Err(_) => Ok(guide::delete(tx, permit, both.owner).await?),
        }
    }
}

/// What decides the way on: what was said of oneself, and what the map holds by now.
pub fn facts(guide: &Guide, profile: &Profile, situations: &Situations) -> Facts {
    Facts {
        backgrounds: guide.backgrounds.clone(),
        situations: profile.of_kind(Kind::Informal).any(|held| situations.of(&held.entry).is_some()),
        works: works(profile).count(),
        languages: languages(profile).count(),
        skills: profile.of_kind(Kind::Skill).next().is_some(),
    }
}

/// The occupations that are gone into, in the order in which they were entered: those that the taxonomy knew, the newest of them.
pub fn works(profile: &Profile) -> impl Iterator<Item = &Held> {
    newest(profile.of_kind(Kind::Work).filter(|held| uri(&held.entry, "occupation").is_some()))
}

/// The languages that are gone into, the newest: no mother tongue, and none that someone else has assessed.
pub fn languages(profile: &Profile) -> impl Iterator<Item = &Held> {
    let mother_tongue = |entry: &Entry| entry.fields.get("mother_tongue") == Some(&Value::Flag(true));
    newest(profile.of_kind(Kind::Language).filter(move |held| held.entry.evidence == Evidence::E1 && !mother_tongue(&held.entry)))
}

/// As many as the guide goes into. What was just added is always among them.
fn newest<'a>(all: impl Iterator<Item = &'a Held>) -> impl Iterator<Item = &'a Held> {
    let all: Vec<&Held> = all.collect();
    let older = all.len().saturating_sub(usize::from(MOST_PARTS));
    all.into_iter().skip(older)
}

/// Skills of which it is not said how well; what others have attested is theirs to say.
pub fn unlevelled(profile: &Profile) -> impl Iterator<Item = &Held> {
    profile.of_kind(Kind::Skill).filter(|held| held.entry.evidence == Evidence::E1 && !held.entry.fields.contains_key("level"))
}

/// The URI of the concept in a field, where it has one.
pub fn uri<'a>(entry: &'a Entry, field: &str) -> Option<&'a str> {
    match entry.fields.get(field) {
        Some(Value::Concept(concept)) => concept.uri.as_deref(),
        _ => None,
    }
}

fn open(keyring: &Keyring, sealed: &[u8]) -> Option<Guide> {
    let body = keyring.unwrap(&ad(keyring.owner), Padding::Steps, sealed).ok()?;
    serde_json::from_slice(&body).ok()
}

fn ad(owner: OwnerId) -> Ad {
    Ad::new(Label::GuideRecord).bytes_field(b"guide").id(owner.0)
}
