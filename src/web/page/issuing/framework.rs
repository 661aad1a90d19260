//! A unit's frameworks: listed, published, shown, ended.

use askama::Template;
use uuid::Uuid;

use crate::domain::Timestamp;
use crate::text::T;
use crate::usecase::framework::Listed;
use crate::web::page::form::Wrong;
use crate::web::page::frame::{Body, Place, bodies};
use crate::web::page::url;

pub struct FrameworkRow {
    pub id: Uuid,
    pub name: String,
    pub version: String,
    pub created: Timestamp,
    pub ended: Option<Timestamp>,
    pub within: bool,
}

impl FrameworkRow {
    pub fn new(t: T, one: &Listed) -> Self {
        let framework = &one.published.framework;
        Self {
            id: one.published.id,
            name: framework.name.get(t.lang.tag()).to_owned(),
            version: framework.version.clone(),
            created: one.created,
            ended: one.ended,
            within: one.published.within,
        }
    }
}

/// All of them, and the forms that publish one: by file (`file`), or as text (`body`).
#[derive(Template)]
#[template(path = "frameworks.html")]
pub struct FrameworksPage {
    pub t: T,
    pub all: Vec<FrameworkRow>,
    /// As typed, or as the file held it.
    pub body: String,
    pub wrong: Vec<Wrong>,
}

impl FrameworksPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// One of them: what it says, and the way to end it.
#[derive(Template)]
#[template(path = "framework.html")]
pub struct FrameworkPage {
    pub t: T,
    pub row: FrameworkRow,
    pub about: String,
    pub source: String,
    pub criteria: Vec<(String, String)>,
    pub body: String,
}

bodies! {
    FrameworksPage Issuing "frameworks-title" true;
    FrameworkPage Issuing "frameworks-title" false;
}
