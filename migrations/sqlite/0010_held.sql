-- Proofs that a person holds: the whole credential with the key that it is bound to, beside the entry that says what may be shared. And
-- showings: one or more of them shown to whoever has a code. What is shown lies sealed under the code, the code once more under its
-- owner's key; the clear columns may end a showing, never open one.
CREATE TABLE held (
    owner   BLOB    NOT NULL REFERENCES owner (id),
    entry   BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (owner, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE showing (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    owner   BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    opens   INTEGER NOT NULL,
    opened  INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    ended   INTEGER,
    sealed  BLOB,
    secret  BLOB    NOT NULL,
    mac     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX showing_by_owner ON showing (owner, id);
CREATE INDEX showing_by_end ON showing (until);
