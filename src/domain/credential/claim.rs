//! What the holder of a proof may show or leave out, each by itself. All else stands in it for everyone who sees it.

use serde::{Deserialize, Serialize};

macro_rules! claims {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// Its locale key is `claim-NAME`, with `-` for `_`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Claim { $($variant),* }

        impl Claim {
            /// In the order in which they are asked for.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As the claim is called in the proof.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

claims! {
    Part "part",
    Seqf "seqf",
    Framework "framework",
    Criteria "criteria",
    Concepts "concepts",
    Method "method",
    Assessor "assessor",
    Assessed "assessed",
    GivenName "given_name",
    FamilyName "family_name",
}

impl Claim {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|claim| claim.name() == name)
    }

    /// Says who the person is. Shown only where the person has chosen that.
    pub const fn personal(self) -> bool {
        matches!(self, Self::GivenName | Self::FamilyName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_only_names_of_people_are_personal() {
        assert_eq!((Claim::named("iss"), Claim::named("name"), Claim::named("level")), (None, None, None));
        for claim in Claim::ALL {
            assert_eq!(Claim::named(claim.name()), Some(*claim));
            assert_eq!(serde_json::to_value(claim).expect("json"), claim.name());
            assert_eq!(claim.personal(), claim.name().ends_with("_name"));
        }
    }
}
