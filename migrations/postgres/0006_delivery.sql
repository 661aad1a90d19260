-- Where a unit's own system is told of its consents: one address for each unit, bound by an HMAC so that no other is told.
CREATE TABLE receiver (
    unit    UUID   NOT NULL PRIMARY KEY REFERENCES owner (id),
    url     TEXT   NOT NULL,
    created BIGINT NOT NULL,
    mac     BYTEA  NOT NULL
);

-- What is to be told: written in the transaction that it tells of. Ids, kind and times; nothing sealed, nothing of a person.
CREATE TABLE delivery (
    unit    UUID   NOT NULL REFERENCES owner (id),
    id      UUID   NOT NULL,
    consent UUID,
    kind    TEXT   NOT NULL CHECK (kind IN ('given', 'changed', 'withdrawn', 'expired', 'invalidated', 'test')),
    at      BIGINT NOT NULL,
    state   TEXT   NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    tries   BIGINT NOT NULL DEFAULT 0,
    due     BIGINT NOT NULL,
    ended   BIGINT,
    fault   TEXT,
    PRIMARY KEY (unit, id)
);
CREATE INDEX delivery_by_due ON delivery (due) WHERE state = 'waiting';

-- Numbers what changes in a unit's inbox, so that "changed since" misses nothing: the row is locked until its change is committed.
CREATE TABLE inbox_count (
    unit    UUID   NOT NULL PRIMARY KEY REFERENCES owner (id),
    changes BIGINT NOT NULL
);

ALTER TABLE inbox ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
-- When the unit said that it knows of the end.
ALTER TABLE inbox ADD COLUMN acknowledged BIGINT;
UPDATE inbox SET changed = COALESCE(ended, arrived),
    change = (SELECT count(*) FROM inbox AS one WHERE one.unit = inbox.unit AND (one.arrived, one.consent) <= (inbox.arrived, inbox.consent));
INSERT INTO inbox_count (unit, changes) SELECT unit, count(*) FROM inbox GROUP BY unit;
CREATE INDEX inbox_by_change ON inbox (unit, change);
