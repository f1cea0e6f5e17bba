-- What this device knows: who it is, and every op with its place in kitchen time.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
-- seq NULL: in the outbox, not yet seen in the server's verified log.
CREATE TABLE ops (
    id    BLOB PRIMARY KEY CHECK (length(id) = 16),
    kt    INTEGER NOT NULL,
    seq   INTEGER UNIQUE,
    body  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ops_outbox ON ops (kt) WHERE seq IS NULL;
-- What the server refused for good: shown, never sent again.
CREATE TABLE refused (
    id    BLOB PRIMARY KEY REFERENCES ops (id),
    why   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
