-- Programs that units have registered: what people are told that asks, where the answer may go, and public keys.
CREATE TABLE client (
    id        UUID   NOT NULL PRIMARY KEY,
    unit      UUID   NOT NULL REFERENCES owner (id),
    name      TEXT   NOT NULL,
    redirects TEXT   NOT NULL,
    keys      BYTEA  NOT NULL,
    created   BIGINT NOT NULL,
    changed   BIGINT NOT NULL,
    ended     BIGINT,
    mac       BYTEA  NOT NULL
);
CREATE INDEX client_by_unit ON client (unit);

-- What may be presented once and was: assertions and proofs, for as long as they would else be taken again.
CREATE TABLE once (
    mark  BYTEA  NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE INDEX once_by_until ON once (until);
