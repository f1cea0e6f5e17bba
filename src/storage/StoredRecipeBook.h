// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"
#include "storage/DeviceLog.h"

#include <QSet>

namespace simmer::storage {

/// The recipe book on top of the log: the last written version of each recipe, by the order of
/// ops; a removal counts only when it had seen that version. Lives in its owner's thread.
class StoredRecipeBook : public recipes::RecipeBook
{
    Q_OBJECT

public:
    /// `log` must outlive it, and be opened after this is made.
    explicit StoredRecipeBook(DeviceLog &log, QObject *parent = nullptr);

    void save(const recipes::Recipe &recipe) override;
    void remove(const RecipeId &recipe) override;

    /// Each recipe's canonical JSON, for the digest.
    QHash<RecipeId, QByteArray> canonical() const;

private:
    struct Shelf {
        QList<timers::StampedOp> versions; ///< all that was ever written
        QSet<OpId> removed;                ///< versions that a removal had seen

        const timers::StampedOp *winner() const;
    };

    void take(const timers::StampedOp &stamped);
    void show(const RecipeId &recipe);
    void refused(const OpId &op, const Error &error);
    QList<OpId> seen(const RecipeId &recipe) const;

    DeviceLog &m_log;
    QHash<RecipeId, Shelf> m_shelves;
    QHash<OpId, RecipeId> m_asked; ///< saves and removals that are not durable yet
};

} // namespace simmer::storage
