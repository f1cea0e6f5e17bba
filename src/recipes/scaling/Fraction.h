// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace simmer::recipes {

/// A positive amount or factor, exact: a third stays a third. In lowest terms when made by of().
struct Fraction {
    qint64 top = 0;
    qint64 bottom = 1;

    static Fraction of(qint64 top, qint64 bottom = 1);

    double value() const { return double(top) / double(bottom); }
    bool isWhole() const { return bottom == 1; }

    bool operator==(const Fraction &) const = default;
};

Fraction operator*(const Fraction &a, const Fraction &b);

/// As a cook writes spoons, cups and pieces: "3", "1½", "⅔". What has no such sign is rounded to
/// the nearest that has one.
QString inFractions(const Fraction &amount);

/// As scales and jugs have it: "113", "1.25", with that decimal sign. Whole and short amounts stay
/// exact; others are rounded by at most two per cent. `places`: the most decimals.
QString inDecimals(const Fraction &amount, QChar point, int places);

} // namespace simmer::recipes
