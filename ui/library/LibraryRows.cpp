// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/LibraryRows.h"

#include <algorithm>
#include <limits>

namespace simmer::ui {

namespace {

bool isWithin(const recipes::Entry &entry, int minutes)
{
    return entry.minutes && *entry.minutes <= minutes;
}

bool standsOn(const recipes::Entry &entry, LibraryShelf shelf, qint64 nowMs)
{
    switch (shelf) {
    case LibraryShelf::All:
        return true;
    case LibraryShelf::Favourites:
        return entry.isFavourite;
    case LibraryShelf::Mine:
        return entry.origin.isMine;
    case LibraryShelf::HalfHour:
        return isWithin(entry, 30);
    case LibraryShelf::Hour:
        return isWithin(entry, 60);
    case LibraryShelf::Recent:
        return entry.origin.kt > nowMs - LibraryRows::RecentMs;
    }
    Q_UNREACHABLE();
}

/// The rank of what is shown last, as most rows are.
qint64 lastRankIn(LibraryOrder order)
{
    return order == LibraryOrder::Time ? std::numeric_limits<qint64>::max() : 0;
}

constexpr qint64 Never = std::numeric_limits<qint64>::min();

bool hasAll(const recipes::Entry &entry, const QStringList &tags)
{
    return std::all_of(tags.cbegin(), tags.cend(),
                       [&](const QString &tag) { return entry.tags.contains(tag); });
}

} // namespace

LibraryRows::LibraryRows()
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

bool LibraryRows::isBefore(int a, int b) const
{
    return at(a).key < at(b).key;
}

bool LibraryRows::put(const QList<recipes::Entry> &entries)
{
    std::vector<int> fresh;
    bool changed = false;
    for (const recipes::Entry &entry : entries)
        changed = putOne(entry, fresh) || changed;
    const auto before = [this](int a, int b) { return isBefore(a, b); };
    std::sort(fresh.begin(), fresh.end(), before);
    // Few come to many: looked up, not compared with each.
    Order merged;
    merged.reserve(m_byTitle.size() + fresh.size());
    auto from = m_byTitle.cbegin();
    for (const int row : fresh) {
        const auto to = std::upper_bound(from, m_byTitle.cend(), row, before);
        merged.insert(merged.end(), from, to);
        merged.push_back(row);
        from = to;
    }
    merged.insert(merged.end(), from, m_byTitle.cend());
    m_byTitle = std::move(merged);
    return changed;
}

bool LibraryRows::putOne(const recipes::Entry &entry, std::vector<int> &fresh)
{
    const int known = indexOf(entry.id);
    if (known >= 0) {
        LibraryRow &row = at(known);
        if (row.entry == entry)
            return false;
        const bool sameTitle = row.entry.title == entry.title;
        m_stock.take(row.entry, -1);
        m_stock.take(entry, 1);
        m_added[size_t(known)] = entry.origin.kt;
        row.entry = entry;
        if (sameTitle || std::find(fresh.cbegin(), fresh.cend(), known) != fresh.cend())
            return true;
        unlist(known);
        row.key = m_collator.sortKey(entry.title);
        row.cover.clear();
        fresh.push_back(known);
        return true;
    }
    LibraryRow row{entry, m_collator.sortKey(entry.title), 0, {}, {}, false};
    int place = int(m_rows.size());
    m_stock.take(entry, 1);
    if (m_free.empty()) {
        m_rows.push_back(std::move(row));
        m_added.push_back(entry.origin.kt);
    } else {
        place = m_free.back();
        m_free.pop_back();
        at(place) = std::move(row);
        m_added[size_t(place)] = entry.origin.kt;
    }
    m_places.insert(entry.id, place);
    fresh.push_back(place);
    return true;
}

void LibraryRows::unlist(int row)
{
    m_byTitle.erase(std::find(m_byTitle.begin(), m_byTitle.end(), row));
}

bool LibraryRows::drop(const RecipeId &recipe)
{
    const int row = indexOf(recipe);
    if (row < 0)
        return false;
    unlist(row);
    m_places.remove(recipe);
    m_stock.take(at(row).entry, -1);
    m_added[size_t(row)] = Never;
    at(row).isGone = true;
    m_free.push_back(row);
    return true;
}

bool LibraryRows::keepOnly(const QHash<RecipeId, recipes::Recipe> &recipes)
{
    QList<RecipeId> gone;
    for (auto it = m_places.cbegin(); it != m_places.cend(); ++it)
        if (!recipes.contains(it.key()))
            gone += it.key();
    for (const RecipeId &id : std::as_const(gone))
        drop(id);
    return !gone.isEmpty();
}

/// The smaller is shown first.
qint64 LibraryRows::rankIn(int row, LibraryOrder order) const
{
    switch (order) {
    case LibraryOrder::Match:
    case LibraryOrder::Title:
        return 0;
    case LibraryOrder::Cooked:
        return -at(row).cookedAt;
    case LibraryOrder::Added:
        return -m_added[size_t(row)];
    case LibraryOrder::Time:
        return at(row).entry.minutes ? *at(row).entry.minutes : std::numeric_limits<qint64>::max();
    }
    Q_UNREACHABLE();
}

LibraryRows::Order LibraryRows::inOrder(LibraryOrder order) const
{
    if (order == LibraryOrder::Title || order == LibraryOrder::Match)
        return m_byTitle;
    // Ranks side by side, for rows lie far apart; most of them are often the same.
    std::vector<std::pair<qint64, int>> ranked;
    Order rest;
    const qint64 last = lastRankIn(order);
    for (const int row : m_byTitle)
        if (const qint64 rank = rankIn(row, order); rank == last)
            rest.push_back(row);
        else
            ranked.emplace_back(rank, row);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    Order rows;
    rows.reserve(m_byTitle.size());
    for (const auto &[rank, row] : ranked)
        rows.push_back(row);
    rows.insert(rows.end(), rest.begin(), rest.end());
    return rows;
}

LibraryRows::Order LibraryRows::ofFindings(const recipes::Findings &findings,
                                           LibraryOrder order) const
{
    Order found;
    found.reserve(size_t(findings.recipes.size()));
    std::vector<qint8> tiers(m_rows.size(), 0); // 1: in the title, 2: elsewhere
    for (qsizetype i = 0; i < findings.recipes.size(); ++i) {
        const int row = indexOf(findings.recipes.at(i));
        if (row < 0)
            continue;
        found.push_back(row);
        tiers[size_t(row)] = i < findings.inTitle ? 1 : 2;
    }
    const bool byMatch = order == LibraryOrder::Match;
    if (byMatch && findings.isRanked)
        return found;
    const Order all = inOrder(order);
    found.clear();
    for (const int row : all)
        if (tiers[size_t(row)] == 1 || (!byMatch && tiers[size_t(row)] == 2))
            found.push_back(row);
    for (const int row : all)
        if (byMatch && tiers[size_t(row)] == 2)
            found.push_back(row);
    return found;
}

LibraryRows::Order LibraryRows::chosen(const Order &rows, const LibraryChoice &choice,
                                       qint64 nowMs) const
{
    if (choice == LibraryChoice())
        return rows;
    Order kept;
    kept.reserve(rows.size());
    for (const int row : rows)
        if (standsOn(at(row).entry, choice.shelf, nowMs) && hasAll(at(row).entry, choice.tags))
            kept.push_back(row);
    return kept;
}

int LibraryRows::countOn(LibraryShelf shelf, qint64 nowMs) const
{
    if (shelf != LibraryShelf::Recent)
        return m_stock.onShelf[size_t(shelf)];
    return int(std::count_if(m_added.cbegin(), m_added.cend(),
                             [nowMs](qint64 added) { return added > nowMs - RecentMs; }));
}

void LibraryRows::Stock::take(const recipes::Entry &entry, int count)
{
    for (const LibraryShelf shelf :
         {LibraryShelf::All, LibraryShelf::Favourites, LibraryShelf::Mine, LibraryShelf::HalfHour,
          LibraryShelf::Hour})
        onShelf[size_t(shelf)] += standsOn(entry, shelf, 0) ? count : 0;
    for (const QString &tag : entry.tags)
        tags[tag] += count;
}

QList<std::pair<QString, int>> LibraryRows::tagsOf(const Order &rows) const
{
    QHash<QString, int> counts;
    for (const int row : rows)
        for (const QString &tag : at(row).entry.tags)
            ++counts[tag];
    return sorted(counts);
}

QList<std::pair<QString, int>> LibraryRows::sorted(const QHash<QString, int> &counts) const
{
    QList<std::pair<QString, int>> tags;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        if (it.value() > 0)
            tags.emplaceBack(it.key(), it.value());
    std::sort(tags.begin(), tags.end(), [this](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second
                                    : m_collator.compare(a.first, b.first) < 0;
    });
    return tags;
}

} // namespace simmer::ui
