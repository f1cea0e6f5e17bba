-- Many kitchens in one file. made: when (wall clock, ms; the oldest is the server's first); of a
-- device its role (0 owner, 1 cook, 2 viewer; who was here before may do all), the SHA-256 of its
-- public key when it is known by that, of its token when by that, and when it was last here.
ALTER TABLE kitchens ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
CREATE TABLE devices_2 (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    kitchen BLOB NOT NULL REFERENCES kitchens (id),
    name    TEXT NOT NULL,
    role    INTEGER NOT NULL CHECK (role IN (0, 1, 2)),
    key     BLOB CHECK (length(key) = 32),
    token   BLOB CHECK (length(token) = 32),
    joined  INTEGER NOT NULL,
    seen    INTEGER,
    CHECK (key IS NOT NULL OR token IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO devices_2 (id, kitchen, name, role, key, token, joined)
    SELECT id, kitchen, name, 0, NULL, token, joined FROM devices;
DROP TABLE devices;
ALTER TABLE devices_2 RENAME TO devices;
CREATE INDEX devices_kitchen ON devices (kitchen, joined);
CREATE UNIQUE INDEX devices_token ON devices (token) WHERE token IS NOT NULL;
ALTER TABLE invites ADD COLUMN role INTEGER NOT NULL DEFAULT 0 CHECK (role IN (0, 1, 2));
