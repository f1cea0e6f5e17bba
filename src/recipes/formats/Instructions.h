// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

#include <QJsonValue>

namespace simmer::recipes::formats {

/// The steps of schema.org's recipeInstructions in whatever shape sites write it: one text, a list
/// of texts, HowToStep, HowToSection, ItemList. Sections and names of steps become headings (a name
/// inside a section becomes the first line of its step). Without slots.
QList<Step> stepsOf(const QJsonValue &instructions);

} // namespace simmer::recipes::formats
