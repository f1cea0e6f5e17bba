// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/LibraryFilter.h"

#include "models/LibraryModel.h"

#include <algorithm>

namespace simmer::ui {

void LibraryFilter::setSearch(const QString &text)
{
    m_words = folded(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void LibraryFilter::setMostMinutes(int minutes)
{
    m_mostMinutes = minutes;
    invalidateFilter();
}

bool LibraryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_mostMinutes > 0) {
        const QVariant minutes = index.data(LibraryModel::MinutesRole);
        if (!minutes.isValid() || minutes.toInt() > m_mostMinutes)
            return false;
    }
    const QString text = index.data(LibraryModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&](const QString &word) { return text.contains(word); });
}

} // namespace simmer::ui
