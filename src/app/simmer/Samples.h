// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

namespace simmer::app {

/// The recipes that the program brings for those who have none yet, by their files' names.
QList<recipes::Recipe> samples();

} // namespace simmer::app
