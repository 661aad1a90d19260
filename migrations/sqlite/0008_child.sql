-- Narrower tokens (RFC 8693): which token each came from, and a bundle of its own with those keys alone. What it holds and until when is
-- sealed under the secret of what it came from, so that the owner makes it anew at each write; the clear end only lets it be deleted.
ALTER TABLE token ADD COLUMN parent BLOB NOT NULL DEFAULT X'';

CREATE TABLE child (
    owner   BLOB    NOT NULL,
    consent BLOB    NOT NULL,
    token   BLOB    NOT NULL,
    parent  BLOB    NOT NULL,
    until   INTEGER NOT NULL,
    terms   BLOB    NOT NULL,
    bundle  BLOB    NOT NULL,
    PRIMARY KEY (owner, consent, token),
    FOREIGN KEY (owner, consent) REFERENCES consent (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX child_by_end ON child (until);
