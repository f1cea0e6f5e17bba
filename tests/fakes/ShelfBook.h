// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"

namespace simmer::fakes {

/// A book in memory: what is saved is there at once; without a history.
class ShelfBook : public recipes::RecipeBook
{
public:
    ShelfBook() { tellLoaded(); }

    void save(const recipes::Recipe &recipe) override { put(recipe); }
    void edit(const recipes::Recipe &, const recipes::Recipe &now) override { save(now); }
    void remove(const RecipeId &recipe) override { drop(recipe); }
    QList<recipes::Edit> history(const RecipeId &) const override { return {}; }
    QList<RecipeId> removed() const override { return {}; }
};

} // namespace simmer::fakes
