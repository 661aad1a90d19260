//! Ids: one type for each noun, so that one cannot be given in another's place.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// Whoever has a keyring: a participant, a unit or a member of staff. Inner (version 7).
    OwnerId,
    /// One entry of a profile, through all its versions. Inner (version 7).
    EntryId,
    /// One version of one entry. Random, since it tells no order to whoever reads it.
    VersionId,
    /// A consent. Random: its recipient sees it.
    ConsentId,
    OrganisationId,
    /// A unit of an organisation: the recipient. Its id is its owner id too.
    UnitId,
    /// A member of a unit's staff. Its id is its owner id too.
    StaffId,
    /// A program that a unit has registered. Random: it stands in what the program sends.
    ClientId,
}

impl From<UnitId> for OwnerId {
    fn from(unit: UnitId) -> Self {
        Self(unit.0)
    }
}

impl From<StaffId> for OwnerId {
    fn from(staff: StaffId) -> Self {
        Self(staff.0)
    }
}
