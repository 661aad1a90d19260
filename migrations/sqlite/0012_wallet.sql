-- Wallets of others. What our verify page asks of one: the question lies sealed under the secret of the address to which the answer goes,
-- the answer to a key that only whoever asked makes. Ends after minutes.
CREATE TABLE wallet_ask (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    sealed  BLOB    NOT NULL,
    answer  BLOB,
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wallet_ask_by_end ON wallet_ask (until);

-- What a wallet may have issued: by the code of an offer, then by the token that came of it. What is to be signed lies sealed under the
-- code or the token; a used code has none, and the token that came of it goes where the code is brought again.
CREATE TABLE wallet_code (
    lookup  BLOB    NOT NULL PRIMARY KEY,
    unit    BLOB    NOT NULL REFERENCES owner (id),
    kind    TEXT    NOT NULL CHECK (kind IN ('code', 'token')),
    parent  BLOB,
    sealed  BLOB,
    tries   INTEGER NOT NULL DEFAULT 0,
    used    INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wallet_code_by_parent ON wallet_code (parent);
CREATE INDEX wallet_code_by_end ON wallet_code (until);

-- By what a unit serves wallets at once, where its administrator has switched that on: the private half is sealed under a key of the
-- server's own, and goes when it is switched off; the public one stays, for what was signed.
CREATE TABLE wallet_key (
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
CREATE UNIQUE INDEX wallet_key_active ON wallet_key (unit) WHERE state = 'active';
