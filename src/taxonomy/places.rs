//! Languages, countries and Swedish municipalities for the pickers.

pub struct Places;
