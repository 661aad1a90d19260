//! How far one word meets another.

use super::fold::grams;

/// Which end of the longer word the shorter one is, with its share of the letters: Swedish, German and Finnish compounds are
/// written as one word, and `livsmedelsingenjör` is met whole by `ingenjör, livsmedel`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    None,
    /// The label's word is the front, or the head, of the asked one.
    OfAsked(End, f32),
    /// The asked word is the front, or the head, of the label's.
    OfLabel(End, f32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Front,
    Head,
}

/// Fewer letters are no part of a compound.
pub const SHORTEST_PART: usize = 4;

/// The part that one word is of the other.
pub fn part(asked: &str, other: &str) -> Part {
    let (a, b) = (asked.chars().count(), other.chars().count());
    let (short, long, label_is_short) = if a > b { (other, asked, true) } else { (asked, other, false) };
    let end = if a == b || a.min(b) < SHORTEST_PART {
        return Part::None;
    } else if long.ends_with(short) {
        End::Head
    } else if long.starts_with(short) {
        End::Front
    } else {
        return Part::None;
    };
    let share = a.min(b) as f32 / a.max(b) as f32;
    if label_is_short { Part::OfAsked(end, share) } else { Part::OfLabel(end, share) }
}

/// How far `other`, a word of a label, meets `asked`, 0 to 1. Both are folded. `open`: more letters of `asked` may come.
pub fn alike(asked: &str, other: &str, open: bool) -> f32 {
    if asked == other {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (asked.chars().collect(), other.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let part = short.len() as f32 / long.len() as f32;
    if open && b.starts_with(&a) {
        return 0.8 + 0.15 * part;
    }
    if short.len() >= SHORTEST_PART && long.ends_with(short) {
        return 0.6 + 0.3 * part; // the head of a compound: `städare` in `hotellstädare`
    }
    if short.len() >= SHORTEST_PART && long.starts_with(short) {
        return 0.5 + 0.35 * part;
    }
    let typing = typing_error(&a, &b, open);
    if typing > 0.0 {
        return typing;
    }
    if short.len() >= 5 && long.windows(short.len()).any(|w| w == &short[..]) {
        return 0.3 + 0.3 * part;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let begun = if same >= 4 { 0.75 * same as f32 / long.len() as f32 } else { 0.0 };
    f32::max(begun, shared_pieces(asked, other))
}

/// Half the pieces in common or more: an inflected or otherwise derived form.
fn shared_pieces(asked: &str, other: &str) -> f32 {
    let (a, b) = (grams(asked, false), grams(other, false));
    if a.len().min(b.len()) <= SHORTEST_PART {
        return 0.0;
    }
    let both = a.iter().filter(|gram| b.contains(gram)).count();
    let share = 2.0 * both as f32 / (a.len() + b.len()) as f32;
    if share >= 0.5 { 0.7 * share } else { 0.0 }
}

/// One slip in a word of four letters, two in one of eight; for a word being typed, against the label word's beginning too.
fn typing_error(a: &[char], b: &[char], open: bool) -> f32 {
    let allowed = match a.len() {
        0..=3 => return 0.0,
        // In a short word another first letter makes another word: `diska`, `fiska`.
        4..=5 if a.first() != b.first() => return 0.0,
        4..=7 => 1,
        _ => 2,
    };
    let whole = distance(a, b, allowed);
    let begun = if open && b.len() > a.len() { distance(a, &b[..a.len()], allowed) } else { allowed + 1 };
    match (whole <= allowed, begun <= allowed) {
        (true, _) => 0.92 - 0.08 * whole as f32,
        (false, true) => 0.8 - 0.08 * begun as f32,
        (false, false) => 0.0,
    }
}

/// Insertions, deletions, replacements and swaps of neighbours from `a` to `b`; anything above `most` is only said to be above it.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|d| *d > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_do_not_meet() {
        assert_eq!(alike("kock", "polis", false), 0.0);
        assert_eq!(alike("och", "ock", false), 0.0);
        assert_eq!(alike("", "kock", false), 0.0);
        assert_eq!(alike("laga", "vaga", false), 0.0);
    }

    #[test]
    fn nearer_words_meet_better() {
        let order = [
            alike("stadare", "stadare", false),
            alike("stadar", "stadare", true),
            alike("stdaare", "stadare", false),
            alike("stadare", "hotellstadare", false),
            alike("stadning", "stadare", false),
        ];
        assert!(order.is_sorted_by(|a, b| a > b), "{order:?}");
    }
}
