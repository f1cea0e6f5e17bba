-- With a rowid (a recipe's body is far larger than what a clustered key carries well), with the
-- timer or recipe that each op is about, and whether it rests: ended long ago, not read at the
-- start.
CREATE TABLE ops_3 (
    id      BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    kt      INTEGER NOT NULL,
    seq     INTEGER UNIQUE,
    subject TEXT NOT NULL CHECK (length(subject) = 32),
    rests   INTEGER NOT NULL DEFAULT 0 CHECK (rests IN (0, 1)),
    body    BLOB NOT NULL
) STRICT;
INSERT INTO ops_3 (id, kt, seq, subject, body)
    SELECT id, kt, seq, json_extract(CAST(body AS TEXT), '$.subject'), body FROM ops;
CREATE TABLE refused_3 (
    id    BLOB PRIMARY KEY REFERENCES ops_3 (id),
    why   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO refused_3 SELECT id, why FROM refused;
DROP TABLE refused;
DROP TABLE ops;
ALTER TABLE ops_3 RENAME TO ops;
ALTER TABLE refused_3 RENAME TO refused;
CREATE INDEX ops_outbox ON ops (kt) WHERE seq IS NULL;
CREATE INDEX ops_awake ON ops (id) WHERE rests = 0;
CREATE INDEX ops_subject ON ops (subject, rests);
