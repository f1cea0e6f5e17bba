// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/LibraryModel.h"

#include "theme/Covers.h"
#include "words/Words.h"

#include <QScopeGuard>

#include <algorithm>
#include <utility>

namespace simmer::ui {

namespace {

constexpr int BurstMs = 100; // changes that follow one another faster are shown together
constexpr int SoonMs = 30;
constexpr qint64 Share = 8;    // of the time at most, goes into showing what comes
constexpr size_t FewRows = 64; // that are told one by one; else the list is told anew

} // namespace

LibraryModel::LibraryModel(const recipes::RecipeBook &book, const LiveTimers &timers,
                           QObject *parent)
    : QAbstractListModel(parent)
    , m_book(book)
    , m_timers(timers)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &LibraryModel::arrange);
    connect(&book, &recipes::RecipeBook::loaded, this, &LibraryModel::finishLoading);
    connect(&book, &recipes::RecipeBook::recipesCame, this, &LibraryModel::bring);
    connect(&book, &recipes::RecipeBook::recipeChanged, this, &LibraryModel::change);
    connect(&book, &recipes::RecipeBook::recipeRemoved, this, &LibraryModel::drop);
    connect(&timers, &LiveTimers::counted, this, &LibraryModel::refreshFaces);
    connect(&timers, &LiveTimers::changed, this, &LibraryModel::refreshFaces);
    bring(book.recipes().values());
    arrange();
}

void LibraryModel::offer(recipes::Catalogue &catalogue)
{
    m_catalogue = &catalogue;
    connect(&catalogue, &recipes::Catalogue::found, this, &LibraryModel::take);
    connect(&catalogue, &recipes::Catalogue::updated, this, &LibraryModel::ask);
    connect(&catalogue, &recipes::Catalogue::remembered, this,
            [this](QList<recipes::Entry> entries) {
                if (m_book.isLoaded())
                    return;
                entries.removeIf(
                    [this](const recipes::Entry &entry) { return m_rows.indexOf(entry.id) >= 0; });
                put(entries);
            });
    Q_EMIT chosenOtherwise();
}

void LibraryModel::offer(const timerserver::CookingSessions &cooking)
{
    m_cooking = &cooking;
    connect(&cooking, &timerserver::CookingSessions::cookingChanged, this,
            &LibraryModel::takeCooking);
    for (auto it = cooking.all().cbegin(); it != cooking.all().cend(); ++it)
        takeCooking(it.key());
}

void LibraryModel::put(const QList<recipes::Entry> &entries)
{
    const bool wasEmpty = m_shown.empty();
    if (!m_rows.put(entries))
        return;
    m_isOtherStock = true;
    for (const recipes::Entry &entry : entries)
        if (m_cooking && m_cooking->all().contains(entry.id))
            m_rows.at(m_rows.indexOf(entry.id)).cookedAt =
                m_cooking->all().value(entry.id).touchedAt;
    if (wasEmpty)
        arrange(); // something at once
    else
        arrangeSoon();
}

void LibraryModel::bring(const QList<recipes::Recipe> &recipes)
{
    QList<recipes::Entry> entries;
    for (const recipes::Recipe &recipe : recipes)
        entries += recipes::entryOf(recipe, m_book.origin(recipe.id));
    put(entries);
}

void LibraryModel::change(const recipes::Recipe &recipe)
{
    const int known = m_rows.indexOf(recipe.id);
    bring({recipe});
    if (m_sinceArranged.isValid() && !m_sinceArranged.hasExpired(BurstMs))
        m_soon.start(BurstMs); // as while files are imported: each would cost a look at all
    else
        arrange();
    tellRow(known, {});
}

void LibraryModel::drop(const RecipeId &recipe)
{
    if (!m_rows.drop(recipe))
        return;
    m_isOtherStock = true;
    arrange();
}

void LibraryModel::finishLoading()
{
    // All of the book have come: as many rows are the same ones.
    if (m_book.recipes().size() != m_rows.count())
        m_isOtherStock = m_rows.keepOnly(m_book.recipes()) || m_isOtherStock;
    bring(m_book.recipes().size() == m_rows.count() ? QList<recipes::Recipe>()
                                                    : m_book.recipes().values());
    arrange();
    refreshFaces();
}

void LibraryModel::takeCooking(const RecipeId &recipe)
{
    const int row = m_rows.indexOf(recipe);
    if (row < 0)
        return;
    const auto cooking = m_cooking->all().constFind(recipe);
    m_rows.at(row).cookedAt = cooking == m_cooking->all().cend() ? 0 : cooking->touchedAt;
    if (order() == LibraryOrder::Cooked)
        arrangeSoon();
}

void LibraryModel::choose(const LibraryChoice &choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    Q_EMIT chosenOtherwise();
    arrange();
}

void LibraryModel::toggleTag(const QString &tag)
{
    LibraryChoice choice = m_choice;
    if (choice.tags.removeAll(tag) == 0)
        choice.tags += tag;
    choose(choice);
}

void LibraryModel::setOrder(LibraryOrder order)
{
    (m_search.isEmpty() ? m_order : m_foundOrder) = order;
    Q_EMIT chosenOtherwise();
    arrange();
}

void LibraryModel::setSearch(const QString &text)
{
    const QString asked = text.trimmed();
    if (asked == m_asked)
        return;
    m_asked = asked;
    Q_EMIT chosenOtherwise();
    ask();
}

/// The list stays as it is until the answer comes, so that it never flickers.
void LibraryModel::ask()
{
    if (m_asked.isEmpty())
        take({});
    else if (m_catalogue)
        m_catalogue->search(m_asked);
}

