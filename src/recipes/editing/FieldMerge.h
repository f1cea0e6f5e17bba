// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/editing/EditedRecipe.h"

#include <QJsonValue>
#include <QStringList>

namespace simmer::recipes {

/// What two cooks did to the fields of a recipe, from where the one began. Fields are named as in
/// toJson and stand in a reader's order.
struct FieldMerge {
    QStringList theirsOnly; ///< they changed it, we did not
    QStringList contested;  ///< both did, differently
    QStringList alike;      ///< both did the same

    bool isEmpty() const { return theirsOnly.isEmpty() && contested.isEmpty() && alike.isEmpty(); }
    bool operator==(const FieldMerge &) const = default;
};

/// Every field that a recipe can have: title, summary, … in a reader's order.
const QStringList &recipeFields();

FieldMerge mergeFields(const Recipe &base, const Recipe &mine, const Recipe &theirs);

/// The value of one field, null when it is empty.
QJsonValue fieldOf(const Recipe &recipe, const QString &field);

/// `recipe` with that field from the other one.
Recipe withField(const Recipe &recipe, const QString &field, const Recipe &from);
EditedRecipe withField(const EditedRecipe &recipe, const QString &field, const EditedRecipe &from);

/// `recipe` with that value in that field. Errors: BadSyntax when no recipe can have it there.
Expected<Recipe> withValue(const Recipe &recipe, const QString &field, const QJsonValue &value);

} // namespace simmer::recipes
