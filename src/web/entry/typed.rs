//! What is typed into a form's fields: in the person's own way of writing, and possible at all.

use crate::domain::profile::{Fault, Fields, Shape, Value, entry};
use crate::text::{T, western};

/// Reads what someone typed into one field. Empty is `None`.
pub fn read(t: T, shape: Shape, typed: &[String]) -> Result<Option<Value>, Fault> {
    let first = typed.iter().map(|text| text.trim()).find(|text| !text.is_empty());
    match (shape, first) {
        (Shape::Date, Some(text)) => t.typed_date(text).map(|date| Some(Value::Date(date))).ok_or(Fault::NotADate),
        (Shape::Number { .. } | Shape::Phone, Some(text)) => entry::read(shape, &[western(text)]),
        (Shape::Municipality, Some(text)) if text.chars().any(char::is_numeric) => Err(Fault::NotAMunicipality),
        _ => entry::read(shape, typed),
    }
}

/// What a form refuses though each field fits: it cannot be so. A file that someone brings may say so all the same.
pub fn possible(t: T, fields: &Fields) -> Result<(), Vec<(String, Fault)>> {
    let date = |name: &str| match fields.get(name) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    };
    let ongoing = fields.get("ongoing") == Some(&Value::Flag(true));
    // One may know already when what goes on will end.
    if ongoing && date("to").is_some_and(|to| to.last_day() < t.now.day()) {
        return Err(vec![("to".to_owned(), Fault::OverYetOngoing)]);
    }
    if date("issued").zip(date("expires")).is_some_and(|(issued, expires)| expires.last_day() < issued.first_day()) {
        return Err(vec![("expires".to_owned(), Fault::EndsBeforeStart)]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::domain::profile::Kind;
    use crate::text::Lang;

    fn t() -> T {
        T::new(Lang::SV, Timestamp::parse_rfc3339("2026-11-22T08:00:00Z").expect("a time"))
    }

    fn judged(kind: Kind, typed: &[(&str, &str)]) -> Vec<(String, Fault)> {
        let value = |(name, text): &(&str, &str)| {
            let shape = kind.field(name).expect("a field").shape;
            read(t(), shape, &[(*text).to_owned()])
                .map(|value| ((*name).to_owned(), value.expect("typed")))
                .map_err(|f| vec![((*name).to_owned(), f)])
        };
        let fields: Result<Fields, _> = typed.iter().map(value).collect();
        fields.and_then(|fields| possible(t(), &fields)).err().unwrap_or_default()
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let over = [("to".to_owned(), Fault::OverYetOngoing)];
        assert_eq!(judged(Kind::Work, &[("to", "2021"), ("ongoing", "yes")]), over);
        assert_eq!(
            judged(Kind::Licence, &[("issued", "2020-05"), ("expires", "april 2020")]),
            [("expires".to_owned(), Fault::EndsBeforeStart)]
        );
        assert_eq!(judged(Kind::Home, &[("municipality", "zz 99")]), [("municipality".to_owned(), Fault::NotAMunicipality)]);
        assert_eq!(judged(Kind::BirthYear, &[("year", "2099")]), [("year".to_owned(), Fault::NotANumber { min: 1900, max: 2020 })]);
    }

    #[test]
    fn what_may_be_is_taken() {
        for typed in
            [[("to", "maj 2030"), ("ongoing", "yes")], [("to", "2026"), ("ongoing", "yes")], [("to", "2021"), ("ongoing", "no")]]
        {
            assert_eq!(judged(Kind::Work, &typed), [], "{typed:?}");
        }
        assert_eq!(judged(Kind::Licence, &[("issued", "2020"), ("expires", "2020-02")]), []);
        assert_eq!(judged(Kind::BirthYear, &[("year", "١٩٨٨")]), []);
    }
}
