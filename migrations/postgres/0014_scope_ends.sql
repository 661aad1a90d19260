-- What a unit might issue once, and from when to when: what it issued then is believed still, unless that too was taken back.
CREATE TABLE issuing_past (
    unit    uuid   NOT NULL REFERENCES owner (id),
    trades  text   NOT NULL,
    level   text   NOT NULL CHECK (level IN ('E2', 'E3', 'E4', 'E5')),
    state   text   NOT NULL CHECK (state IN ('ended', 'withdrawn')),
    created bigint NOT NULL,
    ended   bigint NOT NULL,
    mac     bytea  NOT NULL,
    PRIMARY KEY (unit, created)
);
