// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"
#include "recipes/RecipeBook.h"
#include "storage/Scribe.h"
#include "storage/device/RecipeReader.h"

#include <QQueue>
#include <QTimer>

namespace simmer::storage {

/// The recipe book on top of the log, folded field by field (RecipeFold). An op costs what its
/// recipe's own ops cost. Lives in its owner's thread, which reading a large book never holds up:
/// it is folded in a thread of its own and taken in by slices of some milliseconds.
class StoredRecipeBook : public recipes::RecipeBook
{
    Q_OBJECT

public:
    /// `log` must outlive it, and be opened after this is made.
    explicit StoredRecipeBook(DeviceLog &log, QObject *parent = nullptr);
    ~StoredRecipeBook() override;

    void save(const recipes::Recipe &recipe) override;
    void edit(const recipes::Recipe &was, const recipes::Recipe &now) override;
    void remove(const RecipeId &recipe) override;
    QList<recipes::Edit> history(const RecipeId &recipe) const override;
    QList<RecipeId> removed() const override;

    /// Each recipe's canonical JSON, for the digest.
    QHash<RecipeId, QByteArray> canonical() const;

private:
    struct Shelf {
        QList<timers::StampedOp> ops; ///< in the order of before()
        QList<OpId> heads;
        std::optional<qint64> newestAt;
    };

    void read(const QList<timers::StampedOp> &ops);
    void shelveSlice();
    void finishReading();
    void take(const QList<timers::StampedOp> &ops);
    void show(const RecipeId &recipe, const FoldedRecipe &folded);
    recipes::Origin originOf(const QList<timers::StampedOp> &ops) const;
    void write(const recipes::Recipe &now, const std::optional<recipes::Recipe> &was);
    Expected<std::optional<Draft>> draft(const recipes::Recipe &now,
                                         const std::optional<recipes::Recipe> &was) const;
    Draft draftOf(const RecipeId &recipe, const timers::Action &action) const;
    Scribe::Answer answerFor(const RecipeId &recipe);

    DeviceLog &m_log;
    DeviceId m_device;
    QString m_cook;
    Scribe m_scribe;
    QHash<RecipeId, Shelf> m_shelves;

    // While the book is read: what was folded, slice by slice, and waits for its turn here.
    QQueue<QList<ReadShelf>> m_slices;
    QTimer m_turn;
    bool m_allFolded = false;
    QList<timers::StampedOp> m_again; ///< read once more meanwhile
    OwnedThread m_reading;
};

} // namespace simmer::storage
