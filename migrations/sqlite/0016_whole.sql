-- That the database holds the demonstration, whose passphrases are public: it is never served for real, wherever its file goes.
CREATE TABLE demonstration (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL
) STRICT;

-- That no restore is under way. No backup holds this row, and a restore writes it when all that had ended has ended again; without it
-- nothing is served.
CREATE TABLE whole (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL
) STRICT;
INSERT INTO whole (id, since) VALUES (1, 0);
