-- Whoever has a keyring. Ids, counts, times, states and a public key: nothing that says who it is.
CREATE TABLE owner (
    id             BLOB    NOT NULL PRIMARY KEY,
    kind           TEXT    NOT NULL CHECK (kind IN ('participant', 'unit', 'staff')),
    public_key     BLOB    NOT NULL,
    key_generation INTEGER NOT NULL,
    event_seq      INTEGER NOT NULL DEFAULT 0,
    created        INTEGER NOT NULL,
    erase_after    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    owner   BLOB    NOT NULL REFERENCES owner (id),
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_owner ON account (owner);

CREATE TABLE slot (
    owner          BLOB    NOT NULL REFERENCES owner (id),
    id             BLOB    NOT NULL,
    kind           TEXT    NOT NULL CHECK (kind IN ('passphrase', 'recovery', 'passkey', 'helper')),
    parameters     BLOB    NOT NULL,
    key_generation INTEGER NOT NULL,
    sealed         BLOB    NOT NULL,
    created        INTEGER NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT;

CREATE TABLE session (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL,
    owner   BLOB    NOT NULL REFERENCES owner (id),
    kind    TEXT    NOT NULL CHECK (kind IN ('participant', 'staff')),
    shared  INTEGER NOT NULL CHECK (shared IN (0, 1)),
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    fresh   INTEGER,
    ended   INTEGER,
    sealed  BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_owner ON session (owner);

CREATE TABLE login (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    sealed  BLOB    NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    owner   BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT;

CREATE TABLE manifest (
    owner      BLOB    NOT NULL PRIMARY KEY REFERENCES owner (id),
    generation INTEGER NOT NULL,
    sealed     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry_version (
    owner   BLOB    NOT NULL REFERENCES owner (id),
    version BLOB    NOT NULL,
    entry   BLOB    NOT NULL,
    key     BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (owner, version)
) STRICT;
CREATE INDEX entry_version_by_entry ON entry_version (owner, entry);

-- Entries that a restore has destroyed anew, while their owner's sealed manifest still names them.
CREATE TABLE ended_entry (
    owner BLOB NOT NULL REFERENCES owner (id),
    entry BLOB NOT NULL,
    mac   BLOB NOT NULL,
    PRIMARY KEY (owner, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    owner       BLOB    NOT NULL REFERENCES owner (id),
    id          BLOB    NOT NULL,
    unit        BLOB    NOT NULL REFERENCES owner (id),
    state       TEXT    NOT NULL CHECK (state IN ('requested', 'given', 'refused', 'withdrawn', 'expired', 'invalidated')),
    generation  INTEGER NOT NULL,
    event_seq   INTEGER NOT NULL DEFAULT 0,
    valid_from  INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    ended_at    INTEGER,
    created     INTEGER NOT NULL,
    secret      BLOB    NOT NULL,
    terms       BLOB    NOT NULL,
    bundle      BLOB,
    PRIMARY KEY (owner, id)
) STRICT;
CREATE INDEX consent_by_end ON consent (valid_until) WHERE state = 'given';

CREATE TABLE token (
    lookup     BLOB    NOT NULL PRIMARY KEY,
    owner      BLOB    NOT NULL,
    consent    BLOB    NOT NULL,
    unit       BLOB    NOT NULL,
    minted_by  BLOB,
    kind       TEXT    NOT NULL CHECK (kind IN ('access', 'refresh', 'code', 'link')),
    client     TEXT    NOT NULL,
    thumbprint BLOB    NOT NULL,
    issued     INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    ended_at   INTEGER,
    sealed     BLOB,
    label      BLOB,
    FOREIGN KEY (owner, consent) REFERENCES consent (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_consent ON token (owner, consent);
CREATE INDEX token_by_unit ON token (unit);

CREATE TABLE organisation (
    id      BLOB    NOT NULL PRIMARY KEY,
    number  TEXT    NOT NULL UNIQUE,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    issuer  TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    id           BLOB    NOT NULL PRIMARY KEY REFERENCES owner (id),
    organisation BLOB    NOT NULL REFERENCES organisation (id),
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    municipality TEXT    NOT NULL,
    folded       TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('new', 'open', 'closed')),
    rotate       INTEGER NOT NULL DEFAULT 0 CHECK (rotate IN (0, 1)),
    created      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_by_organisation ON unit (organisation);

CREATE TABLE staff (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL REFERENCES owner (id),
    role    TEXT    NOT NULL CHECK (role IN ('administrator', 'reader')),
    state   TEXT    NOT NULL CHECK (state IN ('active', 'left')),
    created INTEGER NOT NULL,
    name    BLOB    NOT NULL,
    root    BLOB,
    PRIMARY KEY (unit, id)
) STRICT;
CREATE INDEX staff_by_id ON staff (id);

CREATE TABLE invite (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    unit    BLOB    NOT NULL,
    id      BLOB    NOT NULL,
    role    TEXT    NOT NULL CHECK (role IN ('administrator', 'reader')),
    sealed  BLOB,
    name    BLOB,
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invite_by_unit ON invite (unit);

CREATE TABLE inbox (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    consent BLOB    NOT NULL,
    owner   BLOB    NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('given', 'withdrawn', 'expired', 'invalidated')),
    arrived INTEGER NOT NULL,
    ended   INTEGER,
    secret  BLOB,
    record  BLOB    NOT NULL,
    mac     BLOB    NOT NULL,
    label   BLOB,
    PRIMARY KEY (unit, consent)
) STRICT;

CREATE TABLE event (
    owner  BLOB    NOT NULL,
    stream BLOB    NOT NULL,
    seq    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    leaf   INTEGER,
    sealed BLOB,
    PRIMARY KEY (owner, stream, seq)
) STRICT;
CREATE INDEX event_waiting ON event (at) WHERE leaf IS NULL;
CREATE UNIQUE INDEX event_by_leaf ON event (leaf) WHERE leaf IS NOT NULL;

CREATE TABLE leaf (
    number INTEGER NOT NULL PRIMARY KEY,
    owner  BLOB,
    stream BLOB,
    seq    INTEGER,
    erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    body   BLOB,
    hash   BLOB    NOT NULL
) STRICT;

-- One row: the number of leaves. Whoever appends locks it.
CREATE TABLE log_state (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL
) STRICT;
INSERT INTO log_state (id, size) VALUES (1, 0);

CREATE TABLE log_hash (
    idx  INTEGER NOT NULL PRIMARY KEY,
    hash BLOB    NOT NULL
) STRICT;

CREATE TABLE checkpoint (
    size INTEGER NOT NULL PRIMARY KEY,
    root BLOB    NOT NULL,
    note TEXT    NOT NULL,
    at   INTEGER NOT NULL
) STRICT;

CREATE TABLE report (
    id      BLOB    NOT NULL PRIMARY KEY,
    sealed  BLOB    NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
