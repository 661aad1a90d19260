-- Proofs that a person holds: the whole credential with the key that it is bound to, beside the entry that says what may be shared. And
-- showings: one or more of them shown to whoever has a code. What is shown lies sealed under the code, the code once more under its
-- owner's key; the clear columns may end a showing, never open one.
CREATE TABLE held (
    owner   UUID   NOT NULL REFERENCES owner (id),
    entry   UUID   NOT NULL,
    sealed  BYTEA  NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (owner, entry)
);

CREATE TABLE showing (
    lookup  BYTEA  NOT NULL PRIMARY KEY,
    owner   UUID   NOT NULL REFERENCES owner (id),
    id      UUID   NOT NULL,
    opens   BIGINT NOT NULL,
    opened  BIGINT NOT NULL DEFAULT 0,
    created BIGINT NOT NULL,
    until   BIGINT NOT NULL,
    ended   BIGINT,
    sealed  BYTEA,
    secret  BYTEA  NOT NULL,
    mac     BYTEA  NOT NULL
);
CREATE UNIQUE INDEX showing_by_owner ON showing (owner, id);
CREATE INDEX showing_by_end ON showing (until);