void LibraryModel::take(const recipes::Findings &findings)
{
    if (findings.text != m_asked) // somebody typed on
        return;
    if (m_asked.isEmpty())
        m_foundOrder = LibraryOrder::Match;
    const bool isOther = std::exchange(m_search, m_asked) != m_asked;
    m_findings = findings;
    if (isOther)
        Q_EMIT chosenOtherwise();
    arrange();
}

/// While many come: not after each, and the less often the longer it takes.
void LibraryModel::arrangeSoon()
{
    if (!m_soon.isActive())
        m_soon.start(int(std::max<qint64>(SoonMs, Share * m_arrangedInMs)));
}

void LibraryModel::arrange()
{
    m_soon.stop();
    m_sinceArranged.start();
    const auto note = qScopeGuard([this] { m_arrangedInMs = m_sinceArranged.elapsed(); });
    const LibraryRows::Order rows =
        m_search.isEmpty() ? m_rows.inOrder(m_order) : m_rows.ofFindings(m_findings, m_foundOrder);
    show(m_rows.chosen(rows, m_choice, m_timers.now()));
    if (std::exchange(m_isOtherStock, false)) {
        refreshFaces();
        Q_EMIT stockChanged();
    }
    Q_EMIT arranged();
}

/// Tells the views no more than what differs, so that a row that stays keeps its focus.
void LibraryModel::show(LibraryRows::Order rows)
{
    const size_t shorter = std::min(rows.size(), m_shown.size());
    size_t head = 0;
    while (head < shorter && rows[head] == m_shown[head])
        ++head;
    size_t tail = 0;
    while (tail < shorter - head &&
           rows[rows.size() - 1 - tail] == m_shown[m_shown.size() - 1 - tail])
        ++tail;
    const int gone = int(m_shown.size() - head - tail);
    const int fresh = int(rows.size() - head - tail);
    if (std::max(gone, fresh) > int(FewRows)) {
        beginResetModel();
        m_shown = std::move(rows);
        notePlaces();
        return endResetModel();
    }
    if (gone > 0) {
        beginRemoveRows({}, int(head), int(head) + gone - 1);
        m_shown.erase(m_shown.begin() + std::ptrdiff_t(head),
                      m_shown.begin() + std::ptrdiff_t(head) + gone);
        notePlaces();
        endRemoveRows();
    }
    if (fresh > 0) {
        beginInsertRows({}, int(head), int(head) + fresh - 1);
        m_shown = std::move(rows);
        notePlaces();
        endInsertRows();
    }
}

void LibraryModel::notePlaces()
{
    m_places.clear();
    for (size_t i = 0; i < m_shown.size(); ++i) {
        if (size_t(m_shown[i]) >= m_places.size())
            m_places.resize(size_t(m_shown[i]) + 1, -1);
        m_places[size_t(m_shown[i])] = int(i);
    }
}

QModelIndex LibraryModel::indexOf(const RecipeId &recipe) const
{
    const int row = m_rows.indexOf(recipe);
    const bool isShown = row >= 0 && size_t(row) < m_places.size() && m_places[size_t(row)] >= 0;
    return isShown ? index(m_places[size_t(row)]) : QModelIndex();
}

void LibraryModel::tellRow(int row, const QList<int> &roles)
{
    const QModelIndex place = row < 0 ? QModelIndex() : indexOf(m_rows.at(row).entry.id);
    if (place.isValid())
        Q_EMIT dataChanged(place, place, roles);
}

void LibraryModel::photoCame(const BlobHash &photo)
{
    for (const int row : m_shown)
        if (m_rows.at(row).entry.photo == photo)
            tellRow(row, {PictureRole});
}

/// Only rows whose timer shows another second are told; a still library costs nothing.
void LibraryModel::refreshFaces()
{
    QHash<RecipeId, TimerFace> faces;
    const QList<timers::Timer> all = m_timers.onPass();
    for (const timers::Timer &timer : all)
        if (timer.place && !faces.contains(timer.place->recipe))
            faces.insert(timer.place->recipe, m_timers.faceOf(timer));
    const QSet<RecipeId> before = std::exchange(m_timed, {});
    for (auto it = faces.cbegin(); it != faces.cend(); ++it)
        m_timed.insert(it.key());
    const QSet<RecipeId> concerned = before + m_timed;
    for (const RecipeId &id : concerned) {
        const int row = m_rows.indexOf(id);
        const auto found = faces.constFind(id);
        const auto face = found == faces.cend() ? std::nullopt : std::optional(*found);
        if (row < 0 || m_rows.at(row).face == face)
            continue;
        const auto shown = std::exchange(m_rows.at(row).face, face);
        const bool onlyCounts =
            shown && face && shown->look == face->look && shown->count.size() == face->count.size();
        tellRow(row, onlyCounts ? QList<int>{FaceRole} : QList<int>());
    }
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LibraryRow &row = m_rows.at(m_shown[size_t(index.row())]);
    const recipes::Entry &entry = row.entry;
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleTextRole: {
        QStringList words{entry.title};
        if (entry.isFavourite)
            words += tr("favourite");
        if (entry.minutes)
            words += Words::minutes(*entry.minutes);
        return words.join(QLatin1String(", "));
    }
    case RecipeIdRole:
        return QVariant::fromValue(entry.id);
    case CoverRole:
        if (row.cover.isEmpty())
            row.cover = coverFor(entry.title);
        return row.cover;
    case MinutesRole:
        return entry.minutes ? QVariant(*entry.minutes) : QVariant();
    case FaceRole:
        return row.face ? QVariant::fromValue(*row.face) : QVariant();
    case FavouriteRole:
        return entry.isFavourite;
    case TimesRole:
        return entry.times;
    case PictureRole:
        return m_pictures && !entry.photo.isNull() ? m_pictures(entry.photo) : QImage();
    default: // roles are open-ended
        return {};
    }
}

} // namespace simmer::ui
