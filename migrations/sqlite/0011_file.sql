-- Files of documents, sealed in chunks of one length. `version`: the one of the entry with which the file came. How many there are lies
-- sealed in the entry.
CREATE TABLE file_chunk (
    owner   BLOB    NOT NULL REFERENCES owner (id),
    entry   BLOB    NOT NULL,
    version BLOB    NOT NULL,
    number  INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (owner, entry, version, number)
) STRICT;
