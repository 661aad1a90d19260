//! Languages: those that have a folder of locale files, and what is known of each.

use std::sync::LazyLock;

use fluent_templates::Loader;

use super::words::{self, LOCALES};

/// A language of the pages, by its BCP 47 tag. Only languages with locale files that are offered can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lang(&'static str);

/// Swedish first, since it is the public language, then the rest by tag. A folder whose `language-review` is neither of the two
/// words below (it has none yet, or says `draft`) is being translated and offered to nobody.
static ALL: LazyLock<Vec<Lang>> = LazyLock::new(|| {
    let mut tags: Vec<&'static str> = LOCALES.locales().map(|id| &*id.to_string().leak()).collect();
    tags.sort_by_key(|tag| (primary(tag) != "sv", *tag));
    let offered = |lang: &Lang| [READ, AWAITING].contains(&lang.review().as_str());
    tags.into_iter().map(Lang).filter(offered).collect()
});

/// `language-review` of texts that someone with the language as their own wrote or has read.
const READ: &str = "read";
/// `language-review` of texts made by a machine that nobody has read yet; a test holds it against the mark in the files.
const AWAITING: &str = "awaiting";

impl Lang {
    pub const SV: Self = Self("sv");
    pub const EN: Self = Self("en");

    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// The language with exactly this tag, if we speak it.
    pub fn tagged(tag: &str) -> Option<Self> {
        ALL.iter().copied().find(|lang| lang.0.eq_ignore_ascii_case(tag.trim()))
    }

    /// The best of ours for an `Accept-Language` header (RFC 9110, 12.5.4); Swedish where none fits.
    pub fn negotiate(accept: Option<&str>) -> Self {
        best(accept, |_| true)
    }

    /// The language of a page for staff: this one where it has their texts, else what their browser asks for among those that do,
    /// else Swedish, the language in which authorities work (SFS 2009:600, section 10).
    pub fn for_staff(self, accept: Option<&str>) -> Self {
        match [self, Self(primary(self.0))].into_iter().find(|lang| lang.speaks_to_staff()) {
            Some(lang) => lang,
            None => best(accept, Self::speaks_to_staff),
        }
    }

    /// Whether it has the texts of staff's pages too.
    pub fn speaks_to_staff(self) -> bool {
        words::find(self, "inbox-code", &[]).is_some()
    }

    /// Whether its texts were made by a machine and still wait for someone who has the language as their own.
    pub fn awaits_reader(self) -> bool {
        self.review() == AWAITING
    }

    fn review(self) -> String {
        words::find(self, "language-review", &[]).unwrap_or_default()
    }

    /// Where a text that this language lacks is looked for: easy Swedish falls back to Swedish, the others to English.
    pub(super) fn fallback(self) -> Self {
        if primary(self.0) == Self::SV.0 { Self::SV } else { Self::EN }
    }

    pub const fn tag(self) -> &'static str {
        self.0
    }

    /// The language that someone writes who reads this one: easy Swedish is a way of reading Swedish.
    pub fn written(self) -> &'static str {
        primary(self.0)
    }

    /// `ltr` or `rtl`, for `html[dir]`.
    pub fn dir(self) -> &'static str {
        if words::text(self, "language-direction", &[]) == "rtl" { "rtl" } else { "ltr" }
    }

    /// Its name in its own script.
    pub fn name(self) -> String {
        words::text(self, "language-name", &[])
    }
}

/// The heaviest wish that one of ours with `fit` answers.
fn best(accept: Option<&str>, fit: impl Fn(Lang) -> bool) -> Lang {
    let mut wanted: Vec<(&str, f32)> = accept.unwrap_or("").split(',').take(32).filter_map(range).collect();
    // A stable sort: of equal weights the first named wins.
    wanted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let ours = |tag: &str| Lang::tagged(tag).filter(|lang| fit(*lang));
    let answer = |tag: &str| ours(tag).or_else(|| ours(primary(tag))).or_else(|| ours(kin(primary(tag))?));
    wanted.into_iter().find_map(|(tag, _)| answer(tag)).unwrap_or(Lang::SV)
}

