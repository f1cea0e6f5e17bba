// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

#include <QList>
#include <QString>

namespace simmer::recipes {

/// The times in a step's text ("45 minutes", "1½ hours", "20–25 min"), with their exact places in
/// UTF-16 units, in the order of the text. `language` is a hint (BCP 47) that may be empty or
/// wrong. Pure, safe from any thread, time linear in the text.
QList<Slot> findTimes(const QString &text, const QString &language = {});

/// Reads the times of all steps that have none.
void findTimes(Recipe &recipe);

} // namespace simmer::recipes
