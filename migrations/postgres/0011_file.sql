-- Files of documents, sealed in chunks of one length. `version`: the one of the entry with which the file came. How many there are lies
-- sealed in the entry.
CREATE TABLE file_chunk (
    owner   UUID   NOT NULL REFERENCES owner (id),
    entry   UUID   NOT NULL,
    version UUID   NOT NULL,
    number  BIGINT NOT NULL,
    sealed  BYTEA  NOT NULL,
    PRIMARY KEY (owner, entry, version, number)
);
