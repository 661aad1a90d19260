//! Pure types and rules. Imports nothing of ours; time and randomness are parameters.

pub mod case;
pub mod consent;
pub mod credential;
pub mod date;
pub mod delicate;
pub mod delivery;
pub mod event;
pub mod fetch;
pub mod framework;
pub mod gap;
pub mod guide;
pub mod id;
pub mod issuing;
pub mod link;
pub mod map;
pub mod oauth;
pub mod organisation;
pub mod outline;
pub mod profile;
pub mod progress;
pub mod random;
pub mod receipt;
pub mod recipient;
pub mod showing;
pub mod spoken;
pub mod statement;
pub mod taxonomy;
pub mod time;
pub mod trust;

pub use fetch::{BoxFuture, Fetch, FetchFault, FetchRequest, FetchResponse};
pub use id::{ClientId, ConsentId, EntryId, OrganisationId, OwnerId, StaffId, UnitId, VersionId};
pub use random::{Random, SystemRandom};
pub use time::{Clock, SystemClock, Timestamp};
