//! The text of a consent: as it is read before the answer, and which one was read.

use super::shown::{purpose, told_sections, unit_row};
use crate::domain::consent::Terms;
use crate::domain::recipient::RecipientKind;
use crate::policy::Catalogue;
use crate::store::organisation::UnitRow;
use crate::text::{Lang, T};
use crate::usecase::profile::Profile;
use crate::web::page::sharing::ConsentText;
use crate::web::page::statement::rows;
use crate::web::request::basis_key;

/// What a consent's text is made of.
pub struct Told<'a> {
    pub catalogue: &'a Catalogue,
    pub profile: &'a Profile,
    pub kind: &'a RecipientKind,
    pub unit: &'a UnitRow,
    pub terms: &'a Terms,
    /// A change of a live consent.
    pub changing: bool,
    /// Of the steps that lead back to each answer.
    pub root: &'a str,
}

impl Told<'_> {
    /// The text in the reader's language, and the original beside it where nobody with that language as their own has read it.
    pub fn texts(&self, t: T) -> (ConsentText, Option<ConsentText>) {
        let original =
            stands_beside(t.lang).then(|| ConsentText { original: true, root: None, ..self.text(T { lang: Lang::SV, ..t }) });
        (self.text(t), original)
    }

    fn text(&self, t: T) -> ConsentText {
        let tag = t.lang.tag();
        ConsentText {
            t,
            unit: unit_row(t, self.catalogue, self.unit),
            purpose: purpose(t, self.catalogue, &self.terms.purpose),
            basis: self.basis(t),
            if_no: self.kind.if_no.get(tag).to_owned(),
            sections: told_sections(t, self.profile, &self.terms.scope),
            mode: self.terms.mode,
            until: self.terms.until,
            name: self.terms.name.clone(),
            stated: rows(t, self.terms.stated.as_ref()),
            authority: t.s("authority-name"),
            changing: self.changing,
            original: false,
            root: Some(self.root.to_owned()),
        }
    }
}

impl Told<'_> {
    /// What this kind of recipient usually states; before it what this one has stated, where it asked.
    fn basis(&self, t: T) -> String {
        let usual = self.kind.basis.get(t.lang.tag()).to_owned();
        self.terms.basis.map_or(usual.clone(), |basis| format!("{} {usual}", t.s(basis_key(basis))))
    }
}

/// Whether the Swedish original stands beside a consent's text in this language.
pub fn stands_beside(lang: Lang) -> bool {
    lang.awaits_reader()
}

/// "العربية, version 1. Beside it stood Svenska, version 1."
pub fn text_read(t: T, terms: &Terms) -> String {
    let text = |lang: &str, version: u32| {
        let name = Lang::tagged(lang).map_or_else(|| lang.to_owned(), Lang::name);
        t.two("consent-text-one", "language", name, "version", version)
    };
    let read = text(&terms.lang, terms.text_version);
    match &terms.original {
        Some(original) => t.two("consent-text-beside", "text", read, "original", text(&original.lang, original.version)),
        None => read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::domain::consent::TextRead;
    use crate::usecase::consent::ORIGINAL;

    #[test]
    fn the_original_stands_beside_what_a_machine_translated_and_nothing_else() {
        let beside: Vec<&str> = Lang::all().iter().filter(|lang| stands_beside(**lang)).map(|lang| lang.tag()).collect();
        assert_eq!(beside, ["ar", "fa", "so", "ti", "uk"]);
        assert!(Lang::tagged(ORIGINAL) == Some(Lang::SV));
    }

    #[test]
    fn the_receipt_names_both_texts() {
        let t = T::new(Lang::EN, Timestamp(0));
        let terms = crate::web::contents::tests::terms(None);
        let plain = |terms: &Terms| text_read(t, terms).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(plain(&terms), "Svenska, version 1");
        let original = Some(TextRead { lang: "sv".into(), version: 3 });
        let both = Terms { lang: "ar".into(), text_version: 2, original, ..terms };
        assert_eq!(plain(&both), "العربية, version 2. Beside it stood Svenska, version 3.");
    }
}
