-- A third role beside administrator and reader: who assesses and issues. SQLite changes no CHECK in place, so both tables are made anew.
CREATE TABLE staff_new (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL REFERENCES owner (id),
    role    TEXT    NOT NULL CHECK (role IN ('administrator', 'reader', 'issuer')),
    state   TEXT    NOT NULL CHECK (state IN ('active', 'left')),
    created INTEGER NOT NULL,
    name    BLOB    NOT NULL,
    root    BLOB,
    mac     BLOB    NOT NULL DEFAULT X'',
    PRIMARY KEY (unit, id)
) STRICT;
INSERT INTO staff_new (unit, id, role, state, created, name, root, mac) SELECT unit, id, role, state, created, name, root, mac FROM staff;
DROP TABLE staff;
ALTER TABLE staff_new RENAME TO staff;
CREATE INDEX staff_by_id ON staff (id);

CREATE TABLE invite_new (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    unit    BLOB    NOT NULL,
    id      BLOB    NOT NULL,
    role    TEXT    NOT NULL CHECK (role IN ('administrator', 'reader', 'issuer')),
    sealed  BLOB,
    name    BLOB,
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    mac     BLOB    NOT NULL DEFAULT X''
) STRICT, WITHOUT ROWID;
INSERT INTO invite_new (lookup, unit, id, role, sealed, name, created, until, mac)
    SELECT lookup, unit, id, role, sealed, name, created, until, mac FROM invite;
DROP TABLE invite;
ALTER TABLE invite_new RENAME TO invite;
CREATE INDEX invite_by_unit ON invite (unit);

-- What a unit may issue: written by the operator alone, bound by an HMAC since it grants.
CREATE TABLE issuing_scope (
    unit    BLOB    NOT NULL PRIMARY KEY REFERENCES owner (id),
    trades  TEXT    NOT NULL,
    level   TEXT    NOT NULL CHECK (level IN ('E2', 'E3', 'E4', 'E5')),
    created INTEGER NOT NULL,
    mac     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- By what a unit signs. The private half is sealed under the unit's wrap key, and goes when the key is retired; the public one stays.
CREATE TABLE issuing_key (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    kid     BLOB    NOT NULL,
    public  BLOB    NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('active', 'retired')),
    sealed  BLOB,
    created INTEGER NOT NULL,
    retired INTEGER,
    mac     BLOB    NOT NULL,
    PRIMARY KEY (unit, kid)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issuing_key_active ON issuing_key (unit) WHERE state = 'active';

-- What a unit has published: against what it assesses, and against what people compare themselves.
CREATE TABLE framework (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    name    TEXT    NOT NULL,
    version TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    created INTEGER NOT NULL,
    ended   INTEGER,
    mac     BLOB    NOT NULL,
    PRIMARY KEY (unit, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX framework_by_id ON framework (id);
CREATE UNIQUE INDEX framework_by_name ON framework (unit, name, version);

-- Assessments that wait for a second person, or were sent back to the first. Who did what decides by what is sealed.
CREATE TABLE assessment (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    member  BLOB    NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('waiting', 'returned')),
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (unit, id)
) STRICT;

-- Many at once, from a file. The codes are made from the secret, which goes when they have been printed.
CREATE TABLE batch (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    member  BLOB    NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('checked', 'waiting', 'returned', 'issuing', 'issued')),
    total   INTEGER NOT NULL,
    done    INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    secret  BLOB,
    PRIMARY KEY (unit, id)
) STRICT;

-- Which of a unit's proofs are withdrawn, as bits and as both signed forms that checkers fetch. Public: an index says nothing of anyone.
CREATE TABLE status_list (
    unit       BLOB    NOT NULL REFERENCES owner (id),
    number     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    bits       BLOB    NOT NULL,
    token      TEXT,
    revocation TEXT,
    changed    INTEGER NOT NULL,
    PRIMARY KEY (unit, number)
) STRICT, WITHOUT ROWID;

-- What a unit has issued. Of whom and what is sealed under the unit's wrap key.
CREATE TABLE issued (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    list    INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('offered', 'taken', 'withdrawn')),
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    mac     BLOB    NOT NULL,
    PRIMARY KEY (unit, id)
) STRICT;
CREATE UNIQUE INDEX issued_by_place ON issued (unit, list, place);

-- Proofs that wait for whoever has their code: sealed under the code's key, found by its look-up hash. Taken once.
CREATE TABLE offer (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    unit    BLOB    NOT NULL,
    issued  BLOB    NOT NULL,
    sealed  BLOB,
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    FOREIGN KEY (unit, issued) REFERENCES issued (unit, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX offer_by_issued ON offer (unit, issued);
CREATE INDEX offer_by_end ON offer (until);
