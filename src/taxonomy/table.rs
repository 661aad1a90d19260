//! A CSV table read by the names of its columns.

use super::error::Error;

pub struct Table {
    file: String,
    headers: Vec<String>,
    reader: csv::Reader<std::io::Cursor<Vec<u8>>>,
}

impl Table {
    pub fn new(file: &str, mut bytes: Vec<u8>) -> Result<Self, Error> {
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(std::io::Cursor::new(bytes));
        let headers = reader.headers().map_err(|e| row_error(file, 1, &e))?.iter().map(|h| h.trim().to_lowercase()).collect();
        Ok(Self { file: file.to_owned(), headers, reader })
    }

    /// Calls `each` with the values of the asked columns, in their order, for every row. A column that is written `?name` may be
    /// absent from the table; a row that is too short gives empty values.
    pub fn rows<const N: usize>(mut self, columns: [&'static str; N], mut each: impl FnMut([&str; N])) -> Result<(), Error> {
        let places = self.places(columns)?;
        let mut record = csv::StringRecord::new();
        let mut row = 1;
        loop {
            row += 1;
            match self.reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => each(places.map(|place| place.and_then(|p| record.get(p)).unwrap_or("").trim())),
                Err(why) => return Err(row_error(&self.file, row, &why)),
            }
        }
    }

    fn places<const N: usize>(&self, columns: [&'static str; N]) -> Result<[Option<usize>; N], Error> {
        let mut places = [None; N];
        for (place, column) in places.iter_mut().zip(columns) {
            let name = column.trim_start_matches('?');
            *place = self.headers.iter().position(|h| h.eq_ignore_ascii_case(name));
            if place.is_none() && !column.starts_with('?') {
                return Err(Error::Column { file: self.file.clone(), column: name });
            }
        }
        Ok(places)
    }
}

fn row_error(file: &str, row: u64, why: &csv::Error) -> Error {
    let why = match why.kind() {
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        _ => "it is no CSV row".to_owned(),
    };
    Error::Row { file: file.to_owned(), row, why }
}
