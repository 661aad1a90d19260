-- What a clear column would else grant is bound: by an HMAC under the server's look-up key, or inside what the session's cookie seals.
ALTER TABLE owner ADD COLUMN mac BLOB NOT NULL DEFAULT X'';
ALTER TABLE account ADD COLUMN mac BLOB NOT NULL DEFAULT X'';
ALTER TABLE staff ADD COLUMN mac BLOB NOT NULL DEFAULT X'';
ALTER TABLE invite ADD COLUMN mac BLOB NOT NULL DEFAULT X'';
ALTER TABLE session ADD COLUMN fields BLOB;

-- Units that a person has blocked; which ones stands in no column: the mark is an HMAC over person and unit.
CREATE TABLE block (
    owner   BLOB    NOT NULL REFERENCES owner (id),
    mark    BLOB    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (owner, mark)
) STRICT, WITHOUT ROWID;
