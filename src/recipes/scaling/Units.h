// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace simmer::recipes {

/// A word that stands after an amount.
struct Unit {
    enum class Kind {
        Scales,    ///< g, ml, kg: decimals
        Spoons,    ///< cups, tablespoons, ounces: fractions
        Pieces,    ///< cloves, bunches, slices
        Vague,     ///< a pinch, a handful
        Container, ///< tins and packets: a size in brackets is that of one
        Length,    ///< of a piece of ginger; else that of a tin
    };

    const char *one;
    const char *many;
    Kind kind;
    const char *smaller = nullptr; ///< what a thousandth of it is called
    const char *larger = nullptr;  ///< and what a thousand of it are
};

/// A unit in a line, with its dot if it has one.
struct UnitPlace {
    const Unit *unit = nullptr; ///< lives as long as the program
    qsizetype start = 0;
    qsizetype end = 0;
    bool isMany = false; ///< it stands there in the plural, where that differs
};

/// The longest unit that begins at `at` and ends with its word.
std::optional<UnitPlace> unitAt(QStringView line, qsizetype at);

} // namespace simmer::recipes
