-- Programs that units have registered: what people are told that asks, where the answer may go, and public keys.
CREATE TABLE client (
    id        BLOB    NOT NULL PRIMARY KEY,
    unit      BLOB    NOT NULL REFERENCES owner (id),
    name      TEXT    NOT NULL,
    redirects TEXT    NOT NULL,
    keys      BLOB    NOT NULL,
    created   INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    ended     INTEGER,
    mac       BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX client_by_unit ON client (unit);

-- What may be presented once and was: assertions and proofs, for as long as they would else be taken again.
CREATE TABLE once (
    mark  BLOB    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX once_by_until ON once (until);
