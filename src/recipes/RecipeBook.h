// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "recipes/Recipe.h"

#include <QHash>
#include <QObject>

namespace simmer::recipes {

/// All recipes of the kitchen, as the window sees them: always in memory, kept by whoever
/// implements save() and remove(). Lives in the thread of its owner (the GUI).
class RecipeBook : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const QHash<RecipeId, Recipe> &recipes() const { return m_recipes; }

    /// Asks for the recipe to be stored; recipeChanged() and saved() follow when it is durable.
    virtual void save(const Recipe &recipe) = 0;
    /// The same for one that comes from a file, which names no photos: those that it has here stay.
    void saveImported(Recipe recipe);
    /// Asks for the recipe to be removed; recipeRemoved() follows when that is durable.
    virtual void remove(const RecipeId &recipe) = 0;

Q_SIGNALS:
    /// The book was read from the disk; from here on recipes() is complete.
    void loaded();
    void recipeChanged(const simmer::recipes::Recipe &recipe);
    void recipeRemoved(const simmer::RecipeId &recipe);
    /// What was asked by save() is durable, whether or not it changed the recipe.
    void saved(const simmer::RecipeId &recipe);
    /// What was asked by save() or remove() could not be stored; nothing changed.
    void notSaved(const simmer::RecipeId &recipe, const simmer::Error &error);

protected:
    void put(const Recipe &recipe);
    void drop(const RecipeId &recipe);

private:
    QHash<RecipeId, Recipe> m_recipes;
};

} // namespace simmer::recipes
