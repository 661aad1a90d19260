-- By which keys of the server the rows were written: with others nobody finds their account, and no old signature is known.
CREATE TABLE server_key (
    name TEXT NOT NULL PRIMARY KEY,
    mark BLOB NOT NULL
) STRICT, WITHOUT ROWID;
