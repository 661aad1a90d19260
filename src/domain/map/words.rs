//! How wide words are, and where a label breaks.

/// Breaks a text into lines no wider than `room`; only a word wider than `longest` is broken itself.
pub fn wrap(text: &str, room: f32, longest: f32, font: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), font) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ if text_width(word, font) <= longest => lines.push(word.to_owned()),
            _ => lines.extend(pieces(word, longest, font)),
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// A word in pieces of nearly one length: the last is never a lone letter.
fn pieces(word: &str, room: f32, font: f32) -> Vec<String> {
    let room = room - char_width('-') * font - font;
    let parts = (text_width(word, font) / room).ceil().max(1.0);
    let each = text_width(word, font) / parts;
    let (mut all, mut width) = (vec![String::new()], 0.0);
    for c in word.chars() {
        let last = all.last_mut().expect("starts with one piece");
        if width >= each {
            last.push('-');
            all.push(String::new());
            width = 0.0;
        }
        width += char_width(c) * font;
        all.last_mut().expect("starts with one piece").push(c);
    }
    all
}

/// A generous guess at how wide a text is, since the reader's font is not ours to know.
pub fn text_width(text: &str, font: f32) -> f32 {
    text.chars().map(char_width).sum::<f32>() * font
}

fn char_width(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' => 0.33,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '[' | ']' => 0.43,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' => 0.98,
        // Marks that stand over the letter before them.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{2060}'..='\u{2069}' => 0.0,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' => 0.74,
        '\u{1100}'.. if !('\u{1e00}'..='\u{24ff}').contains(&c) => 1.05,
        _ => 0.62,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_broken_and_nothing_gives_one_empty_line() {
        assert_eq!(wrap("", 100.0, 100.0, 17.0), [""]);
        let lines = wrap(&"å".repeat(60), 80.0, 100.0, 17.0);
        assert!(lines.iter().all(|line| text_width(line, 17.0) <= 100.0));
        assert!(lines.last().is_some_and(|line| line.chars().count() > 2), "{lines:?}");
    }
}
