// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "library/LibraryRows.h"
#include "models/LiveTimers.h"
#include "recipes/Catalogue.h"
#include "timerserver/CookingSessions.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QImage>
#include <QTimer>

#include <functional>

namespace simmer::ui {

/// The recipes that the library shows now: of the chosen shelf and tags, with the words that are
/// searched for, sorted as wished; each with its most urgent timer. List and grid show the same.
/// GUI thread; what it is given must outlive it.
class LibraryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        RecipeIdRole = Qt::UserRole + 1,
        CoverRole,
        MinutesRole,   ///< total time; invalid when unknown
        FaceRole,      ///< TimerFace of the most urgent timer; invalid for none. When its
                       ///< count has other digits, and no more, that is told of this role alone
        FavouriteRole, ///< bool
        TimesRole,     ///< how many times can be tapped
        PictureRole,   ///< QImage of the photo; null when there is none at hand
    };
    /// The picture of a photo, or a null one, and then photoCame() later.
    using Pictures = std::function<QImage(const BlobHash &)>;

    LibraryModel(const recipes::RecipeBook &book, const LiveTimers &timers,
                 QObject *parent = nullptr);

    /// Without one nothing can be searched for.
    void offer(recipes::Catalogue &catalogue);
    /// For "recently cooked".
    void offer(const timerserver::CookingSessions &cooking);
    void offer(Pictures pictures) { m_pictures = std::move(pictures); }
    void photoCame(const BlobHash &photo);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Invalid when it is not shown.
    QModelIndex indexOf(const RecipeId &recipe) const;

    const LibraryChoice &choice() const { return m_choice; }
    const QString &search() const { return m_search; }
    /// What was typed last; search() follows.
    const QString &asked() const { return m_asked; }
    bool canSearch() const { return m_catalogue != nullptr; }
    LibraryOrder order() const { return m_search.isEmpty() ? m_order : m_foundOrder; }
    void choose(const LibraryChoice &choice);
    void toggleTag(const QString &tag);
    /// The list follows when the catalogue has answered.
    void setSearch(const QString &text);
    void setOrder(LibraryOrder order);

    /// Of all recipes, whatever is chosen.
    qsizetype countOfAll() const { return m_rows.count(); }
    int countOn(LibraryShelf shelf) const { return m_rows.countOn(shelf, m_timers.now()); }
    QList<std::pair<QString, int>> tagsOfAll() const { return m_rows.tagsOfAll(); }
    QList<std::pair<QString, int>> tagsOfShown() const { return m_rows.tagsOf(m_shown); }
    /// How many the search found on all shelves.
    qsizetype countOfFound() const { return m_findings.recipes.size(); }
    const recipes::RecipeBook &book() const { return m_book; }

Q_SIGNALS:
    /// What is shown was decided anew, maybe as before.
    void arranged();
    /// Shelf, tags, search or order were chosen.
    void chosenOtherwise();
    /// Recipes came, changed or went: counts and tags may be others.
    void stockChanged();

private:
    void put(const QList<recipes::Entry> &entries);
    void bring(const QList<recipes::Recipe> &recipes);
    void change(const recipes::Recipe &recipe);
    void drop(const RecipeId &recipe);
    void finishLoading();
    void take(const recipes::Findings &findings);
    void takeCooking(const RecipeId &recipe);
    void ask();
    void arrangeSoon();
    void arrange();
    void show(LibraryRows::Order rows);
    void notePlaces();
    void refreshFaces();
    void tellRow(int row, const QList<int> &roles);

    const recipes::RecipeBook &m_book;
    const LiveTimers &m_timers;
    recipes::Catalogue *m_catalogue = nullptr;
    const timerserver::CookingSessions *m_cooking = nullptr;
    Pictures m_pictures;
    LibraryRows m_rows;
    LibraryRows::Order m_shown;
    std::vector<int> m_places; ///< by row: where it is shown, or −1
    LibraryChoice m_choice;
    LibraryOrder m_order = LibraryOrder::Cooked;
    LibraryOrder m_foundOrder = LibraryOrder::Match;
    QString m_search; ///< as the list shows it
    QString m_asked;  ///< as it was typed last
    recipes::Findings m_findings;
    QSet<RecipeId> m_timed; ///< rows with a face
    bool m_isOtherStock = false;
    QTimer m_soon; ///< arrange()
    QElapsedTimer m_sinceArranged;
    qint64 m_arrangedInMs = 0; ///< so long it took last
};

} // namespace simmer::ui

Q_DECLARE_METATYPE(simmer::ui::TimerFace)
