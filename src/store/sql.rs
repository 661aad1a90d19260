//! A statement: one portable text, or two side by side where the dialects part, or SQLite's alone.

/// A constant statement. Placeholders are `$1`, `$2`, ... in both dialects.
#[derive(Debug)]
pub struct Sql {
    pub sqlite: &'static str,
    pub postgres: &'static str,
    /// How many values it takes. Counted, since SQLite silently reads a missing value as NULL.
    pub values: usize,
}

impl Sql {
    pub const fn new(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text, values: placeholders(text) }
    }

    pub const fn parted(sqlite: &'static str, postgres: &'static str) -> Self {
        let values = placeholders(sqlite);
        assert!(values == placeholders(postgres), "both dialects take the same values");
        Self { sqlite, postgres, values }
    }

    /// For what is done behind SQLite's one writer and nowhere else: several statements in one, with the transaction's beginning or end.
    pub const fn sqlite(text: &'static str) -> Self {
        Self { sqlite: text, postgres: "", values: placeholders(text) }
    }
}

/// The highest `$N` in a text.
const fn placeholders(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut highest) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'$' {
            let mut number = 0;
            while at + 1 < bytes.len() && bytes[at + 1].is_ascii_digit() {
                at += 1;
                number = number * 10 + (bytes[at] - b'0') as usize;
            }
            if number > highest {
                highest = number;
            }
        }
        at += 1;
    }
    highest
}

/// Declares a file's statements, and a list of them, so that one test can prepare each on both databases.
macro_rules! statements {
    ($($name:ident = $($only:ident)? $($text:literal)|+;)*) => {
        $(static $name: $crate::store::sql::Sql = $crate::store::sql::statements!(@one $($only)? $($text),+);)*
        /// Every statement of this file.
        pub static STATEMENTS: &[(&str, &$crate::store::sql::Sql)] = &[$((stringify!($name), &$name)),*];
    };
    (@one sqlite $text:literal) => { $crate::store::sql::Sql::sqlite($text) };
    (@one $text:literal) => { $crate::store::sql::Sql::new($text) };
    (@one $sqlite:literal, $postgres:literal) => { $crate::store::sql::Sql::parted($sqlite, $postgres) };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_counted() {
        assert_eq!(["", "$1", "$2 $1", "a = $10"].map(placeholders), [0, 1, 2, 10]);
    }
}
