// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/times/SlotKeeper.h"

#include <QHash>

namespace simmer::recipes {

/// A step, or the heading over those that follow, while it is being written.
struct EditedLine {
    enum class Kind { Step, Heading };

    quint64 key = 0; ///< stays with the line wherever it is moved; unique in its recipe
    Kind kind = Kind::Step;
    QString text;
    QList<Correction> corrections = {}; ///< of a step's times

    bool isStep() const { return kind == Kind::Step; }
    bool operator==(const EditedLine &) const = default;
};

/// A recipe while it is being written: it may be longer than a recipe may be, and have empty steps
/// and headings. All its line ends are '\n'.
struct EditedRecipe {
    QString title;
    QString summary;
    QString yields;
    QString source;
    QString language;
    QString notes;
    QString ingredients; ///< a line each
    QList<EditedLine> lines;
    QStringList tags;
    std::optional<int> prepMinutes;
    std::optional<int> cookMinutes;
    std::optional<int> totalMinutes;
    bool isFavourite = false;
    QList<BlobHash> photos;

    bool operator==(const EditedRecipe &) const = default;
};

/// Times as they are found in each line, by its key; a line that is not in it is read anew.
using FoundTimes = QHash<quint64, QList<Slot>>;

/// A text as an editor holds it: other marks for the end of a line, and what editors give a meaning
/// of their own, become '\n'. As long as before but for "\r\n".
QString plainLines(const QString &text);

/// A recipe with such texts, its slots at the same words.
Recipe withPlainLines(Recipe recipe);

/// The recipe to be edited; `recipe` must have plain lines. Lines get the keys 1, 2, … `found`, if
/// given, gets what was found in them.
EditedRecipe toEdit(const Recipe &recipe, FoundTimes *found = nullptr);

/// The recipe as it would be saved: empty steps and headings without words left out, spaces around
/// texts and tags too. A heading over nothing is a step without a text. `id` is its id.
Recipe edited(const RecipeId &id, const EditedRecipe &recipe, const FoundTimes &found = {});

} // namespace simmer::recipes
