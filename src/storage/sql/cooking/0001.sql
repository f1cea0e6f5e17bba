-- Countdowns that were cooked by, one row a run (the op that started it). Kitchen time and lengths
-- in ms; how: 0 done, 1 cancelled, 2 unanswered; overtime: for how long it rang.
CREATE TABLE cooked (
    kitchen  BLOB NOT NULL CHECK (length(kitchen) = 16),
    run      BLOB NOT NULL CHECK (length(run) = 16),
    name     TEXT NOT NULL,
    recipe   BLOB CHECK (length(recipe) = 16),
    step     INTEGER,
    slot     INTEGER,
    cook     TEXT NOT NULL,
    started  INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    planned  INTEGER NOT NULL,
    how      INTEGER NOT NULL CHECK (how IN (0, 1, 2)),
    overtime INTEGER NOT NULL,
    PRIMARY KEY (kitchen, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX cooked_ended ON cooked (ended);
