-- Kitchen time of the newest boot: what it is ahead of the time since boot, when this was written
-- (it is never before that), and whether it is the time of the world.
CREATE TABLE clock (
    kitchen BLOB PRIMARY KEY REFERENCES kitchens (id),
    boot    BLOB NOT NULL CHECK (length(boot) = 16),
    ahead   INTEGER NOT NULL,
    kept    INTEGER NOT NULL,
    civil   INTEGER NOT NULL CHECK (civil IN (0, 1))
) STRICT, WITHOUT ROWID;
-- The newest kitchen time at once, however long the log is.
CREATE INDEX log_kt ON log (kitchen, kt);
