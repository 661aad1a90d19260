//! A lexicon learned from labels of the same concepts in two languages: IBM model 1 in both directions (Brown et al., 1993), kept
//! where both agree.

use std::collections::{BTreeMap, HashMap};

use super::lexicon::MOST;

/// English stems by stem, most likely first.
pub type Learned = BTreeMap<String, Vec<(String, f32)>>;

/// The stems of a label, and of a label of the same concept in English.
pub type Pair = (Vec<String>, Vec<String>);

const ROUNDS: usize = 4;

/// Translations less likely than this, in both directions together, are chance.
const LEAST: f32 = 0.03;

/// Keeps a word seen once or twice from being sure of its translation.
const DOUBT: f32 = 0.3;

pub fn learn(pairs: &[Pair]) -> Learned {
    let (mut ours, mut english) = (Names::default(), Names::default());
    let mut numbered: Vec<Numbered> = pairs.iter().map(|(a, b)| (ours.all(a), english.all(b))).collect();
    let forth = estimate(&numbered);
    for (a, b) in &mut numbered {
        std::mem::swap(a, b);
    }
    let back = estimate(&numbered);
    let mut out = Learned::new();
    for ((a, b), likely) in &forth {
        let both = (likely * back.get(&(*b, *a)).copied().unwrap_or(0.0)).sqrt();
        if both > LEAST {
            out.entry(ours.list[*a as usize].to_owned()).or_default().push((english.list[*b as usize].to_owned(), both));
        }
    }
    for translations in out.values_mut() {
        translations.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        translations.truncate(MOST);
    }
    out
}

type Numbered = (Vec<u32>, Vec<u32>);
type Likely = HashMap<(u32, u32), f32>;

/// How likely each word of the second side is a translation of each of the first.
fn estimate(pairs: &[Numbered]) -> Likely {
    let mut likely = together(pairs);
    for _ in 0..ROUNDS {
        let mut counts = Likely::with_capacity(likely.len());
        let mut totals: HashMap<u32, f32> = HashMap::new();
        for (ours, english) in pairs {
            for b in english {
                let of = |a: &u32| likely.get(&(*a, *b)).copied().unwrap_or(0.0);
                let all: f32 = ours.iter().map(of).sum::<f32>() + 1e-6;
                for a in ours {
                    let share = of(a) / all;
                    if share > 1e-3 {
                        *counts.entry((*a, *b)).or_default() += share;
                        *totals.entry(*a).or_default() += share;
                    }
                }
            }
        }
        for ((a, _), count) in &mut counts {
            *count /= totals[a] + DOUBT;
        }
        likely = counts;
    }
    likely
}

/// The first guess: how often two words stand together (Dice).
fn together(pairs: &[Numbered]) -> Likely {
    let mut both = Likely::new();
    let (mut of_ours, mut of_english): (HashMap<u32, f32>, HashMap<u32, f32>) = (HashMap::new(), HashMap::new());
    for (ours, english) in pairs {
        for a in ours {
            *of_ours.entry(*a).or_default() += 1.0;
            for b in english {
                *both.entry((*a, *b)).or_default() += 1.0;
            }
        }
        for b in english {
            *of_english.entry(*b).or_default() += 1.0;
        }
    }
    for ((a, b), count) in &mut both {
        *count *= 2.0 / (of_ours[a] + of_english[b]);
    }
    both
}

#[derive(Default)]
struct Names<'a> {
    numbers: HashMap<&'a str, u32>,
    list: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn all(&mut self, words: &'a [String]) -> Vec<u32> {
        words.iter().map(|word| self.number(word)).collect()
    }

    fn number(&mut self, word: &'a str) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(word).or_insert_with(|| {
            self.list.push(word);
            next
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_together_in_many_labels_translate_each_other() {
        let pair = |a: &str, b: &str| {
            let words = |text: &str| text.split(' ').map(ToOwned::to_owned).collect();
            (words(a), words(b))
        };
        assert!(learn(&[]).is_empty());
        let learned = learn(&[
            pair("laga mat", "prepare food"),
            pair("laga bil", "repair car"),
            pair("sälja mat", "sell food"),
            pair("köra bil", "drive car"),
            pair("sälja bil", "sell car"),
        ]);
        for (word, english) in [("mat", "food"), ("bil", "car"), ("sälja", "sell"), ("köra", "drive")] {
            assert_eq!(learned[word][0].0, english, "{learned:?}");
        }
    }
}
