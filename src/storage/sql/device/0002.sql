-- The rings that this device made, each written before its sound: after a crash the same ring goes
-- on, never a second one. kind: 0 on time, 1 late, 2 missed.
CREATE TABLE rings (
    ring_key BLOB PRIMARY KEY CHECK (length(ring_key) = 16),
    timer    BLOB NOT NULL CHECK (length(timer) = 16),
    kind     INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
