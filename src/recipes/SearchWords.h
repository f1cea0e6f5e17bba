// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace simmer::recipes {

/// Longest word that is searched for or found, UTF-16 units; a longer one is cut.
inline constexpr qsizetype LongestSearchWord = 64;

/// Case, accents, ligatures and width folded away: "Ragù" is "ragu", "Straße" is "strasse",
/// "Smørrebrød" is "smorrebrod".
QString searchFolded(const QString &text);

/// The folded words of a text, letters and digits only, as they are searched for and found.
QStringList searchWords(const QString &text);

/// A word in a text, UTF-16 units.
struct WordPlace {
    qsizetype start = 0;
    qsizetype length = 0;

    bool operator==(const WordPlace &) const = default;
};

/// The words of a text in which one of `wanted`, folded words, stands.
QList<WordPlace> placesOf(const QStringList &wanted, const QString &text);

} // namespace simmer::recipes
