-- Links: consents that whoever holds the whole address opens. How often one has been opened is the number of its consent's events; how
-- many wrong words were tried is the number of events in the link's own stream: an old row put back meets a line that stands already.
CREATE TABLE link (
    id       UUID    NOT NULL PRIMARY KEY,
    owner    UUID    NOT NULL,
    consent  UUID    NOT NULL,
    lookup   BYTEA   NOT NULL,
    word     BYTEA,
    opens    BIGINT  NOT NULL,
    tries    BIGINT  NOT NULL DEFAULT 0,
    versions BYTEA,
    mac      BYTEA   NOT NULL,
    FOREIGN KEY (owner, consent) REFERENCES consent (owner, id)
);
CREATE UNIQUE INDEX link_by_consent ON link (owner, consent);
