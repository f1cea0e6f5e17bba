-- Where a kitchen's worker left off, so that the next one need not read all of the log: the timers
-- (ids, 16 bytes each) that were under way or just over after that seq, and when the first of them
-- wants attention (kitchen time, ms; null: none does). A kitchen without a row was never looked at.
CREATE TABLE stands (
    kitchen BLOB PRIMARY KEY REFERENCES kitchens (id),
    seq     INTEGER NOT NULL CHECK (seq >= 0),
    due     INTEGER,
    timers  BLOB NOT NULL CHECK (length(timers) % 16 = 0)
) STRICT, WITHOUT ROWID;
-- What is not about timers: recipes, mostly.
CREATE INDEX log_rest ON log (entry) WHERE timer IS NULL;
