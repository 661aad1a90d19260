//! Many assessments in one file of comma-separated values (RFC 4180): a format of ours. UTF-8; the first line names the columns, in any
//! order; commas, semicolons or tabs between; several criteria with spaces or semicolons between them, or `all`.

use super::Typed;

/// All columns. `label`, `framework`, `part` and `level` must stand; what a level demands must be filled in.
pub const COLUMNS: [&str; 12] = [
    "label",
    "given_name",
    "family_name",
    "framework",
    "criteria",
    "part",
    "level",
    "method",
    "assessor",
    "assessed",
    "seqf",
    "until",
];
const DEMANDED: [&str; 4] = ["label", "framework", "part", "level"];
/// Longer files are refused unread.
pub const MOST_FILE_BYTES: usize = 5 * 1024 * 1024;
pub const MOST_ROWS: usize = 20_000;

/// A row, and the number of its line in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub typed: Typed,
}

/// Why the whole file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    Empty,
    TooLarge,
    /// Not UTF-8.
    Encoding,
    /// This column is missing.
    Lacks(&'static str),
    /// The file has a column of this name, which means nothing here, or has it twice.
    Column(String),
    TooMany,
    /// A line with more or fewer fields than the first one.
    Fields {
        line: u64,
    },
}

/// Reads a whole file; what its rows say is not looked at yet.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, FileFault> {
    if bytes.len() > MOST_FILE_BYTES {
        return Err(FileFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileFault::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let between = [b',', b';', b'\t'].into_iter().max_by_key(|sign| head.bytes().filter(|byte| byte == sign).count());
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(between.unwrap_or(b',')).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| FileFault::Encoding)?)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| FileFault::Fields { line: fault.position().map_or(0, csv::Position::line) })?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(FileFault::TooMany);
        }
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, typed: typed(&columns, &record) });
    }
    if rows.is_empty() { Err(FileFault::Empty) } else { Ok(rows) }
}

/// Which column stands where.
fn columns(head: &csv::StringRecord) -> Result<Vec<&'static str>, FileFault> {
    let mut found: Vec<&'static str> = Vec::new();
    for name in head {
        let known = COLUMNS.into_iter().find(|known| name.eq_ignore_ascii_case(known) && !found.contains(known));
        found.push(known.ok_or_else(|| FileFault::Column(name.chars().take(40).collect()))?);
    }
    match DEMANDED.into_iter().find(|name| !found.contains(name)) {
        Some(missing) => Err(FileFault::Lacks(missing)),
        None => Ok(found),
    }
}

fn typed(columns: &[&'static str], record: &csv::StringRecord) -> Typed {
    let mut typed = Typed::default();
    for (column, value) in columns.iter().zip(record) {
        let field = match *column {
            "label" => &mut typed.label,
            "given_name" => &mut typed.given_name,
            "family_name" => &mut typed.family_name,
            "framework" => &mut typed.framework,
            "part" => &mut typed.part,
            "level" => &mut typed.level,
            "method" => &mut typed.method,
            "assessor" => &mut typed.assessor,
            "assessed" => &mut typed.assessed,
            "seqf" => &mut typed.seqf,
            "until" => &mut typed.until,
            _ => {
                typed.criteria = value.split([' ', ';']).filter(|id| !id.is_empty()).map(str::to_owned).collect();
                continue;
            }
        };
        value.clone_into(field);
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        for (text, fault) in [
            ("", FileFault::Column(String::new())),
            ("label,framework,part,level\n", FileFault::Empty),
            ("label,framework,part,level\n,,,\n", FileFault::Empty),
            ("label,framework,part\na,b,whole\n", FileFault::Lacks("level")),
            ("label,label,framework,part,level\n", FileFault::Column("label".into())),
            ("label,framework,part,level,shoe_size\n", FileFault::Column("shoe_size".into())),
            ("label,framework,part,level\na,b,whole\n", FileFault::Fields { line: 2 }),
        ] {
            let found = read(text.as_bytes()).expect_err(text);
            assert!(found == fault || (text.is_empty() && found == FileFault::Lacks("label")), "{text}: {found:?}");
        }
        assert_eq!(read(&[b'l', 0xff]), Err(FileFault::Encoding));
        assert_eq!(read(&vec![b'a'; MOST_FILE_BYTES + 1]), Err(FileFault::TooLarge));
        let many = format!("label,framework,part,level\n{}", "a,b,whole,E2\n".repeat(MOST_ROWS + 1));
        assert_eq!(read(many.as_bytes()), Err(FileFault::TooMany));
    }

    #[test]
    fn columns_stand_in_any_order_and_a_line_keeps_its_number() {
        let text = "\u{feff}LEVEL;part;framework;label;criteria\r\nE3;part;loft;\"Rad; ett\";one two\r\n;;;;\r\nE2;whole;loft;Rad 3;all\r\n";
        let rows = read(text.as_bytes()).expect("sound");
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(rows[0].typed.label, "Rad; ett");
        assert_eq!(rows[0].typed.criteria, ["one", "two"]);
        assert_eq!((rows[1].typed.part.as_str(), rows[1].typed.level.as_str()), ("whole", "E2"));
    }
}
