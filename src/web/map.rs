//! "Min karta" and its sections.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;

use super::entry::concept::renamed;
use super::guide::invitation;
use super::page::map::{Isle, MapPage, Own, SectionPage};
use super::page::shown::Shown;
use super::page::{Notice, url};
use super::sent::Path;
use super::view::View;
use crate::domain::EntryId;
use crate::domain::credential::Found;
use crate::domain::gap::Proofs;
use crate::domain::profile::{Entry, Kind, Section, Value};
use crate::http::route::get;
use crate::http::{Person, Site};
use crate::text::T;
use crate::usecase::profile::{Held, Profile};

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::MAP, get(map)).route(&format!("{}/{{section}}", url::MAP), get(section))
}

/// The address of a page that says what was just done. Tells nothing about a person.
pub fn done(path: String, key: &str) -> String {
    format!("{path}?{key}")
}

/// The message that [`done`] asks for.
pub fn notice(t: T, query: Option<&str>) -> Option<Notice> {
    let key =
        ["saved", "deleted", "confirmed", "imported", "taken", "shown", "ended"].into_iter().find(|key| query == Some(*key))?;
    Some(Notice { text: t.s(format!("done-{key}")), warning: false })
}

async fn map(mut view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    view.notice = notice(view.t, query.as_deref());
    match view.site.service.profile(&session).await {
        Ok(profile) => {
            let found = view.site.found(each(&profile)).await;
            let entries = profile.entries.iter().map(|held| seen(&view, held, found.get(&held.id))).collect();
            let mut page = MapPage::new(view.t, profile.name(), entries);
            match invitation(&view, &session).await {
                Ok(invitation) => page.guide = invitation,
                Err(error) => return view.error(&error),
            }
            view.page(&page)
        }
        Err(error) => view.error(&error),
    }
}

async fn section(mut view: View, Person(session): Person, Path(code): Path<String>, RawQuery(query): RawQuery) -> Response {
    let Some(section) = Section::coded(&code) else { return view.not_found() };
    view.notice = notice(view.t, query.as_deref());
    match view.site.service.profile(&session).await {
        Ok(profile) => {
            let here = profile.of_section(section).map(|held| (held.id, &held.entry));
            let found = view.site.found(here).await;
            view.page(&section_page(view.t, section, &profile, &found))
        }
        Err(error) => view.error(&error),
    }
}

fn each(profile: &Profile) -> impl Iterator<Item = (EntryId, &Entry)> {
    profile.entries.iter().map(|held| (held.id, &held.entry))
}

fn section_page(t: T, section: Section, profile: &Profile, found: &Proofs) -> SectionPage {
    let entries: Vec<Own> = profile.of_section(section).map(|held| own(t, held, found.get(&held.id))).collect();
    let full = entries.len() >= section.max();
    let room = |kind: &Kind| kind.written() && !full && profile.of_kind(*kind).count() < Kind::max(*kind);
    SectionPage { t, section, entries, addable: section.kinds().filter(room).collect(), full }
}

/// As the map shows it: with its island, and the new names of what it names.
fn seen(view: &View, held: &Held, found: Option<&Found>) -> Own {
    Own { isle: isle(view, held), renamed: renamed(&view.site.taxonomy, view.t, &held.entry), ..own(view.t, held, found) }
}

/// `found`: what a look at it found just now, where it is a proof.
pub fn own(t: T, held: &Held, found: Option<&Found>) -> Own {
    Own { id: held.id, shown: Shown::new(t, &held.entry).found(found), isle: None, renamed: Vec::new() }
}

/// The island of a skill's family. Words of one's own have none and stand on their section's.
fn isle(view: &View, held: &Held) -> Option<Isle> {
    let skill = held.entry.fields.get("skill").filter(|_| held.entry.kind == Kind::Skill)?;
    let Value::Concept(concept) = skill else { return None };
    let family = view.site.taxonomy.family(concept.uri.as_deref()?)?;
    let title = family.label(view.t.lang.written()).0;
    // "kommunikation, samarbete och kreativitet" begins a name here.
    let mut letters = title.chars();
    let title = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let key = family.uri.rsplit('/').next().unwrap_or_default();
    let key = key.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    Some(Isle { key, title })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::text::Lang;

    #[test]
    fn only_messages_of_ours_are_shown() {
        let t = T::new(Lang::SV, Timestamp(0));
        assert!(notice(t, None).is_none() && notice(t, Some("<b>")).is_none());
        assert!(notice(t, Some("saved")).is_some_and(|notice| !notice.text.contains("done-")));
    }
}
