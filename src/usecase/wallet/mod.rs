//! Wallets of others: asked for a presentation (`ask`, `answer`), given a credential (`offer`, `authorize`, `issue`, `key`), answered from the map
//! (`resolve`, `present`), and taken from (`receive`, `login`).

mod answer;
mod ask;
mod authorize;
mod certificates;
mod issue;
mod key;
mod login;
mod offer;
mod own;
mod present;
mod receive;
mod resolve;

pub use answer::{Answered, Stand};
pub use ask::{Begun, Opened};
pub use authorize::{Pushed, Requested};
pub use certificates::Certificates;
pub use issue::Issued;
pub use login::{Back, Left};
pub use offer::{By, Granted, Offered, Shown, issuer_of};
pub use present::{Chosen, Fitting, Invitation, Unanswered};
pub use receive::{Brought, NotReceived};
