// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simmer::ui {

/// Paints a row of the library: cover, title, time, and the pill of a timer. GUI thread.
class LibraryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// At a row's right end, within so much, stands the pill of a timer.
    static constexpr QSize PillRoom{90, 26};

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// A recipe's photo, else its cover.
void paintFace(QPainter &painter, const QRectF &box, const QModelIndex &index, qreal radius,
               bool isDark);

} // namespace simmer::ui
