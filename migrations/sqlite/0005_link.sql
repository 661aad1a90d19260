-- Links: consents that whoever holds the whole address opens. How often one has been opened is the number of its consent's events; how
-- many wrong words were tried is the number of events in the link's own stream: an old row put back meets a line that stands already.
CREATE TABLE link (
    id       BLOB    NOT NULL PRIMARY KEY,
    owner    BLOB    NOT NULL,
    consent  BLOB    NOT NULL,
    lookup   BLOB    NOT NULL,
    word     BLOB,
    opens    INTEGER NOT NULL,
    tries    INTEGER NOT NULL DEFAULT 0,
    versions BLOB,
    mac      BLOB    NOT NULL,
    FOREIGN KEY (owner, consent) REFERENCES consent (owner, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX link_by_consent ON link (owner, consent);
