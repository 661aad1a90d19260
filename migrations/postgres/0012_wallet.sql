-- Wallets of others. What our verify page asks of one: the question lies sealed under the secret of the address to which the answer goes,
-- the answer to a key that only whoever asked makes. Ends after minutes.
CREATE TABLE wallet_ask (
    lookup  BYTEA    NOT NULL PRIMARY KEY,
    sealed  BYTEA    NOT NULL,
    answer  BYTEA,
    created BIGINT NOT NULL,
    until   BIGINT NOT NULL
);
CREATE INDEX wallet_ask_by_end ON wallet_ask (until);

-- What a wallet may have issued: by the code of an offer, then by the token that came of it. What is to be signed lies sealed under the
-- code or the token; a used code has none, and the token that came of it goes where the code is brought again.
CREATE TABLE wallet_code (
    lookup  BYTEA    NOT NULL PRIMARY KEY,
    unit    UUID     NOT NULL REFERENCES owner (id),
    kind    TEXT    NOT NULL CHECK (kind IN ('code', 'token')),
    parent  BYTEA,
    sealed  BYTEA,
    tries   BIGINT NOT NULL DEFAULT 0,
    used    BIGINT NOT NULL DEFAULT 0,
    created BIGINT NOT NULL,
    until   BIGINT NOT NULL
);
CREATE INDEX wallet_code_by_parent ON wallet_code (parent);
CREATE INDEX wallet_code_by_end ON wallet_code (until);

-- By what a unit serves wallets at once, where its administrator has switched that on: the private half is sealed under a key of the
-- server's own, and goes when it is switched off; the public one stays, for what was signed.
CREATE TABLE wallet_key (
    unit    UUID     NOT NULL REFERENCES owner (id),
    kid     BYTEA    NOT NULL,
    public  BYTEA    NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('active', 'retired')),
    sealed  BYTEA,
    created BIGINT NOT NULL,
    retired BIGINT,
    mac     BYTEA    NOT NULL,
    PRIMARY KEY (unit, kid)
);
CREATE UNIQUE INDEX wallet_key_active ON wallet_key (unit) WHERE state = 'active';
