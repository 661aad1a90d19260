-- What a unit states, to everyone it asks, of what it does with what it reads: its own public words, bound by an HMAC so that nobody
-- who only writes the database puts others into its mouth.
CREATE TABLE statement (
    unit    BLOB    NOT NULL PRIMARY KEY REFERENCES owner (id),
    body    TEXT    NOT NULL,
    created INTEGER NOT NULL,
    mac     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
