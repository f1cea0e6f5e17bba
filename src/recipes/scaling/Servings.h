// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Fraction.h"

#include <optional>

namespace simmer::recipes {

/// For how many, or for how much, a recipe is written: 4 servings, 12 rolls.
struct Servings {
    Fraction count;
    QString noun;          ///< "rolls", in the author's words; empty where it says none
    bool isPeople = false; ///< servings, portions, persons

    bool operator==(const Servings &) const = default;
};

/// Reads "6 servings", "für 4 Personen", "Makes 12", "4-6"; nothing where no number stands.
std::optional<Servings> servingsIn(const QString &yields, const QString &language);

/// The factor for one step more or less of what the recipe is written for, from `now` on; nothing
/// where there is no such step. Few are counted one by one, many in quarters of the recipe.
std::optional<Fraction> nextFactor(const Fraction &count, const Fraction &now, bool more);

} // namespace simmer::recipes
