// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/editing/EditedRecipe.h"

#include <QMetaType>
#include <QObject>

namespace simmer::recipes {

/// What somebody has typed and not yet saved.
struct RecipeDraft {
    RecipeId id;
    std::optional<Recipe> base; ///< what it read when the cook began; absent for a new recipe
    EditedRecipe now;
    qint64 keptAt = 0;        ///< wall clock, ms
    bool isDiscarded = false; ///< the cook does not want it, and may think better of it

    bool operator==(const RecipeDraft &) const = default;
};

/// A draft as a file has it; what is typed may be longer than a recipe may be.
QByteArray encodeDraft(const RecipeDraft &draft);

/// The reverse. Errors: BadSyntax, TooLarge above MostDraftBytes.
Expected<RecipeDraft> decodeDraft(const QByteArray &bytes);

inline constexpr qsizetype MostDraftBytes = 64 * 1024 * 1024;

/// Where drafts are kept, so that neither a crash nor a closed window loses what was typed. Lives
/// in its owner's thread (the GUI); no command waits for the disk.
class DraftShelf : public QObject
{
    Q_OBJECT

public:
    /// How long a discarded draft can be had back.
    static constexpr qint64 DiscardedForMs = 7LL * 24 * 3600 * 1000;

    using QObject::QObject;

    /// Keeps it in the place of an older one of its recipe: kept() or notKept().
    virtual void keep(const RecipeDraft &draft) = 0;
    /// It was saved: there is none of that recipe any more.
    virtual void drop(const RecipeId &recipe) = 0;
    /// Reads all that there are, and drops those that were discarded long ago: read() follows.
    virtual void readAll() = 0;

Q_SIGNALS:
    void kept(const simmer::RecipeId &recipe, qint64 keptAt);
    void notKept(const simmer::RecipeId &recipe, const simmer::Error &error);
    void read(const QList<simmer::recipes::RecipeDraft> &drafts);
};

} // namespace simmer::recipes

Q_DECLARE_METATYPE(simmer::recipes::RecipeDraft)
