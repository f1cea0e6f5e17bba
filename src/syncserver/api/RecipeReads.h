// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/Router.h"

/// What the API tells of recipes.
namespace simmer::syncserver::api {

void listRecipes(const Visit &visit);
void showRecipe(const Visit &visit);

} // namespace simmer::syncserver::api
