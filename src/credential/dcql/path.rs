//! Claims path pointers (OpenID4VP 1.0, 7).

use serde_json::{Map, Value};

/// A pointer as it is asked: at least one component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<Component>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// A member of an object.
    Key(String),
    /// Each element of an array.
    All,
    /// One element of an array, counted from 0.
    At(usize),
}

/// Where a claim stands in one credential.
pub type Spot = Vec<Step>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    At(usize),
}

const DEEPEST: usize = 16;
/// A path that picks more elements than this picks none: no credential of ours has so many.
const MOST: usize = 1000;

impl Path {
    /// `None` for what is no pointer: empty, or with anything but strings, nulls and numbers from 0.
    pub fn read(value: &Value) -> Option<Self> {
        let all = value.as_array().filter(|all| (1..=DEEPEST).contains(&all.len()))?;
        let component = |one: &Value| match one {
            Value::String(key) => Some(Component::Key(key.clone())),
            Value::Null => Some(Component::All),
            Value::Number(at) => at.as_u64().and_then(|at| usize::try_from(at).ok()).map(Component::At),
            _ => None,
        };
        all.iter().map(component).collect::<Option<_>>().map(Self)
    }

    pub fn components(&self) -> &[Component] {
        &self.0
    }

    /// The members alone, for who is asked: `address`, `locality`.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|one| if let Component::Key(key) = one { Some(key.as_str()) } else { None })
    }

    pub fn json(&self) -> Value {
        let one = |component: &Component| match component {
            Component::Key(key) => Value::from(key.as_str()),
            Component::All => Value::Null,
            Component::At(at) => Value::from(*at),
        };
        self.0.iter().map(one).collect()
    }

    /// What it picks (7.1.1): empty where processing ends with an error, which is to say that there is no such claim.
    pub fn pick<'c>(&self, claims: &'c Map<String, Value>) -> Vec<(Spot, &'c Value)> {
        self.picked(claims).unwrap_or_default()
    }

    fn picked<'c>(&self, claims: &'c Map<String, Value>) -> Option<Vec<(Spot, &'c Value)>> {
        // The root is an object, so the first component must be a member of it.
        let Component::Key(first) = self.0.first()? else { return None };
        let mut chosen = vec![(vec![Step::Key(first.clone())], claims.get(first)?)];
        for component in &self.0[1..] {
            let mut next = Vec::new();
            for (spot, value) in chosen {
                let deeper = |step: Step| spot.iter().cloned().chain([step]).collect::<Spot>();
                match component {
                    Component::Key(key) => {
                        next.extend(value.as_object()?.get(key).map(|found| (deeper(Step::Key(key.clone())), found)));
                    }
                    Component::At(at) => next.extend(value.as_array()?.get(*at).map(|found| (deeper(Step::At(*at)), found))),
                    Component::All => {
                        next.extend(value.as_array()?.iter().enumerate().map(|(at, found)| (deeper(Step::At(at)), found)));
                    }
                }
            }
            if next.len() > MOST {
                return None;
            }
            chosen = next;
        }
        Some(chosen)
    }
}
