// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Fraction.h"

#include <QString>

#include <utility>

namespace simmer::recipes {

/// The ingredient's line for `factor` times as much, as a cook would write it: "1½ cups" of ¾,
/// "750 g" of 1.5 kg. What is no amount, or in doubt, stays as the author wrote it. `language` as
/// Recipe::language.
QString scaledLine(const QString &line, const Fraction &factor, const QString &language);

/// A line in two: how much ("2.4 kg"; empty where it does not say) and of what ("Whole chicken").
struct IngredientParts {
    QString amount;
    QString what;

    bool operator==(const IngredientParts &) const = default;
};
IngredientParts partsOf(const QString &line, const QString &language);

} // namespace simmer::recipes
