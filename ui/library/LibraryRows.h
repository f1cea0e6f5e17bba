// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "recipes/Catalogue.h"

#include <QCollator>
#include <QHash>
#include <QSet>

#include <array>
#include <deque>
#include <vector>

namespace simmer::ui {

/// The shelves of the library.
enum class LibraryShelf { All, Favourites, Mine, HalfHour, Hour, Recent };

/// How the library is sorted. Ties stand by title.
enum class LibraryOrder { Match, Cooked, Title, Added, Time };

/// A recipe as a row of the library.
struct LibraryRow {
    recipes::Entry entry;
    QCollatorSortKey key;  ///< of its title
    qint64 cookedAt = 0;   ///< kitchen ms; 0 for never
    mutable QString cover; ///< empty until somebody asked
    std::optional<TimerFace> face;
    bool isGone = false;
};

/// Which of the rows are wanted: a shelf, and each of some tags.
struct LibraryChoice {
    LibraryShelf shelf = LibraryShelf::All;
    QStringList tags;

    bool operator==(const LibraryChoice &) const = default;
};

/// All rows of the library with their order by title: each change costs what changed, and a look
/// over all of them; 100,000 rows take some milliseconds. GUI thread.
class LibraryRows
{
public:
    using Order = std::vector<int>; ///< indices of rows

    /// "Recently added" are those of the last weeks.
    static constexpr qint64 RecentMs = 28LL * 24 * 3600 * 1000;

    LibraryRows();

    qsizetype count() const { return m_places.size(); }
    const LibraryRow &at(int row) const { return m_rows[size_t(row)]; }
    LibraryRow &at(int row) { return m_rows[size_t(row)]; }
    /// −1 when it is not here.
    int indexOf(const RecipeId &recipe) const { return m_places.value(recipe, -1); }

    /// Adds or replaces; returns whether anything differs from before.
    bool put(const QList<recipes::Entry> &entries);
    bool drop(const RecipeId &recipe);
    /// Drops all that are not among the book's.
    bool keepOnly(const QHash<RecipeId, recipes::Recipe> &recipes);

    const Order &byTitle() const { return m_byTitle; }
    Order inOrder(LibraryOrder order) const;
    /// The rows of a search, as it wants them sorted.
    Order ofFindings(const recipes::Findings &findings, LibraryOrder order) const;
    /// Those of `rows` that `choice` lets through, in their order. `nowMs`: kitchen time.
    Order chosen(const Order &rows, const LibraryChoice &choice, qint64 nowMs) const;

    /// How many stand on a shelf.
    int countOn(LibraryShelf shelf, qint64 nowMs) const;
    /// Each tag of those rows with its count, the most used first.
    QList<std::pair<QString, int>> tagsOf(const Order &rows) const;
    QList<std::pair<QString, int>> tagsOfAll() const { return sorted(m_stock.tags); }

private:
    /// What all rows come to, kept as they change.
    struct Stock {
        void take(const recipes::Entry &entry, int count);

        std::array<int, 6> onShelf{}; ///< by shelf; that of the recent ones depends on the time
        QHash<QString, int> tags;
    };

    qint64 rankIn(int row, LibraryOrder order) const;
    QList<std::pair<QString, int>> sorted(const QHash<QString, int> &counts) const;
    bool putOne(const recipes::Entry &entry, std::vector<int> &fresh);
    bool isBefore(int a, int b) const;
    void unlist(int row);

    QCollator m_collator;
    std::deque<LibraryRow> m_rows; ///< never moved by those that come
    std::vector<int> m_free;       ///< places of rows that are gone
    QHash<RecipeId, int> m_places;
    Order m_byTitle;
    std::vector<qint64> m_added; ///< by row: kitchen ms
    Stock m_stock;
};

} // namespace simmer::ui
