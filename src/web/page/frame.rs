//! What stands around every page: brand, language, the way out, navigation, footer.

use askama::Template;

use super::url;
use crate::domain::Timestamp;
use crate::domain::time::{MINUTE, SECOND};
use crate::text::{Lang, T};

/// Which navigation a page stands in, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anyone's page.
    Public,
    /// One thing to do and nothing beside it: unlocking, the first passphrase.
    Alone,
    Map,
    Sharing,
    Events,
    Keys,
    Inbox,
    Unit,
    /// A unit that issues proofs.
    Issuing,
}

/// The inner part of a page.
pub trait Body: Template {
    fn place(&self) -> Place;

    /// Stands in the browser's history: nothing sensitive.
    fn title(&self) -> String;

    /// The page's one form (its `id` is `page-form`) holds what someone typed, so a change of language must carry it along.
    /// Such a form says by a hidden `back` where it comes back.
    fn typed(&self) -> bool {
        false
    }

    /// Whether concepts of ESCO stand on it, which demands the attribution.
    fn concepts(&self) -> bool {
        false
    }
}

/// Pages that say the same of themselves in four words: context, place, the title's key, whether someone types there; and, where
/// concepts may stand on it, the method that tells.
macro_rules! bodies {
    ($($page:ident $place:ident $title:literal $typed:literal $($concepts:ident)?;)*) => {$(
        impl Body for $page {
            fn place(&self) -> Place {
                Place::$place
            }
            fn title(&self) -> String {
                self.t.s($title)
            }
            fn typed(&self) -> bool {
                $typed
            }
            $(fn concepts(&self) -> bool {
                self.$concepts()
            })?
        }
    )*};
}
pub(super) use bodies;

/// A message about what was just done.
#[derive(Clone, Debug)]
pub struct Notice {
    pub text: String,
    pub warning: bool,
}

/// What a page knows about the request that asked for it.
#[derive(Clone, Debug)]
pub struct Frame {
    pub t: T,
    /// The page's own address: where a change of language leads back to.
    pub path: String,
    pub person_signed_in: bool,
    pub staff_signed_in: bool,
    /// Cookie-borne session's end, where one is open.
    pub session_ends: Option<Timestamp>,
    pub notice: Option<Notice>,
    /// Whether this is the demonstration.
    pub demo: bool,
    /// Where "Lämna sidan" leads.
    pub leave_to: String,
    /// What stands here is shown once, so nothing leads away from it but its own way on.
    pub once: bool,
}

#[derive(Template)]
#[template(path = "frame.html")]
struct Whole<'a> {
    t: T,
    frame: &'a Frame,
    place: Place,
    title: String,
    typed: bool,
    concepts: bool,
    content: String,
}

impl Frame {
    /// The frame of a visitor without a session.
    pub fn public(t: T, path: &str) -> Self {
        let (path, leave_to) = (path.to_owned(), url::NEUTRAL.to_owned());
        let (person_signed_in, staff_signed_in, demo, once) = (false, false, false, false);
        Self { t, path, person_signed_in, staff_signed_in, session_ends: None, notice: None, demo, leave_to, once }
    }

    /// The whole page as HTML.
    pub fn render(&self, body: &impl Body) -> String {
        let content = body.render().expect("writing to a String cannot fail");
        let (t, place, title) = (self.t, body.place(), body.title());
        let whole = Whole { t, frame: self, place, title, typed: body.typed(), concepts: body.concepts(), content };
        whole.render().expect("writing to a String cannot fail")
    }
}

impl Whole<'_> {
    fn others(&self) -> impl Iterator<Item = Lang> {
        let (current, staff) = (self.t.lang, self.staff() || url::for_staff(&self.frame.path));
        Lang::all().iter().copied().filter(move |lang| *lang != current && (!staff || lang.speaks_to_staff()))
    }

    fn nav(&self) -> Vec<(&'static str, String, bool)> {
        let here = |place| self.place == place;
        match self.place {
            Place::Map | Place::Sharing | Place::Events | Place::Keys => vec![
                (url::MAP, self.t.s("nav-map"), here(Place::Map)),
                (url::SHARING, self.t.s("nav-sharing"), here(Place::Sharing)),
                (url::EVENTS, self.t.s("nav-events"), here(Place::Events)),
                (url::KEYS, self.t.s("nav-keys"), here(Place::Keys)),
            ],
            Place::Inbox | Place::Unit => vec![
                (url::STAFF_INBOX, self.t.s("nav-inbox"), here(Place::Inbox)),
                (url::STAFF_UNIT, self.t.s("nav-unit"), here(Place::Unit)),
            ],
            Place::Issuing => vec![
                (url::STAFF_ISSUING, self.t.s("nav-issuing"), true),
                (url::STAFF_INBOX, self.t.s("nav-inbox"), false),
                (url::STAFF_UNIT, self.t.s("nav-unit"), false),
            ],
            Place::Public | Place::Alone => Vec::new(),
        }
    }

    /// What the script of "Lyssna" says: the button, its other states, and that there is no voice.
    fn listen(&self) -> [(&'static str, String); 4] {
        ["listen", "listen-pause", "listen-on", "listen-none"].map(|key| (key, self.t.s(key)))
    }

    fn staff(&self) -> bool {
        matches!(self.place, Place::Inbox | Place::Unit | Place::Issuing)
    }

    fn signed_in(&self) -> bool {
        self.frame.person_signed_in || self.frame.staff_signed_in
    }

    /// Seconds until the session ends, and whether the warning stands already when the page arrives.
    fn seconds_left(&self) -> Option<(i64, bool)> {
        let left = self.frame.session_ends?.since(self.t.now);
        Some((left.max(0) / SECOND, left <= 2 * MINUTE))
    }
}
