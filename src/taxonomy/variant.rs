//! The forms that one label with slashes stands for: `cocinero/cocinera`, `director/directora de banco`, `Koch / Köchin`.

/// The label itself where it has no slash, else one form for each side.
pub fn forms(label: &str) -> Vec<String> {
    if !label.contains('/') || label.len() > LONGEST {
        return vec![label.to_owned()];
    }
    let sides: Vec<&str> = label.split('/').map(str::trim).filter(|side| side.chars().any(char::is_alphabetic)).collect();
    let length = |side: &&str| side.split_whitespace().count();
    let Some(first) = sides.first().map(length) else { return vec![label.to_owned()] };
    // Sides of equal length are whole forms; else a pair inside (two forms of one word) takes the rest of the label with it.
    let mut out: Vec<String> = match pair(label) {
        Some(both) if !sides.iter().all(|side| length(side) == first) => both.to_vec(),
        _ => sides.into_iter().map(ToOwned::to_owned).collect(),
    };
    out.dedup();
    out
}

/// A longer label with slashes is a list, not a pair.
const LONGEST: usize = 160;

fn pair(label: &str) -> Option<[String; 2]> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let at = words.iter().position(|word| word.contains('/'))?;
    let (left, right) = words[at].split_once('/')?;
    let same = left.chars().zip(right.chars()).take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase())).count();
    let with = |word: &str| {
        let mut all = words.clone();
        all[at] = word;
        all.join(" ")
    };
    (same >= 3 && !right.contains('/')).then(|| [with(left), with(right)])
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn a_slash_alone_makes_no_empty_form() {
        assert_eq!(forms("/"), ["/"]);
        assert_eq!(forms("kock/"), ["kock"]);
        assert_eq!(forms("kock"), ["kock"]);
    }

    #[test]
    fn both_forms_of_a_pair_are_whole() {
        assert_eq!(forms("cocinero/cocinera"), ["cocinero", "cocinera"]);
        assert_eq!(forms("director/directora de banco"), ["director de banco", "directora de banco"]);
        assert_eq!(forms("agent de sécurité/agente de sécurité"), ["agent de sécurité", "agente de sécurité"]);
    }
}
