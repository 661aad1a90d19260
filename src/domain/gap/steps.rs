//! What to do next, in words that the page chooses: the easiest first, never more than one step of a sort.

use super::{Demand, Near, Need, Standing};
use crate::domain::EntryId;
use crate::domain::framework::Condition;

/// A next step; the numbers are places among the demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Skills that something held makes likely: write them down if they are there.
    WriteDown(Vec<usize>),
    /// Licences and proofs that have run out or were withdrawn.
    Renew(Vec<usize>),
    /// Languages to practise.
    Practise(Vec<usize>),
    /// Licences to get.
    Get(Vec<usize>),
    /// The framework itself says what to do.
    Follow(Vec<usize>),
    /// Skills and schooling to learn.
    Learn(Vec<usize>),
    /// Skills on the person's own word, which someone could attest.
    Attest(Vec<usize>),
}

/// The steps for what must be met. `hinted`: the framework has words of its own for the demand at that place.
pub fn steps(
    demands: &[Demand],
    standings: &[Standing],
    own_word: impl Fn(&[EntryId]) -> bool,
    hinted: impl Fn(usize) -> bool,
) -> Vec<Step> {
    let pairs: Vec<(usize, &Demand, &Standing)> =
        demands.iter().zip(standings).enumerate().map(|(at, (demand, standing))| (at, demand, standing)).collect();
    let all = |fits: &dyn Fn(usize, &Condition, &Standing) -> bool| -> Vec<usize> {
        let fitting = pairs.iter().filter(|(at, demand, standing)| demand.need == Need::Must && fits(*at, &demand.wants, standing));
        fitting.map(|(at, ..)| *at).collect()
    };
    let lacking = |standing: &Standing| !matches!(standing, Standing::Have(_));
    let close = |standing: &Standing| matches!(standing, Standing::Close(_));
    let lapsed = |standing: &Standing| match standing {
        Standing::Close(close) => close.iter().any(|(_, near)| matches!(near, Near::Expired | Near::Withdrawn)),
        _ => false,
    };
    let steps = [
        Step::WriteDown(all(&|_, wants, standing| matches!(wants, Condition::Skills(_)) && close(standing) && !lapsed(standing))),
        Step::Renew(all(&|_, wants, standing| lapsed(standing) || (matches!(wants, Condition::Licences(_)) && close(standing)))),
        Step::Practise(all(&|at, wants, standing| !hinted(at) && matches!(wants, Condition::Language(_)) && lacking(standing))),
        Step::Get(all(&|at, wants, standing| {
            !hinted(at) && matches!(wants, Condition::Licences(_)) && *standing == Standing::Missing
        })),
        Step::Follow(all(&|at, wants, standing| {
            let mended_otherwise = close(standing) && matches!(wants, Condition::Skills(_) | Condition::Licences(_));
            hinted(at) && lacking(standing) && !mended_otherwise
        })),
        Step::Learn(all(&|at, wants, standing| {
            !hinted(at)
                && match wants {
                    Condition::Skills(_) => *standing == Standing::Missing,
                    Condition::Entry(_) => lacking(standing),
                    Condition::Language(_) | Condition::Licences(_) => false,
                }
        })),
        Step::Attest(all(&|_, wants, standing| match standing {
            Standing::Have(ids) => matches!(wants, Condition::Skills(_)) && own_word(ids),
            _ => false,
        })),
    ];
    steps.into_iter().filter(|step| !step.places().is_empty()).collect()
}

impl Step {
    pub fn places(&self) -> &[usize] {
        match self {
            Self::WriteDown(places)
            | Self::Renew(places)
            | Self::Practise(places)
            | Self::Get(places)
            | Self::Follow(places)
            | Self::Learn(places)
            | Self::Attest(places) => places,
        }
    }
}
