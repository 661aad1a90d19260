-- That the database holds the demonstration, whose passphrases are public: it is never served for real, wherever its file goes.
CREATE TABLE demonstration (
    id    bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    since bigint NOT NULL
);

-- That no restore is under way. No backup holds this row, and a restore writes it when all that had ended has ended again; without it
-- nothing is served.
CREATE TABLE whole (
    id    bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    since bigint NOT NULL
);
INSERT INTO whole (id, since) VALUES (1, 0);
