// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace simmer::ui {

/// The recipes of a LibraryModel that hold every word of the search and take no longer than asked.
/// GUI thread.
class LibraryFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setSearch(const QString &text);
    /// 0 for any time. Recipes of unknown time pass only then.
    void setMostMinutes(int minutes);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    int m_mostMinutes = 0;
};

} // namespace simmer::ui
