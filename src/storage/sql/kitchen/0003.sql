-- Ended timers fold into history. timer: the one that an op is about, in hex; null for what is
-- never folded. base: the newest seq that was folded; a device that has not come so far takes a
-- snapshot.
ALTER TABLE log ADD COLUMN timer TEXT CHECK (length(timer) = 32);
UPDATE log SET timer = json_extract(CAST(body AS TEXT), '$.subject')
    WHERE json_extract(CAST(body AS TEXT), '$.type') IN
        ('start', 'pause', 'resume', 'add', 'cancel', 'ack', 'snooze', 'rename', 'cues');
CREATE INDEX log_timer ON log (kitchen, timer) WHERE timer IS NOT NULL;
ALTER TABLE kitchens ADD COLUMN base INTEGER NOT NULL DEFAULT 0 CHECK (base >= 0);
-- What is left of a folded op: its id, so that it is known when it is pushed again, and its link,
-- so that a device that had come so far can still be told from one of another log.
CREATE TABLE folded (
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    seq     INTEGER NOT NULL CHECK (seq > 0),
    op      BLOB NOT NULL CHECK (length(op) = 16),
    chain   BLOB NOT NULL CHECK (length(chain) = 32),
    PRIMARY KEY (kitchen, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX folded_op ON folded (kitchen, op);
-- What folded ops tell people: one row a life of a timer. newest: the kitchen time of its newest
-- op; what stands before it comes too late. how: 2 done, 3 cancelled.
CREATE TABLE history (
    id         INTEGER PRIMARY KEY,
    kitchen    BLOB NOT NULL REFERENCES kitchens (id),
    timer      TEXT NOT NULL CHECK (length(timer) = 32),
    newest     INTEGER NOT NULL,
    name       TEXT NOT NULL,
    recipe     BLOB CHECK (length(recipe) = 16),
    step       INTEGER,
    slot       INTEGER,
    started    INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    ended      INTEGER NOT NULL,
    ended_by   TEXT NOT NULL,
    how        INTEGER NOT NULL CHECK (how IN (2, 3))
) STRICT;
CREATE INDEX history_timer ON history (kitchen, timer, newest);
-- How far the log had come at a moment of the server's clock, about once a day: tells which ops
-- came in long ago.
CREATE TABLE marks (
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    at      INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (kitchen, at)
) STRICT, WITHOUT ROWID;
