-- What a unit or an organisation is called, of which kind it is and by whom its staff sign in decide what it may be given: bound like
-- the other rows, by an HMAC under the server's look-up key.
ALTER TABLE organisation ADD COLUMN mac BLOB NOT NULL DEFAULT X'';
ALTER TABLE unit ADD COLUMN mac BLOB NOT NULL DEFAULT X'';
