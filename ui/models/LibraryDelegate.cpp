// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/LibraryDelegate.h"

#include "models/LibraryModel.h"
#include "theme/Covers.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/Words.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace simmer::ui {

namespace {

// A row of the mock-ups, px.
constexpr int RowHeight = 54;
constexpr qreal Side = 8;
constexpr qreal Thumb = 44;
constexpr qreal TextLeft = Side + 7 + Thumb + 11;
constexpr qreal PillHeight = 22;
constexpr qreal PillPad = 7;

struct Pill {
    QString text;
    QColor fill;
    QColor ink;
};

Pill pillOf(const TimerFace &face, const Tokens &tokens)
{
    switch (face.look) {
    case Look::Ready:
    case Look::Done:
        return {};
    case Look::Running:
        return {face.count, tokens.flameTint, tokens.flameInk};
    case Look::Checking:
        return {face.count, tokens.amberTint, tokens.amberInk};
    case Look::Paused:
        return {Words::tr("Paused"), tokens.pauseTint, tokens.pauseInk};
    case Look::Ringing:
        return {face.count, tokens.ring, tokens.onRing};
    case Look::Late:
        return {Words::tr("Late"), tokens.ringTint, tokens.ringInk};
    }
    Q_UNREACHABLE();
}

QFont pillFont()
{
    return textFont(13, QFont::DemiBold);
}

/// Returns the left edge of what it painted.
qreal paintPill(QPainter &painter, const QRectF &row, const Pill &pill)
{
    if (pill.text.isEmpty())
        return row.right() - 10;
    const qreal wide = countWidth(pillFont(), pill.text) + 2 * PillPad;
    const QRectF box(row.right() - 10 - wide, row.center().y() - PillHeight / 2, wide, PillHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pill.fill);
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(pill.ink);
    const qreal line = box.center().y() + QFontMetricsF(pillFont()).capHeight() / 2;
    paintCount(painter, {box.left() + PillPad, line}, pillFont(), pill.text);
    return box.left() - 8;
}

} // namespace

void paintFace(QPainter &painter, const QRectF &box, const QModelIndex &index, qreal radius,
               bool isDark)
{
    const QImage photo = index.data(LibraryModel::PictureRole).value<QImage>();
    if (photo.isNull())
        return paintCover(painter, box, index.data(LibraryModel::CoverRole).toString(), radius,
                          isDark);
    painter.save();
    QPainterPath shape;
    shape.addRoundedRect(box, radius, radius);
    painter.setClipPath(shape);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QSizeF part = box.size().scaled(photo.size(), Qt::KeepAspectRatio);
    painter.drawImage(
        box, photo,
        {QPointF((photo.width() - part.width()) / 2, (photo.height() - part.height()) / 2), part});
    if (isDark)
        painter.fillRect(box, CoverDimming);
    painter.restore();
}

QSize LibraryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, RowHeight};
}

void LibraryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Tokens &tokens = tokensOf(option.palette);
    const QRectF row = QRectF(option.rect).adjusted(Side, 1, 0, -1);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setBrush(selected ? tokens.select : tokens.hover);
        painter->drawRoundedRect(row, 8, 8);
    }
    const QRectF thumb(row.left() + 7, row.center().y() - Thumb / 2, Thumb, Thumb);
    paintFace(*painter, thumb, index, 8, tokens.isDark);
    const QVariant face = index.data(LibraryModel::FaceRole);
    const Pill pill = face.isValid() ? pillOf(face.value<TimerFace>(), tokens) : Pill();
    const qreal room = paintPill(*painter, row, pill) - option.rect.left() - TextLeft;
    const qreal left = option.rect.left() + TextLeft;
    const QFont titleFont = textFont(14, QFont::Medium);
    painter->setPen(tokens.ink);
    painter->setFont(titleFont);
    const QVariant minutes = index.data(LibraryModel::MinutesRole);
    const qreal middle = row.center().y();
    painter->drawText(
        QPointF(left, minutes.isValid() ? middle - 3 : middle + 5),
        QFontMetricsF(titleFont).elidedText(index.data().toString(), Qt::ElideRight, room));
    if (minutes.isValid()) {
        painter->setPen(selected ? tokens.ink2 : tokens.ink3);
        painter->setFont(textFont(13));
        painter->drawText(QPointF(left, middle + 15), Words::minutes(minutes.toInt()));
    }
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange))
        paintFocus(*painter, row.adjusted(1, 1, -1, -1), 7, option.palette);
    painter->restore();
}

} // namespace simmer::ui
