//! One test binary: every test that is not a unit test. Fewer links, one place for support.

#[cfg(test)]
mod credential;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod rfc;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod store;
#[cfg(test)]
mod structure;
#[cfg(test)]
mod support;
#[cfg(test)]
mod usecase;
