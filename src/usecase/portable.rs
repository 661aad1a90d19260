//! What a person takes out in a format of others'.

use super::{Error, Service, Session};
use crate::domain::event::What;
use crate::domain::profile::{Entry, Kind, Value};
use crate::exchange::{self, Item};
use crate::policy::{Action, Resource};

impl Service {
    /// The entries that a file for others may hold. Where one who is protected lives is in no such file.
    pub async fn portable(&self, session: &Session) -> Result<Vec<Item>, Error> {
        let permit = self.ask(session.participant(), Action::Export, Resource::Profile { owner: session.owner })?;
        let profile = self.profile(session).await?;
        let protects = |entry: &Entry| entry.fields.get("protected") == Some(&Value::Flag(true));
        let protected = profile.of_kind(Kind::ProtectedIdentity).any(|held| protects(&held.entry));
        let outside = |kind: Kind| exchange::NEVER.contains(&kind) || (protected && kind == Kind::Home);
        let entries = profile.entries.into_iter().map(|held| held.entry).filter(|entry| !outside(entry.kind));
        let item = |entry: Entry| Item { kind: entry.kind, lang: entry.lang, fields: entry.fields, source: String::new() };
        let items: Vec<Item> = entries.map(item).collect();
        let mut tx = self.db.write().await?;
        let mut event = self.plain_event(What::Exported);
        event.entries = u32::try_from(items.len()).unwrap_or(u32::MAX);
        self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        tx.commit().await?;
        Ok(items)
    }
}
