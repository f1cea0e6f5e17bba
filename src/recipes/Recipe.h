// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "base/Ids.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace simmer::recipes {

/// A time in a step's text that can be tapped. A single duration has shortest == longest.
struct Slot {
    int start = 0; ///< first UTF-16 unit in the step's text
    int end = 0;   ///< one past the last
    qint64 shortestSeconds = 0;
    qint64 longestSeconds = 0;
    QString name; ///< what the author called it ("eggs"); mostly empty

    bool operator==(const Slot &) const = default;
};

/// One instruction, as a reader sees it. Without a text it is only a heading over nothing yet.
struct Step {
    QString text;
    QList<Slot> slots; ///< in the order of the text, never overlapping
    QString section;   ///< the heading that it stands under, or empty

    bool isHeading() const { return text.isEmpty() && !section.isEmpty(); }
    bool operator==(const Step &) const = default;
};

/// A recipe as a value. Times are minutes; an unknown one is absent.
struct Recipe {
    RecipeId id;
    QString title;
    QString summary;
    QStringList ingredients; ///< one line each, as the author wrote it
    QList<Step> steps;
    std::optional<int> prepMinutes;
    std::optional<int> cookMinutes;
    std::optional<int> totalMinutes;
    QString yields;   ///< "6 servings", in the author's words
    QString source;   ///< the address or file that it came from
    QString language; ///< BCP 47 primary tag ("en"), or empty when unknown
    QStringList tags;
    QString notes;            ///< what the kitchen learned about it, in its own words
    bool isFavourite = false; ///< of the whole kitchen
    QList<BlobHash>
        photos; ///< the first is its face; the bytes are kept apart, and may be on the way

    bool operator==(const Recipe &) const = default;
};

/// The instructions line by line as a page shows them, a section's heading as a line of its own.
QStringList instructionLines(const Recipe &recipe);

/// How many steps a reader counts: a heading over nothing is none.
int countedSteps(const Recipe &recipe);
/// The number, from 1, that a reader gives the step at this index, which is that of ops and
/// timers; of a heading over nothing it is that of the step before. A step that is not there keeps
/// its index.
int stepNumber(const Recipe &recipe, int step);

/// The id that the same recipe gets at every import: from its address, else from its words.
RecipeId importId(const Recipe &recipe);

} // namespace simmer::recipes

Q_DECLARE_METATYPE(simmer::recipes::Recipe)
