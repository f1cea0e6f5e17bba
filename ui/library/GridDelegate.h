// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simmer::ui {

class LibraryModel;
struct Tokens;

/// Paints a recipe of the grid: picture, title, time, and where a search was found. GUI thread;
/// `model` must outlive it.
class GridDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit GridDelegate(const LibraryModel &model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Of a card of this width.
    static int heightFor(int width);
    /// The picture on such a card.
    static QRectF pictureOn(const QRectF &card);

private:
    void paintFound(QPainter &painter, const QRectF &line, const QModelIndex &index,
                    const Tokens &tokens) const;

    const LibraryModel &m_model;
};

} // namespace simmer::ui
