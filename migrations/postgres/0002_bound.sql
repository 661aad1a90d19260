-- What a clear column would else grant is bound: by an HMAC under the server's look-up key, or inside what the session's cookie seals.
ALTER TABLE owner ADD COLUMN mac BYTEA NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN mac BYTEA NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN mac BYTEA NOT NULL DEFAULT '';
ALTER TABLE invite ADD COLUMN mac BYTEA NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN fields BYTEA;

-- Units that a person has blocked; which ones stands in no column: the mark is an HMAC over person and unit.
CREATE TABLE block (
    owner   UUID   NOT NULL REFERENCES owner (id),
    mark    BYTEA  NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (owner, mark)
);
