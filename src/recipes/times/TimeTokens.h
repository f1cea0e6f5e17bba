// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace simmer::recipes {

/// The smallest piece of a text that the finder looks at.
struct TimeToken {
    enum class Kind { Word, Figure, Dash, Slash, Comma, Dot, Symbol };

    Kind kind = Kind::Symbol;
    bool spaceBefore = false;
    bool glued = false;    ///< a figure directly behind a word: the 30 of "1h30", the 2 of "V2"
    bool usable = true;    ///< false for a figure that can't count anything: "1.2.3"
    bool fraction = false; ///< a figure that may follow a whole one: "1/2", "½"
    int above = 0;         ///< the numerator where it was written with a slash: 2 of "2/3"
    double value = 0;      ///< of a figure: "1.5", "½", "3/4", "1:30" (one and a half)
    int start = 0;         ///< in UTF-16 units
    int end = 0;
    QString folded; ///< a word or symbol without case and accents
};

/// Case, widths and ligatures put aside.
QString foldedWord(QStringView word);

/// A folded word as somebody types it whose keyboard lacks the accents.
QString withoutAccents(const QString &folded);

/// Splits a text; linear in its length. Scripts without spaces come as a token a character.
QList<TimeToken> timeTokens(QStringView text);

} // namespace simmer::recipes
