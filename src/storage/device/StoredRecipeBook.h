// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"
#include "storage/RecipeFold.h"
#include "storage/Scribe.h"

namespace simmer::storage {

/// The recipe book on top of the log, folded field by field (RecipeFold). An op costs what its
/// recipe's own ops cost. Lives in its owner's thread.
class StoredRecipeBook : public recipes::RecipeBook
{
    Q_OBJECT

public:
    /// `log` must outlive it, and be opened after this is made.
    explicit StoredRecipeBook(DeviceLog &log, QObject *parent = nullptr);

    void save(const recipes::Recipe &recipe) override;
    void edit(const recipes::Recipe &was, const recipes::Recipe &now) override;
    void remove(const RecipeId &recipe) override;
    QList<recipes::Edit> history(const RecipeId &recipe) const override;

    /// Each recipe's canonical JSON, for the digest.
    QHash<RecipeId, QByteArray> canonical() const;

private:
    struct Shelf {
        QList<timers::StampedOp> ops; ///< in the order of before()
        QList<OpId> heads;
        std::optional<qint64> newestAt;
    };

    void take(const QList<timers::StampedOp> &ops);
    void show(const RecipeId &recipe);
    void write(const recipes::Recipe &now, const std::optional<recipes::Recipe> &was);
    Expected<std::optional<Draft>> draft(const recipes::Recipe &now,
                                         const std::optional<recipes::Recipe> &was) const;
    Draft draftOf(const RecipeId &recipe, const timers::Action &action) const;
    Scribe::Answer answerFor(const RecipeId &recipe);

    Scribe m_scribe;
    QHash<RecipeId, Shelf> m_shelves;
};

} // namespace simmer::storage
