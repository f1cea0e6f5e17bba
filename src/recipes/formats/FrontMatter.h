// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/formats/Cooklang.h"

namespace simmer::recipes::formats::cooklang {

/// "key: value" as an entry; a value without a key has an empty one.
Entry entryOf(const QString &line);

/// Appends the entries of the YAML front matter that `text` (lines end with "\n") begins with, and
/// returns where the recipe begins; 0 when there is no front matter or it never ends. Read is the
/// YAML that recipes use: values, quoted ones, lists, blocks of text, one level of nesting
/// ("source:" / "  url: …" is the key "source.url"). What it cannot read is left out.
qsizetype parseFrontMatter(const QString &text, QList<Entry> &entries);

} // namespace simmer::recipes::formats::cooklang
