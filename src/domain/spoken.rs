//! The short code of a consent, as it is said on the telephone and typed.

/// A spoken code without dash, spaces and case, and with the signs that are misread set right; empty where nothing was typed.
pub fn folded(code: &str) -> String {
    let right = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    code.chars().filter(char::is_ascii_alphanumeric).map(right).collect()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn a_code_is_found_as_it_is_said_and_typed() {
        assert_eq!(folded(" -,"), "");
        assert_ne!(folded("K7M-2Q"), folded("K7M-2QF"));
        for typed in ["k7m 2qf", "K7M2QF", " k7m-2qf "] {
            assert_eq!(folded(typed), folded("K7M-2QF"));
        }
        assert_eq!(folded("oil-001"), folded("011-001"));
    }
}
