// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simmer::ui {

/// Paints a row of a list in two lines: what it is, and the rest in a quieter ink.
class TwoLineDelegate : public QStyledItemDelegate
{
public:
    /// What the second line reads; Qt::DisplayRole is the first.
    static constexpr int SecondRole = Qt::UserRole + 1;

    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    /// A row without the gap to its neighbours.
    static QRectF rowOf(const QStyleOptionViewItem &option);
    /// Rounded where it is chosen or under the pointer; returns what the words stand on.
    static QColor paintGround(QPainter &painter, const QStyleOptionViewItem &option);
    /// Around the row that has the keys.
    static void paintKeys(QPainter &painter, const QStyleOptionViewItem &option);
};

} // namespace simmer::ui
