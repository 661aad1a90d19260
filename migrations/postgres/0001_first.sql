-- Whoever has a keyring. Ids, counts, times, states and a public key: nothing that says who it is.
CREATE TABLE owner (
    id             uuid     NOT NULL PRIMARY KEY,
    kind           text    NOT NULL CHECK (kind IN ('participant', 'unit', 'staff')),
    public_key     bytea    NOT NULL,
    key_generation bigint NOT NULL,
    event_seq      bigint NOT NULL DEFAULT 0,
    created        bigint NOT NULL,
    erase_after    bigint
);

CREATE TABLE account (
    lookup  bytea    NOT NULL PRIMARY KEY,
    owner   uuid     NOT NULL REFERENCES owner (id),
    created bigint NOT NULL
);
CREATE INDEX account_by_owner ON account (owner);

CREATE TABLE slot (
    owner          uuid     NOT NULL REFERENCES owner (id),
    id             uuid     NOT NULL,
    kind           text    NOT NULL CHECK (kind IN ('passphrase', 'recovery', 'passkey', 'helper')),
    parameters     bytea    NOT NULL,
    key_generation bigint NOT NULL,
    sealed         bytea    NOT NULL,
    created        bigint NOT NULL,
    PRIMARY KEY (owner, id)
);

CREATE TABLE session (
    lookup  bytea    NOT NULL PRIMARY KEY,
    id      uuid     NOT NULL,
    owner   uuid     NOT NULL REFERENCES owner (id),
    kind    text    NOT NULL CHECK (kind IN ('participant', 'staff')),
    shared  bigint NOT NULL CHECK (shared IN (0, 1)),
    created bigint NOT NULL,
    seen    bigint NOT NULL,
    fresh   bigint,
    ended   bigint,
    sealed  bytea
);
CREATE INDEX session_by_owner ON session (owner);

CREATE TABLE login (
    lookup  bytea    NOT NULL PRIMARY KEY,
    sealed  bytea    NOT NULL,
    created bigint NOT NULL
);

CREATE TABLE draft (
    owner   uuid     NOT NULL REFERENCES owner (id),
    id      uuid     NOT NULL,
    sealed  bytea    NOT NULL,
    created bigint NOT NULL,
    PRIMARY KEY (owner, id)
);

CREATE TABLE manifest (
    owner      uuid     NOT NULL PRIMARY KEY REFERENCES owner (id),
    generation bigint NOT NULL,
    sealed     bytea    NOT NULL
);

CREATE TABLE entry_version (
    owner   uuid     NOT NULL REFERENCES owner (id),
    version uuid     NOT NULL,
    entry   uuid     NOT NULL,
    key     bytea    NOT NULL,
    sealed  bytea    NOT NULL,
    created bigint NOT NULL,
    PRIMARY KEY (owner, version)
);
CREATE INDEX entry_version_by_entry ON entry_version (owner, entry);

-- Entries that a restore has destroyed anew, while their owner's sealed manifest still names them.
CREATE TABLE ended_entry (
    owner uuid  NOT NULL REFERENCES owner (id),
    entry uuid  NOT NULL,
    mac   bytea NOT NULL,
    PRIMARY KEY (owner, entry)
);

CREATE TABLE consent (
    owner       uuid     NOT NULL REFERENCES owner (id),
    id          uuid     NOT NULL,
    unit        uuid     NOT NULL REFERENCES owner (id),
    state       text    NOT NULL CHECK (state IN ('requested', 'given', 'refused', 'withdrawn', 'expired', 'invalidated')),
    generation  bigint NOT NULL,
    event_seq   bigint NOT NULL DEFAULT 0,
    valid_from  bigint NOT NULL,
    valid_until bigint NOT NULL,
    ended_at    bigint,
    created     bigint NOT NULL,
    secret      bytea    NOT NULL,
    terms       bytea    NOT NULL,
    bundle      bytea,
    PRIMARY KEY (owner, id)
);
CREATE INDEX consent_by_end ON consent (valid_until) WHERE state = 'given';

