-- Requests that wait for a person's answer. What a pushed one asks is sealed under its request_uri's secret. What a request of the desk
-- asks stands in clear while it waits, as a short code only finds its row: it is of the unit, of no person, and goes with the answer.
CREATE TABLE request (
    lookup     BYTEA    NOT NULL PRIMARY KEY,
    id         UUID    NOT NULL UNIQUE,
    unit       UUID    NOT NULL REFERENCES owner (id),
    client     UUID,
    taker      BYTEA,
    collector  BYTEA,
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'given', 'taken')),
    asked      TEXT,
    sealed     BYTEA,
    answer     BYTEA,
    answer_mac BYTEA,
    created    BIGINT NOT NULL,
    until      BIGINT NOT NULL,
    polled     BIGINT NOT NULL,
    pace       BIGINT NOT NULL,
    mac        BYTEA    NOT NULL
);
CREATE UNIQUE INDEX request_by_taker ON request (taker) WHERE taker IS NOT NULL;
CREATE INDEX request_by_unit ON request (unit, created);

-- Units that a person has said no to; which ones stands in no column.
CREATE TABLE refusal (
    owner   UUID    NOT NULL REFERENCES owner (id),
    mark    BYTEA    NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (owner, mark)
);

-- How often people said that they felt pressed, by organisation and month (year * 100 + month).
CREATE TABLE pressure (
    organisation UUID    NOT NULL REFERENCES organisation (id),
    month        BIGINT NOT NULL,
    count        BIGINT NOT NULL,
    PRIMARY KEY (organisation, month)
);

-- Printed cards: each opens a session that can answer one request.
CREATE TABLE card (
    lookup         BYTEA    NOT NULL PRIMARY KEY,
    owner          UUID    NOT NULL REFERENCES owner (id),
    id             UUID    NOT NULL,
    key_generation BIGINT NOT NULL,
    sealed         BYTEA    NOT NULL,
    created        BIGINT NOT NULL
);
CREATE UNIQUE INDEX card_by_owner ON card (owner, id);
