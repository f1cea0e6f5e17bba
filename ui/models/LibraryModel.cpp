// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/LibraryModel.h"

#include "theme/Covers.h"
#include "words/Words.h"

#include <algorithm>

namespace simmer::ui {

namespace {

bool byTitle(const QString &a, const QString &b)
{
    return QString::localeAwareCompare(a, b) < 0;
}

} // namespace

QString folded(const QString &text)
{
    const QString apart = text.normalized(QString::NormalizationForm_KD);
    QString plain;
    plain.reserve(apart.size());
    for (const QChar letter : apart)
        if (letter.category() != QChar::Mark_NonSpacing)
            plain += letter.toCaseFolded();
    return plain;
}

LibraryModel::LibraryModel(const recipes::RecipeBook &book, const LiveTimers &timers,
                           QObject *parent)
    : QAbstractListModel(parent)
    , m_book(book)
    , m_timers(timers)
{
    connect(&book, &recipes::RecipeBook::loaded, this, &LibraryModel::reload);
    connect(&book, &recipes::RecipeBook::recipeChanged, this, &LibraryModel::put);
    connect(&book, &recipes::RecipeBook::recipeRemoved, this, &LibraryModel::drop);
    connect(&timers, &LiveTimers::ticked, this, &LibraryModel::refreshFaces);
    connect(&timers, &LiveTimers::changed, this, &LibraryModel::refreshFaces);
    reload();
}

LibraryModel::Row LibraryModel::rowOf(const recipes::Recipe &recipe) const
{
    const QStringList words = QStringList{recipe.title} + recipe.ingredients + recipe.tags;
    return {
        recipe.id,           recipe.title,     coverFor(recipe.title), folded(words.join(u'\n')),
        recipe.totalMinutes, faceOf(recipe.id)};
}

void LibraryModel::reload()
{
    beginResetModel();
    m_rows.clear();
    for (const recipes::Recipe &recipe : m_book.recipes())
        m_rows += rowOf(recipe);
    std::sort(m_rows.begin(), m_rows.end(),
              [](const Row &a, const Row &b) { return byTitle(a.title, b.title); });
    endResetModel();
}

void LibraryModel::put(const recipes::Recipe &recipe)
{
    const int known = find(recipe.id);
    if (known >= 0 && m_rows.at(known).title == recipe.title) {
        m_rows[known] = rowOf(recipe);
        Q_EMIT dataChanged(index(known), index(known));
        return;
    }
    drop(recipe.id);
    const auto place = std::upper_bound(
        m_rows.cbegin(), m_rows.cend(), recipe.title,
        [](const QString &title, const Row &row) { return byTitle(title, row.title); });
    const int row = int(std::distance(m_rows.cbegin(), place));
    beginInsertRows({}, row, row);
    m_rows.insert(row, rowOf(recipe));
    endInsertRows();
}

void LibraryModel::drop(const RecipeId &recipe)
{
    const int row = find(recipe);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

int LibraryModel::find(const RecipeId &recipe) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                    [&](const Row &row) { return row.id == recipe; });
    return found == m_rows.cend() ? -1 : int(std::distance(m_rows.cbegin(), found));
}

QModelIndex LibraryModel::indexOf(const RecipeId &recipe) const
{
    const int row = find(recipe);
    return row < 0 ? QModelIndex() : index(row);
}

std::optional<TimerFace> LibraryModel::faceOf(const RecipeId &recipe) const
{
    const QList<timers::Timer> all = m_timers.onPass();
    const auto first = std::find_if(all.cbegin(), all.cend(), [&](const timers::Timer &timer) {
        return timer.place && timer.place->recipe == recipe;
    });
    return first == all.cend() ? std::nullopt : std::optional(m_timers.faceOf(*first));
}

/// Only rows whose timer shows another second are announced; a still library costs nothing.
void LibraryModel::refreshFaces()
{
    QHash<RecipeId, TimerFace> faces;
    const QList<timers::Timer> all = m_timers.onPass();
    for (const timers::Timer &timer : all)
        if (timer.place && !faces.contains(timer.place->recipe))
            faces.insert(timer.place->recipe, m_timers.faceOf(timer));
    for (int row = 0; row < m_rows.size(); ++row) {
        const auto found = faces.constFind(m_rows.at(row).id);
        const auto face = found == faces.cend() ? std::nullopt : std::optional(*found);
        if (face == m_rows.at(row).face)
            continue;
        m_rows[row].face = face;
        Q_EMIT dataChanged(index(row), index(row), {FaceRole, Qt::AccessibleTextRole});
    }
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::AccessibleTextRole:
        return row.minutes ? row.title + QStringLiteral(", ") + Words::minutes(*row.minutes)
                           : row.title;
    case RecipeIdRole:
        return QVariant::fromValue(row.id);
    case CoverRole:
        return row.cover;
    case MinutesRole:
        return row.minutes ? QVariant(*row.minutes) : QVariant();
    case FaceRole:
        return row.face ? QVariant::fromValue(*row.face) : QVariant();
    case SearchRole:
        return row.search;
    default: // roles are open-ended
        return {};
    }
}

} // namespace simmer::ui
