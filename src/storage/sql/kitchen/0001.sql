-- The kitchens that this server keeps.
CREATE TABLE kitchens (
    id     BLOB PRIMARY KEY CHECK (length(id) = 16),
    name   TEXT NOT NULL,
    epoch  BLOB NOT NULL CHECK (length(epoch) = 16)
) STRICT, WITHOUT ROWID;
-- Each kitchen's ops in server order; chain is the link after the entry, body the op's canonical
-- bytes. With a rowid: a recipe's body is far larger than what a clustered key carries well.
CREATE TABLE log (
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    seq     INTEGER NOT NULL CHECK (seq > 0),
    op      BLOB NOT NULL CHECK (length(op) = 16),
    kt      INTEGER NOT NULL,
    chain   BLOB NOT NULL CHECK (length(chain) = 32),
    body    BLOB NOT NULL,
    PRIMARY KEY (kitchen, seq)
) STRICT;
CREATE UNIQUE INDEX log_op ON log (kitchen, op);
-- Devices that joined; of a token only its SHA-256 is kept.
CREATE TABLE devices (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    name    TEXT NOT NULL,
    token   BLOB NOT NULL CHECK (length(token) = 32),
    joined  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_kitchen ON devices (kitchen, joined);
-- One-time codes, as SHA-256; single use, soon over. wrong counts the bad codes that were tried
-- while this one was open.
CREATE TABLE invites (
    code    BLOB PRIMARY KEY CHECK (length(code) = 32),
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    expires INTEGER NOT NULL,
    wrong   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
