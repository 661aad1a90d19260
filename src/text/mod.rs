//! Texts in their languages: locale files (`locales/TAG/*.ftl`) and how dates are written. A new language is a new folder.

mod date;
mod lang;
mod typed;
mod words;

#[cfg(test)]
mod tests;

pub use lang::Lang;
pub use typed::western;
pub use words::{Arg, T};
