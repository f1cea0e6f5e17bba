// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/TwoLineDelegate.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int RowHeight = 52;

} // namespace

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {240, RowHeight};
}

QRectF TwoLineDelegate::rowOf(const QStyleOptionViewItem &option)
{
    return QRectF(option.rect).adjusted(2, 1, -2, -1);
}

QColor TwoLineDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    if (!isChosen && !option.state.testFlag(QStyle::State_MouseOver))
        return tokens.page;
    const QColor ground = isChosen ? tokens.select : tokens.hover;
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rowOf(option), 8, 8);
    return ground;
}

void TwoLineDelegate::paintKeys(QPainter &painter, const QStyleOptionViewItem &option)
{
    if (option.state.testFlag(QStyle::State_Selected) &&
        option.state.testFlag(QStyle::State_HasFocus))
        paintFocus(painter, rowOf(option).adjusted(1, 1, -1, -1), 7, option.palette);
}

void TwoLineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Tokens &tokens = tokensOf(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = rowOf(option);
    paintGround(*painter, option);
    const auto line = [&](const QFont &font, const QColor &ink, qreal base, int role) {
        painter->setFont(font);
        painter->setPen(ink);
        painter->drawText(QPointF(row.left() + 12, row.top() + base),
                          QFontMetricsF(font).elidedText(index.data(role).toString(),
                                                         Qt::ElideRight, row.width() - 24));
    };
    line(textFont(14, QFont::Medium), tokens.ink, 21, Qt::DisplayRole);
    line(textFont(13), tokens.ink2, 40, SecondRole);
    paintKeys(*painter, option);
    painter->restore();
}

} // namespace simmer::ui
