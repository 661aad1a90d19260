//! Pages: typed contexts with samples, and the templates that they fill.

pub mod page;
