-- Requests that wait for a person's answer. What a pushed one asks is sealed under its request_uri's secret. What a request of the desk
-- asks stands in clear while it waits, as a short code only finds its row: it is of the unit, of no person, and goes with the answer.
CREATE TABLE request (
    lookup     BLOB    NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    unit       BLOB    NOT NULL REFERENCES owner (id),
    client     BLOB,
    taker      BLOB,
    collector  BLOB,
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'given', 'taken')),
    asked      TEXT,
    sealed     BLOB,
    answer     BLOB,
    answer_mac BLOB,
    created    INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    polled     INTEGER NOT NULL,
    pace       INTEGER NOT NULL,
    mac        BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX request_by_taker ON request (taker) WHERE taker IS NOT NULL;
CREATE INDEX request_by_unit ON request (unit, created);

-- Units that a person has said no to; which ones stands in no column.
CREATE TABLE refusal (
    owner   BLOB    NOT NULL REFERENCES owner (id),
    mark    BLOB    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (owner, mark)
) STRICT, WITHOUT ROWID;

-- How often people said that they felt pressed, by organisation and month (year * 100 + month).
CREATE TABLE pressure (
    organisation BLOB    NOT NULL REFERENCES organisation (id),
    month        INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (organisation, month)
) STRICT, WITHOUT ROWID;

-- Printed cards: each opens a session that can answer one request.
CREATE TABLE card (
    lookup         BLOB    NOT NULL PRIMARY KEY,
    owner          BLOB    NOT NULL REFERENCES owner (id),
    id             BLOB    NOT NULL,
    key_generation INTEGER NOT NULL,
    sealed         BLOB    NOT NULL,
    created        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX card_by_owner ON card (owner, id);
