//! Languages: those that have a folder of locale files.

use std::sync::LazyLock;

use fluent_templates::Loader;

use super::words::{self, LOCALES};

/// A language of the pages, by its BCP 47 tag. Only languages with locale files can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lang(&'static str);

/// Swedish first, since it is the public language, then the rest by tag.
static ALL: LazyLock<Vec<Lang>> = LazyLock::new(|| {
    let mut tags: Vec<&'static str> = LOCALES.locales().map(|id| &*id.to_string().leak()).collect();
    tags.sort_by_key(|tag| (*tag != "sv", *tag));
    tags.into_iter().map(Lang).collect()
});

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
        let mut wanted: Vec<(&str, f32)> = accept.unwrap_or("").split(',').take(32).filter_map(range).collect();
        // A stable sort: of equal weights the first named wins.
        wanted.sort_by(|a, b| b.1.total_cmp(&a.1));
        wanted.into_iter().find_map(|(tag, _)| Self::tagged(tag).or_else(|| Self::tagged(primary(tag)))).unwrap_or(Self::SV)
    }

    pub const fn tag(self) -> &'static str {
        self.0
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
    fn each_language_names_itself_and_its_direction() {
        assert_eq!(Lang::all()[..2], [Lang::SV, Lang::EN]);
        assert_eq!((Lang::SV.name().as_str(), Lang::EN.name().as_str()), ("Svenska", "English"));
        assert!(Lang::all().iter().all(|lang| lang.dir() == "ltr"));
    }
}
