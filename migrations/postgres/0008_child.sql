-- Narrower tokens (RFC 8693): which token each came from, and a bundle of its own with those keys alone. What it holds and until when is
-- sealed under the secret of what it came from, so that the owner makes it anew at each write; the clear end only lets it be deleted.
ALTER TABLE token ADD COLUMN parent BYTEA NOT NULL DEFAULT '';

CREATE TABLE child (
    owner   UUID   NOT NULL,
    consent UUID   NOT NULL,
    token   BYTEA  NOT NULL,
    parent  BYTEA  NOT NULL,
    until   BIGINT NOT NULL,
    terms   BYTEA  NOT NULL,
    bundle  BYTEA  NOT NULL,
    PRIMARY KEY (owner, consent, token),
    FOREIGN KEY (owner, consent) REFERENCES consent (owner, id)
);
CREATE INDEX child_by_end ON child (until);
