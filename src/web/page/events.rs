//! "Händelser": the log in sentences.

use askama::Template;

use super::frame::{Body, Place};
use super::url;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Outcome, What, Who};
use crate::text::T;

#[derive(Template)]
#[template(path = "events.html")]
pub struct EventsPage {
    pub t: T,
    /// Newest first.
    pub lines: Vec<Line>,
    /// What the button "Visa äldre" sends as `before`.
    pub older: Option<String>,
    /// The newest signed checkpoint, as text.
    pub checkpoint: Option<String>,
    pub verified: Option<Verified>,
}

impl EventsPage {
    fn broken(&self) -> bool {
        matches!(self.verified, Some(Verified::Broken { .. }))
    }
}

/// What checking the log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    Whole {
        lines: u64,
    },
    /// Something is missing or altered; the number of the first such line.
    Broken {
        line: u64,
    },
    /// The newest lines wait for their number; checked up to here.
    Waiting {
        lines: u64,
    },
}

/// One event as a sentence.
pub struct Line {
    pub at: Timestamp,
    pub sentence: String,
    /// Why, case reference, how many times: each a short phrase.
    pub details: Vec<String>,
    pub tone: Tone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The person's own doing.
    Own,
    /// Someone read.
    Other,
    Denied,
    Ended,
}

impl Line {
    /// The sentence for an event; `purpose` is the purpose's label in the reader's language.
    pub fn new(t: T, event: &Event, purpose: Option<&str>) -> Self {
        let mut details = Vec::new();
        details.extend(purpose.map(|purpose| t.one("event-why", "purpose", t.within(purpose))));
        details.extend(event.case.as_deref().map(|case| t.one("event-case", "case", case)));
        if event.count > 1 {
            details.push(t.count("event-times", event.count));
        }
        Self { at: event.at, sentence: sentence(t, event), details, tone: tone(event) }
    }

    pub(super) fn class(&self) -> &'static str {
        match self.tone {
            Tone::Own => "own",
            Tone::Other => "other",
            Tone::Denied => "no",
            Tone::Ended => "end",
        }
    }
}

fn tone(event: &Event) -> Tone {
    match event.what {
        _ if event.outcome == Outcome::Denied => Tone::Denied,
        What::Denied => Tone::Denied,
        What::Read | What::CopyDelivered | What::FileFetched | What::LinkOpened | What::LinkRead => Tone::Other,
        What::ConsentWithdrawn | What::ConsentExpired | What::ConsentInvalidated => Tone::Ended,
        _ => Tone::Own,
    }
}

fn sentence(t: T, event: &Event) -> String {
    let sections: Vec<String> = event.sections.iter().map(|section| t.s(format!("section-{}", section.code()))).collect();
    let who = match &event.who {
        Who::Owner => t.s("who-you"),
        Who::Staff { name } => name.clone(),
        Who::Token { label, by } => t.two("who-token", "label", label, "by", by),
        Who::Service => t.s("who-service"),
        Who::Unknown => t.s("who-unknown"),
        Who::Program { name } => t.one("who-program", "name", name),
    };
    let (unit, organisation) = event.unit.as_ref().map_or(("", ""), |party| (&party.unit, &party.organisation));
    let (label, by) = match &event.who {
        Who::Token { label, by } => (label.as_str(), by.as_str()),
        _ => ("", ""),
    };
    let args = [
        ("who", who.into()),
        ("label", label.into()),
        ("by", by.into()),
        ("unit", unit.into()),
        ("organisation", organisation.into()),
        ("place", place(t, unit, organisation).into()),
        ("sections", if sections.is_empty() { t.s("event-sections-none") } else { t.list(&sections) }.into()),
        ("whom", event.whom.as_deref().unwrap_or_default().into()),
        ("count", event.entries.into()),
    ];
    let key = match (event.what, &event.who) {
        // Whoever let a program in, or stopped it, did it; not the program. The unit answers for what a program fetched itself.
        (What::TokenMinted, Who::Token { .. }) if by == unit => "event-token-minted-at",
        (What::TokenRevoked, Who::Token { .. }) if by == unit => "event-token-revoked-at",
        (What::TokenMinted, Who::Token { .. }) => "event-token-minted-by",
        (What::TokenRevoked, Who::Token { .. }) => "event-token-revoked-by",
        (what, _) => what.key(),
    };
    // A denied try by nobody we know has another sentence than one by a known unit.
    if event.what == What::Denied && event.unit.is_none() { t.with("event-denied-unknown", &args) } else { t.with(key, &args) }
}

/// "Arbetsmarknadsenheten, Vetlanda kommun".
pub fn place(t: T, unit: &str, organisation: &str) -> String {
    // "Arbetsförmedlingen Vetlanda" says already whose it is.
    if organisation.is_empty() || unit.starts_with(organisation) {
        unit.to_owned()
    } else {
        t.two("unit-of", "unit", unit, "organisation", organisation)
    }
}

impl Body for EventsPage {
    fn place(&self) -> Place {
        Place::Events
    }
    fn title(&self) -> String {
        self.t.s("nav-events")
    }
}
