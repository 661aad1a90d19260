//! Which credentials answer a query, and with which claims (OpenID4VP 1.0, 6.4).

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::path::{Spot, Step};
use super::query::{Claim, Credential, Options, Query};

/// A credential that may answer: all that it says, hidden claims in their place.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    pub format: &'a str,
    /// `vct`.
    pub kind: &'a str,
    pub claims: &'a Map<String, Value>,
    /// Its holder's key is at hand, or proved.
    pub bound: bool,
}

/// What of a credential answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Where the asked claims stand; nothing else that is hidden may be shown.
    pub spots: BTreeSet<Spot>,
}

/// Combinations that are asked for, by the index of the credential queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wants(Vec<Options>);

impl Credential {
    /// What of `held` answers; `None` where it does not.
    pub fn answered_by(&self, held: &Candidate<'_>) -> Option<Found> {
        let typed = self.types.as_ref().is_none_or(|types| types.iter().any(|one| one == held.kind));
        // An authority that we cannot follow matches nothing: what is sent in vain is shown in vain (6.1.1).
        if self.format != held.format || !typed || self.authorities || (self.bound && !held.bound) {
            return None;
        }
        let Some(claims) = &self.claims else { return Some(Found::default()) };
        let all: Vec<Option<BTreeSet<Spot>>> = claims.iter().map(|claim| claim.found_in(held.claims)).collect();
        let together = |set: &mut dyn Iterator<Item = usize>| -> Option<BTreeSet<Spot>> {
            let mut spots = BTreeSet::new();
            for at in set {
                spots.extend(all.get(at)?.clone()?);
            }
            Some(spots)
        };
        let spots = match &self.claim_sets {
            None => together(&mut (0..claims.len())),
            // The first that can be answered is the one that the verifier likes best.
            Some(sets) => sets.iter().find_map(|set| together(&mut set.iter().copied())),
        };
        spots.map(|spots| Found { spots })
    }
}

impl Claim {
    /// An element of another value is as good as absent (6.4.1).
    fn found_in(&self, claims: &Map<String, Value>) -> Option<BTreeSet<Spot>> {
        let wanted = |value: &Value| self.values.as_ref().is_none_or(|values| values.contains(value));
        let spots: BTreeSet<Spot> =
            self.path.pick(claims).into_iter().filter(|(_, value)| wanted(value)).map(|(spot, _)| spot).collect();
        (!spots.is_empty()).then_some(spots)
    }
}

impl Found {
    /// Whether what stands at `spot` must be shown: an asked claim, what it lies in, and what lies in it.
    pub fn shows(&self, spot: &[Step]) -> bool {
        self.spots.iter().any(|asked| asked.starts_with(spot) || spot.starts_with(asked))
    }
}

impl Query {
    pub fn credential(&self, id: &str) -> Option<(usize, &Credential)> {
        self.credentials.iter().enumerate().find(|(_, one)| one.id == id)
    }

    /// Without sets, every credential is asked for (6.4.2).
    pub fn wants(&self) -> Wants {
        let whole = || vec![Options { options: vec![(0..self.credentials.len()).collect()], required: true }];
        Wants(self.sets.clone().unwrap_or_else(whole))
    }
}

impl Wants {
    /// Each with the options that can be given from `held`, in the verifier's order; `None` where one that is required cannot be.
    pub fn within(&self, held: &BTreeSet<usize>) -> Option<Vec<Options>> {
        let mut all = Vec::new();
        for set in &self.0 {
            let possible = |option: &&Vec<usize>| option.iter().all(|at| held.contains(at));
            let options: Vec<Vec<usize>> = set.options.iter().filter(possible).cloned().collect();
            match (options.is_empty(), set.required) {
                (true, true) => return None,
                (true, false) => {}
                (false, required) => all.push(Options { options, required }),
            }
        }
        Some(all)
    }

    /// Whether `given` answers all that is required, and holds nothing that no set asks for.
    pub fn answered_by(&self, given: &BTreeSet<usize>) -> bool {
        let whole = |option: &Vec<usize>| option.iter().all(|at| given.contains(at));
        let asked = |at: &usize| self.0.iter().any(|set| set.options.iter().any(|option| whole(option) && option.contains(at)));
        self.0.iter().filter(|set| set.required).all(|set| set.options.iter().any(whole)) && given.iter().all(asked)
    }
}
