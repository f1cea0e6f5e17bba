// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

#include <optional>

namespace simmer::recipes {

/// One row of two texts side by side.
struct DiffRow {
    std::optional<QString> before; ///< absent: this line is new
    std::optional<QString> after;  ///< absent: it went

    bool isSame() const { return before == after; }
    bool operator==(const DiffRow &) const = default;
};

/// Two texts side by side with as many equal lines opposite each other as there are; lines that
/// differ between the same equal ones are opposite each other too. Time and memory are bounded: of
/// parts with more than MostDiffCells = lines × lines nothing is taken for equal.
QList<DiffRow> diffLines(const QStringList &before, const QStringList &after);

inline constexpr qsizetype MostDiffCells = 4'000'000;

} // namespace simmer::recipes
