// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"

#include <QAbstractListModel>

namespace simmer::ui {

/// The recipe book as a list, by title; each row with its most urgent timer. GUI thread; book and
/// timers must outlive it.
class LibraryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        RecipeIdRole = Qt::UserRole + 1,
        CoverRole,
        MinutesRole, ///< total time; invalid when unknown
        FaceRole,    ///< TimerFace of the most urgent timer; invalid for none
        SearchRole,  ///< title, ingredients and tags, folded for comparison
    };

    LibraryModel(const recipes::RecipeBook &book, const LiveTimers &timers,
                 QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Invalid when the book does not have it.
    QModelIndex indexOf(const RecipeId &recipe) const;

private:
    struct Row {
        RecipeId id;
        QString title;
        QString cover;
        QString search;
        std::optional<int> minutes;
        std::optional<TimerFace> face;
    };

    Row rowOf(const recipes::Recipe &recipe) const;
    void reload();
    void put(const recipes::Recipe &recipe);
    void drop(const RecipeId &recipe);
    int find(const RecipeId &recipe) const;
    std::optional<TimerFace> faceOf(const RecipeId &recipe) const;
    void refreshFaces();

    const recipes::RecipeBook &m_book;
    const LiveTimers &m_timers;
    QList<Row> m_rows;
};

/// Case, accents and width folded away, so that "ragu" finds "Ragù".
QString folded(const QString &text);

} // namespace simmer::ui

Q_DECLARE_METATYPE(simmer::ui::TimerFace)
