-- A third role beside administrator and reader: who assesses and issues.
ALTER TABLE staff DROP CONSTRAINT staff_role_check;
ALTER TABLE staff ADD CONSTRAINT staff_role_check CHECK (role IN ('administrator', 'reader', 'issuer'));
ALTER TABLE invite DROP CONSTRAINT invite_role_check;
ALTER TABLE invite ADD CONSTRAINT invite_role_check CHECK (role IN ('administrator', 'reader', 'issuer'));

-- What a unit may issue: written by the operator alone, bound by an HMAC since it grants.
CREATE TABLE issuing_scope (
    unit    uuid   NOT NULL PRIMARY KEY REFERENCES owner (id),
    trades  text   NOT NULL,
    level   text   NOT NULL CHECK (level IN ('E2', 'E3', 'E4', 'E5')),
    created bigint NOT NULL,
    mac     bytea  NOT NULL
);

-- By what a unit signs. The private half is sealed under the unit's wrap key, and goes when the key is retired; the public one stays.
CREATE TABLE issuing_key (
    unit    uuid   NOT NULL REFERENCES owner (id),
    kid     bytea  NOT NULL,
    public  bytea  NOT NULL,
    state   text   NOT NULL CHECK (state IN ('active', 'retired')),
    sealed  bytea,
    created bigint NOT NULL,
    retired bigint,
    mac     bytea  NOT NULL,
    PRIMARY KEY (unit, kid)
);
CREATE UNIQUE INDEX issuing_key_active ON issuing_key (unit) WHERE state = 'active';

-- What a unit has published: against what it assesses, and against what people compare themselves.
CREATE TABLE framework (
    unit    uuid   NOT NULL REFERENCES owner (id),
    id      uuid   NOT NULL,
    name    text   NOT NULL,
    version text   NOT NULL,
    body    text   NOT NULL,
    created bigint NOT NULL,
    ended   bigint,
    mac     bytea  NOT NULL,
    PRIMARY KEY (unit, id)
);
CREATE UNIQUE INDEX framework_by_id ON framework (id);
CREATE UNIQUE INDEX framework_by_name ON framework (unit, name, version);

-- Assessments that wait for a second person, or were sent back to the first. Who did what decides by what is sealed.
CREATE TABLE assessment (
    unit    uuid   NOT NULL REFERENCES owner (id),
    id      uuid   NOT NULL,
    member  uuid   NOT NULL,
    state   text   NOT NULL CHECK (state IN ('waiting', 'returned')),
    created bigint NOT NULL,
    changed bigint NOT NULL,
    sealed  bytea  NOT NULL,
    PRIMARY KEY (unit, id)
);

-- Many at once, from a file. The codes are made from the secret, which goes when they have been printed.
CREATE TABLE batch (
    unit    uuid   NOT NULL REFERENCES owner (id),
    id      uuid   NOT NULL,
    member  uuid   NOT NULL,
    state   text   NOT NULL CHECK (state IN ('checked', 'waiting', 'returned', 'issuing', 'issued')),
    total   bigint NOT NULL,
    done    bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    sealed  bytea  NOT NULL,
    secret  bytea,
    PRIMARY KEY (unit, id)
);

-- Which of a unit's proofs are withdrawn, as bits and as both signed forms that checkers fetch. Public: an index says nothing of anyone.
CREATE TABLE status_list (
    unit       uuid   NOT NULL REFERENCES owner (id),
    number     bigint NOT NULL,
    size       bigint NOT NULL,
    bits       bytea  NOT NULL,
    token      text  ,
    revocation text  ,
    changed    bigint NOT NULL,
    PRIMARY KEY (unit, number)
);

-- What a unit has issued. Of whom and what is sealed under the unit's wrap key.
CREATE TABLE issued (
    unit    uuid   NOT NULL REFERENCES owner (id),
    id      uuid   NOT NULL,
    list    bigint NOT NULL,
    place   bigint NOT NULL,
    state   text   NOT NULL CHECK (state IN ('offered', 'taken', 'withdrawn')),
    created bigint NOT NULL,
    until   bigint NOT NULL,
    sealed  bytea  NOT NULL,
    mac     bytea  NOT NULL,
    PRIMARY KEY (unit, id)
);
CREATE UNIQUE INDEX issued_by_place ON issued (unit, list, place);

-- Proofs that wait for whoever has their code: sealed under the code's key, found by its look-up hash. Taken once.
CREATE TABLE offer (
    lookup  bytea  NOT NULL PRIMARY KEY,
    unit    uuid   NOT NULL,
    issued  uuid   NOT NULL,
    sealed  bytea,
    created bigint NOT NULL,
    until   bigint NOT NULL,
    FOREIGN KEY (unit, issued) REFERENCES issued (unit, id)
);
CREATE UNIQUE INDEX offer_by_issued ON offer (unit, issued);
CREATE INDEX offer_by_end ON offer (until);
