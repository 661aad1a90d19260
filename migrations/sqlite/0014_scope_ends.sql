-- What a unit might issue once, and from when to when: what it issued then is believed still, unless that too was taken back.
CREATE TABLE issuing_past (
    unit    BLOB    NOT NULL REFERENCES owner (id),
    trades  TEXT    NOT NULL,
    level   TEXT    NOT NULL CHECK (level IN ('E2', 'E3', 'E4', 'E5')),
    state   TEXT    NOT NULL CHECK (state IN ('ended', 'withdrawn')),
    created INTEGER NOT NULL,
    ended   INTEGER NOT NULL,
    mac     BLOB    NOT NULL,
    PRIMARY KEY (unit, created)
) STRICT, WITHOUT ROWID;
