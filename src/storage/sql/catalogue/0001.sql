-- What the library shows and searches. All of it can be made again from the log.
-- words_print and entry_print tell whether a recipe is still as it stands here.
CREATE TABLE recipes (
    number      INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    words_print INTEGER NOT NULL,
    entry_print INTEGER NOT NULL,
    entry       BLOB NOT NULL
) STRICT;
-- Its texts are folded and cut into words before they come here: nothing is left to a tokenizer.
CREATE VIRTUAL TABLE words USING fts5 (
    title, tags, ingredients, notes, tokenize = 'ascii', detail = 'column', prefix = '1 2 3');
-- Each word that ever stood there, to be searched for words inside of words.
CREATE TABLE vocabulary (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