CREATE TABLE token (
    lookup     bytea    NOT NULL PRIMARY KEY,
    owner      uuid     NOT NULL,
    consent    uuid     NOT NULL,
    unit       uuid     NOT NULL,
    minted_by  uuid ,
    kind       text    NOT NULL CHECK (kind IN ('access', 'refresh', 'code', 'link')),
    client     text    NOT NULL,
    thumbprint bytea    NOT NULL,
    issued     bigint NOT NULL,
    until      bigint NOT NULL,
    ended_at   bigint,
    sealed     bytea,
    label      bytea,
    FOREIGN KEY (owner, consent) REFERENCES consent (owner, id)
);
CREATE INDEX token_by_consent ON token (owner, consent);
CREATE INDEX token_by_unit ON token (unit);

CREATE TABLE organisation (
    id      uuid     NOT NULL PRIMARY KEY,
    number  text    NOT NULL UNIQUE,
    name    text    NOT NULL,
    kind    text    NOT NULL,
    issuer  text    NOT NULL,
    created bigint NOT NULL
);

CREATE TABLE unit (
    id           uuid     NOT NULL PRIMARY KEY REFERENCES owner (id),
    organisation uuid     NOT NULL REFERENCES organisation (id),
    name         text    NOT NULL,
    kind         text    NOT NULL,
    municipality text    NOT NULL,
    folded       text    NOT NULL,
    state        text    NOT NULL CHECK (state IN ('new', 'open', 'closed')),
    rotate       bigint  NOT NULL DEFAULT 0 CHECK (rotate IN (0, 1)),
    created      bigint NOT NULL
);
CREATE INDEX unit_by_organisation ON unit (organisation);

CREATE TABLE staff (
    unit    uuid     NOT NULL REFERENCES owner (id),
    id      uuid     NOT NULL REFERENCES owner (id),
    role    text    NOT NULL CHECK (role IN ('administrator', 'reader')),
    state   text    NOT NULL CHECK (state IN ('active', 'left')),
    created bigint NOT NULL,
    name    bytea    NOT NULL,
    root    bytea,
    PRIMARY KEY (unit, id)
);
CREATE INDEX staff_by_id ON staff (id);

CREATE TABLE invite (
    lookup  bytea    NOT NULL PRIMARY KEY,
    unit    uuid     NOT NULL,
    id      uuid     NOT NULL,
    role    text    NOT NULL CHECK (role IN ('administrator', 'reader')),
    sealed  bytea,
    name    bytea,
    created bigint NOT NULL,
    until   bigint NOT NULL
);
CREATE INDEX invite_by_unit ON invite (unit);

CREATE TABLE inbox (
    unit    uuid     NOT NULL REFERENCES owner (id),
    consent uuid     NOT NULL,
    owner   uuid     NOT NULL,
    state   text    NOT NULL CHECK (state IN ('given', 'withdrawn', 'expired', 'invalidated')),
    arrived bigint NOT NULL,
    ended   bigint,
    secret  bytea,
    record  bytea    NOT NULL,
    mac     bytea    NOT NULL,
    label   bytea,
    PRIMARY KEY (unit, consent)
);

CREATE TABLE event (
    owner  uuid     NOT NULL,
    stream uuid     NOT NULL,
    seq    bigint NOT NULL,
    at     bigint NOT NULL,
    leaf   bigint,
    sealed bytea,
    PRIMARY KEY (owner, stream, seq)
);
CREATE INDEX event_waiting ON event (at) WHERE leaf IS NULL;
CREATE UNIQUE INDEX event_by_leaf ON event (leaf) WHERE leaf IS NOT NULL;

CREATE TABLE leaf (
    number bigint NOT NULL PRIMARY KEY,
    owner  uuid ,
    stream uuid ,
    seq    bigint,
    erased bigint NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    body   bytea,
    hash   bytea    NOT NULL
);

-- One row: the number of leaves. Whoever appends locks it.
CREATE TABLE log_state (
    id   bigint  NOT NULL PRIMARY KEY CHECK (id = 1),
    size bigint  NOT NULL
);
INSERT INTO log_state (id, size) VALUES (1, 0);

CREATE TABLE log_hash (
    idx  bigint NOT NULL PRIMARY KEY,
    hash bytea    NOT NULL
);

CREATE TABLE checkpoint (
    size bigint NOT NULL PRIMARY KEY,
    root bytea    NOT NULL,
    note text    NOT NULL,
    at   bigint NOT NULL
);

CREATE TABLE report (
    id      uuid    NOT NULL PRIMARY KEY,
    sealed  bytea   NOT NULL,
    created bigint  NOT NULL
);
