-- An op that comes in costs the disk one place in one tree. number: of a kitchen in this file, the
-- upper bits of its entries' keys; indexed: up to which seq the two tables at the end know its log.
ALTER TABLE kitchens ADD COLUMN number INTEGER CHECK (number > 0);
ALTER TABLE kitchens ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0 CHECK (indexed >= 0);
UPDATE kitchens SET number = numbered.number FROM
    (SELECT id, row_number() OVER (ORDER BY made, id) AS number FROM kitchens) AS numbered
    WHERE kitchens.id = numbered.id;
CREATE UNIQUE INDEX kitchens_number ON kitchens (number);
-- entry: the kitchen's number × 2^40 + seq, so that its entries stand together and in order.
-- newest: the newest kt up to here.
CREATE TABLE log_5 (
    entry   INTEGER PRIMARY KEY,
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    seq     INTEGER NOT NULL CHECK (seq > 0),
    op      BLOB NOT NULL CHECK (length(op) = 16),
    kt      INTEGER NOT NULL,
    newest  INTEGER NOT NULL,
    chain   BLOB NOT NULL CHECK (length(chain) = 32),
    timer   TEXT CHECK (length(timer) = 32),
    body    BLOB NOT NULL
) STRICT;
INSERT INTO log_5 SELECT kitchens.number * 1099511627776 + seq, kitchen, seq, op, kt,
    max(kt) OVER (PARTITION BY kitchen ORDER BY seq), chain, timer, body
    FROM log JOIN kitchens ON kitchens.id = log.kitchen ORDER BY kitchens.number, seq;
DROP TABLE log;
ALTER TABLE log_5 RENAME TO log;
-- Where an op is, by its id and by its timer. They follow the log in strides: what came in since
-- kitchens.indexed is not here yet.
CREATE TABLE ops_by_id (
    kitchen INTEGER NOT NULL,
    op      BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (kitchen, op)
) STRICT, WITHOUT ROWID;
CREATE TABLE ops_by_timer (
    kitchen INTEGER NOT NULL,
    timer   TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (kitchen, timer, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO ops_by_id SELECT entry >> 40, op, seq FROM log ORDER BY 1, 2;
INSERT INTO ops_by_timer SELECT entry >> 40, timer, seq FROM log
    WHERE timer IS NOT NULL ORDER BY 1, 2, 3;
UPDATE kitchens SET indexed = coalesce((SELECT seq FROM log
    WHERE entry >= kitchens.number << 40 AND entry < (kitchens.number + 1) << 40
    ORDER BY entry DESC LIMIT 1), 0);
