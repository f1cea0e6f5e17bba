// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "recipes/Recipe.h"

#include <QHash>
#include <QJsonValue>
#include <QObject>

namespace simmer::recipes {

/// One line of a recipe's history: a field that somebody wrote, or the recipe removed.
struct Edit {
    /// Stands: it is what is shown. Replaced: by somebody who had seen it. Lost: to somebody who
    /// had not.
    enum class Fate { Stands, Replaced, Lost };

    qint64 kt = 0; ///< kitchen ms
    QString cook;
    DeviceId device;
    QString field;    ///< as toJson names it; empty for a removal
    QJsonValue value; ///< null: it was cleared
    Fate fate = Fate::Stands;

    bool operator==(const Edit &) const = default;
};

/// Where a recipe came from: its first write that the log still has.
struct Origin {
    qint64 kt = 0; ///< kitchen ms
    QString cook;  ///< as shown
    DeviceId device;
    /// Written first on this device, or on another by a cook of the same name: later edits change
    /// nothing of that, so that a tag or a star makes nobody its author.
    bool isMine = false;

    bool operator==(const Origin &) const = default;
};

/// All recipes of the kitchen, as the window sees them: always in memory, kept by whoever
/// implements save() and remove(). Lives in the thread of its owner (the GUI).
class RecipeBook : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const QHash<RecipeId, Recipe> &recipes() const { return m_recipes; }
    /// Of a recipe that is here; else empty.
    Origin origin(const RecipeId &recipe) const { return m_origins.value(recipe); }
    /// Whether loaded() was told.
    bool isLoaded() const { return m_loaded; }

    /// Asks for the recipe to be stored as it is here; recipeChanged() and saved() follow when it
    /// is durable.
    virtual void save(const Recipe &recipe) = 0;
    /// The same for one that comes from a file, which knows nothing of what the kitchen added: the
    /// photos that it has here, its notes, that it is a favourite stay.
    void saveImported(Recipe recipe);
    /// The same for the fields that a cook changed in a recipe which read `was` when the cook
    /// began: what others wrote into its other fields meanwhile stays.
    virtual void edit(const Recipe &was, const Recipe &now) = 0;
    /// Asks for the recipe to be removed; recipeRemoved() and saved() follow when that is durable.
    virtual void remove(const RecipeId &recipe) = 0;
    /// Who wrote what when, the oldest first, also of a removed recipe.
    virtual QList<Edit> history(const RecipeId &recipe) const = 0;
    /// Recipes that were in the book and are removed; history() has what they were.
    virtual QList<RecipeId> removed() const = 0;

Q_SIGNALS:
    /// The book was read from the disk; from here on recipes() is complete.
    void loaded();
    /// Some that were not here, while the book is read; recipeChanged() does not tell these.
    void recipesCame(const QList<simmer::recipes::Recipe> &recipes);
    void recipeChanged(const simmer::recipes::Recipe &recipe);
    void recipeRemoved(const simmer::RecipeId &recipe);
    /// What was asked is durable, whether or not it changed the recipe.
    void saved(const simmer::RecipeId &recipe);
    /// What was asked could not be stored; nothing changed.
    void notSaved(const simmer::RecipeId &recipe, const simmer::Error &error);

protected:
    void put(const Recipe &recipe, const Origin &origin = {});
    /// What put() does, without a word.
    void shelve(const Recipe &recipe, const Origin &origin);
    void drop(const RecipeId &recipe);
    void tellLoaded();

private:
    bool m_loaded = false;
    QHash<RecipeId, Origin> m_origins;
    QHash<RecipeId, Recipe> m_recipes;
};

} // namespace simmer::recipes
