//! What tests over the whole app stand on: one app for each test, on a fresh database of either kind, and people in it.

pub mod actor;
mod app;
pub mod certificates;
mod clock;
pub mod database;
pub mod described;
pub mod dir;
pub mod grant;
pub mod http;
pub mod issuing;
pub mod oauth;
pub mod paper;
pub mod people;
pub mod proof;
pub mod raw;
pub mod starter;
pub mod wallet;

pub use app::{BASE, Log, TestApp, run, run_logged, run_with};
pub use database::Kind;

/// The same test on both databases. The body gets a fresh [`TestApp`]; without a PostgreSQL it says that it was left out there.
///
/// `on_both!(name, |app| { ... });` makes the tests `name::sqlite` and `name::postgres`. With `name with settings` the app is built by
/// other settings: a function that changes them.
macro_rules! on_both {
    ($(#[doc = $doc:literal])* $name:ident, |$app:ident| $body:block) => {
        $crate::support::on_both!($(#[doc = $doc])* $name with (|_| {}), |$app| $body);
    };
    ($(#[doc = $doc:literal])* $name:ident with $settings:expr, |$app:ident| $body:block) => {
        $(#[doc = $doc])*
        mod $name {
            use super::*;

            #[test]
            fn sqlite() {
                $crate::support::run_with($crate::support::Kind::Sqlite, $settings, body);
            }

            #[test]
            fn postgres() {
                $crate::support::run_with($crate::support::Kind::Postgres, $settings, body);
            }

            async fn body($app: &$crate::support::TestApp) $body
        }
    };
}
pub(crate) use on_both;
