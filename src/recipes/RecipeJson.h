// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

#include <QJsonArray>
#include <QJsonObject>

namespace simmer::recipes {

/// A recipe as simmerctl and the HTTP API tell it: other tools rely on it (docs/simmerctl.md,
/// docs/api.md). Offsets count Unicode code points.
QJsonObject recipeJson(const Recipe &recipe);

/// Slots of a text, offsets in code points.
QJsonArray slotsJson(const QString &text, const QList<Slot> &slotList);

/// A number, or null for none.
QJsonValue orNull(const std::optional<int> &number);

} // namespace simmer::recipes
