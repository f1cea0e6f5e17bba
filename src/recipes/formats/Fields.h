// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace simmer::recipes::formats {

/// The BCP 47 primary tag of "en-US" or "en_GB" ("en"); empty for what is no tag.
QString primaryTag(const QString &tag);

/// A yield in words: a bare number counts servings ("6" is "6 servings").
QString yieldInWords(const QString &yield);

/// Whether the text holds a letter of any script.
bool hasLetters(const QString &text);

/// Whether the text is an address of the web, the only kind that is kept as one.
bool isWebAddress(const QString &text);

} // namespace simmer::recipes::formats