/// Ours for a tag whose readers read it: Dari and Iranian Persian are one written language, so are the Arabics, and Scandinavians
/// read each other. Nobody else's language is guessed at: a Kurdish or Pashto reader's next wish counts.
fn kin(primary: &str) -> Option<&'static str> {
    Some(match primary.to_ascii_lowercase().as_str() {
        "prs" | "pes" => "fa",
        "arb" | "apc" | "acm" | "apd" | "ary" | "arz" | "ayn" | "ars" | "ajp" => "ar",
        "nb" | "nn" | "no" | "da" => "sv",
        _ => return None,
    })
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// One range with its weight; weight 0 means "not this".
fn range(part: &str) -> Option<(&str, f32)> {
    let mut pieces = part.split(';').map(str::trim);
    let tag = pieces.next().filter(|tag| !tag.is_empty())?;
    let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok())?;
    (weight > 0.0 && weight <= 1.0).then_some((tag, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_header_says_a_language_comes_of_it() {
        for header in [None, Some(""), Some(",,;q="), Some("xx"), Some("*"), Some("en;q=0"), Some("en;q=NaN"), Some("en;q=9")] {
            assert_eq!(Lang::negotiate(header), Lang::SV, "{header:?}");
        }
    }

    #[test]
    fn the_heaviest_language_that_we_speak_wins() {
        assert_eq!(Lang::negotiate(Some("de, en-GB;q=0.8, sv;q=0.3")), Lang::EN);
        assert_eq!(Lang::negotiate(Some("sv-SE,sv;q=0.9,en;q=0.8")), Lang::SV);
    }

    #[test]
    fn a_language_that_is_read_as_ours_is_answered_and_none_is_guessed() {
        let tag = |header| Lang::negotiate(Some(header)).tag();
        assert_eq!(["ku", "ps-AF", "ckb", "am", "tig", "ru"].map(tag), ["sv"; 6]);
        assert_eq!(["ckb, ar;q=0.8", "prs-AF", "fa-IR", "apc", "nb-NO, en;q=0.9"].map(tag), ["ar", "fa", "fa", "ar", "sv"]);
        assert_eq!(["sv-simple", "ti-ER", "so-SO", "uk-UA"].map(tag), ["sv-simple", "ti", "so", "uk"]);
    }

    #[test]
    fn staff_are_met_in_a_language_that_has_their_texts() {
        let lang = |tag| Lang::tagged(tag).expect("ours");
        assert_eq!(lang("ar").for_staff(Some("ar, en;q=0.5, sv;q=0.1")), Lang::EN);
        assert_eq!(lang("ar").for_staff(Some("ar, uk")), Lang::SV);
        assert_eq!(lang("sv-simple").for_staff(Some("en")), Lang::SV);
        assert_eq!(Lang::EN.for_staff(None), Lang::EN);
    }

    #[test]
    fn each_language_names_itself_its_direction_and_whether_someone_has_read_it() {
        let of = |lang: &Lang| (lang.tag(), lang.name(), lang.dir(), lang.awaits_reader());
        let said: Vec<_> = Lang::all().iter().map(of).collect();
        let expected = [
            ("sv", "Svenska", "ltr", false),
            ("sv-simple", "Lätt svenska", "ltr", false),
            ("ar", "العربية", "rtl", true),
            ("en", "English", "ltr", false),
            ("fa", "فارسی / دری", "rtl", true),
            ("so", "Soomaali", "ltr", true),
            ("ti", "ትግርኛ", "ltr", true),
            ("uk", "Українська", "ltr", true),
        ];
        assert_eq!(said, expected.map(|(tag, name, dir, awaits)| (tag, name.to_owned(), dir, awaits)));
    }
}
