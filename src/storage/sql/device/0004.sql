-- apart: an op that is part of no timer here any more, because it is in the kitchen's history or
-- the server refused it. Kept, but neither read nor sent.
ALTER TABLE ops ADD COLUMN apart INTEGER NOT NULL DEFAULT 0 CHECK (apart IN (0, 1));
DROP INDEX ops_outbox;
DROP INDEX ops_awake;
CREATE INDEX ops_outbox ON ops (kt) WHERE seq IS NULL AND apart = 0;
CREATE INDEX ops_awake ON ops (id) WHERE rests = 0 AND apart = 0;
