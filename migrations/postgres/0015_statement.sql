-- What a unit states, to everyone it asks, of what it does with what it reads: its own public words, bound by an HMAC so that nobody
-- who only writes the database puts others into its mouth.
CREATE TABLE statement (
    unit    uuid   NOT NULL PRIMARY KEY REFERENCES owner (id),
    body    text   NOT NULL,
    created bigint NOT NULL,
    mac     bytea  NOT NULL
);
