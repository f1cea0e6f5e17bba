// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Numbers.h"
#include "recipes/scaling/Units.h"

#include <QList>

namespace simmer::recipes {

/// An amount in an ingredient's line that grows with the servings: "2–3 cloves", "250 g".
struct Amount {
    Number low;
    std::optional<Number> high; ///< of a range
    std::optional<UnitPlace> unit;

    qsizetype end() const { return unit ? unit->end : numbersEnd(); }
    qsizetype numbersEnd() const { return high ? high->end : low.end; }
};

/// What a line measures. `headEnd` is where its leading amount ends, with "/9 oz" and "(18 fl oz)"
/// and the size of its tins; 0 when it does not begin with one.
struct Amounts {
    QList<Amount> all; ///< in the order of the text, never overlapping
    qsizetype headStart = 0;
    qsizetype headEnd = 0;
};

/// Finds the amounts of one ingredient's line; whatever is in doubt is none. For hostile text: a
/// line of more than 2,000 characters has none. `language` as Recipe::language.
Amounts amountsIn(QStringView line, const QString &language);

} // namespace simmer::recipes
