-- Where a unit's own system is told of its consents: one address for each unit, bound by an HMAC so that no other is told.
CREATE TABLE receiver (
    unit    BLOB    NOT NULL PRIMARY KEY REFERENCES owner (id),
    url     TEXT    NOT NULL,
    created INTEGER NOT NULL,
    mac     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- What is to be told: written in the transaction that it tells of. Ids, kind and times; nothing sealed, nothing of a person.
CREATE TABLE delivery (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    id      BLOB    NOT NULL,
    consent BLOB,
    kind    TEXT    NOT NULL CHECK (kind IN ('given', 'changed', 'withdrawn', 'expired', 'invalidated', 'test')),
    at      INTEGER NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    tries   INTEGER NOT NULL DEFAULT 0,
    due     INTEGER NOT NULL,
    ended   INTEGER,
    fault   TEXT,
    PRIMARY KEY (unit, id)
) STRICT;
CREATE INDEX delivery_by_due ON delivery (due) WHERE state = 'waiting';

-- Numbers what changes in a unit's inbox, so that "changed since" misses nothing: the row is locked until its change is committed.
CREATE TABLE inbox_count (
    unit    BLOB    NOT NULL PRIMARY KEY REFERENCES owner (id),
    changes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE inbox ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
-- When the unit said that it knows of the end.
ALTER TABLE inbox ADD COLUMN acknowledged INTEGER;
UPDATE inbox SET changed = COALESCE(ended, arrived),
    change = (SELECT count(*) FROM inbox AS one WHERE one.unit = inbox.unit AND (one.arrived, one.consent) <= (inbox.arrived, inbox.consent));
INSERT INTO inbox_count (unit, changes) SELECT unit, count(*) FROM inbox GROUP BY unit;
CREATE INDEX inbox_by_change ON inbox (unit, change);
