-- Photos, named by the SHA-256 of their bytes, in a file of their own on a device and on a server.
-- here: how many bytes of size there are, from the first on. When all are, the hash was right.
-- changed: by the wall clock, ms.
CREATE TABLE blobs (
    hash    BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
    size    INTEGER NOT NULL CHECK (size > 0),
    here    INTEGER NOT NULL CHECK (here BETWEEN 0 AND size),
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- A part is as long as base/Blob.h has it.
CREATE TABLE parts (
    hash  BLOB NOT NULL REFERENCES blobs (hash) ON DELETE CASCADE,
    at    INTEGER NOT NULL CHECK (at >= 0),
    bytes BLOB NOT NULL,
    PRIMARY KEY (hash, at)
) STRICT;
-- On a device: photos that recipes here name.
CREATE TABLE wishes (
    hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;
-- On a device: what the server last said of photos that are here: it has them (refused is NULL),
-- or why it will not have them. at: when, by the wall clock, ms.
CREATE TABLE answers (
    hash    BLOB PRIMARY KEY NOT NULL REFERENCES blobs (hash) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    refused TEXT
) STRICT, WITHOUT ROWID;
