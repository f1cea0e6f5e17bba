// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Fraction.h"

#include <QStringView>

#include <optional>

namespace simmer::recipes {

/// A number as it stands in a line.
struct Number {
    enum class Style { Whole, Fraction, Decimal };

    Fraction amount;
    Style style = Style::Whole;
    qsizetype start = 0; ///< first UTF-16 unit in the line
    qsizetype end = 0;   ///< one past the last
    bool isWord = false; ///< "two", "half a"
};

/// The decimal sign of a language ("en", or empty for an unknown one).
QChar decimalSignOf(const QString &language);

/// The number in figures that begins at `at`: "2", "1.5", "1,5", "1/2", "1 1/2", "1½". Nothing for
/// what looks like a name ("00", "405er") or is too large for a kitchen.
std::optional<Number> numberAt(QStringView line, qsizetype at, const QString &language);

/// The same in words of the recipe's language: "two", "half a", "zwei", "eine halbe", "mezzo".
std::optional<Number> wordedNumberAt(QStringView line, qsizetype at, const QString &language);

} // namespace simmer::recipes
