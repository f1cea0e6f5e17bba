// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/TrayIcon.h"

#include "theme/Tokens.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace simmer::ui {

namespace {

constexpr int Sizes[] = {16, 22, 24, 32, 44, 48, 64};
constexpr QRectF Lid(3.2, 1.7, 9.6, 9.6); // of resources/app/icon-symbolic.svg
constexpr int Sixteenth = 16;             // Qt counts sixteenths of a degree

QPainterPath pot()
{
    QPainterPath path(QPointF(3, 7.2));
    path.lineTo(3, 11.5);
    path.arcTo(QRectF(3, 9, 5, 5), 180, 90);
    path.lineTo(10.5, 14);
    path.arcTo(QRectF(8, 9, 5, 5), 270, 90);
    path.lineTo(13, 7.2);
    return path;
}

void paintLid(QPainter &painter, const QColor &colour, qreal part)
{
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(Lid, 180 * Sixteenth, -int(180 * Sixteenth * part));
}

void paintPot(QPainter &painter, const TrayFace &face, const QColor &ink)
{
    using State = TrayFace::State;
    const bool rings = face.state == State::Ringing;
    const QColor line = rings ? darkTokens().ringArc : ink;
    QColor faint = line;
    faint.setAlphaF(0.35F);
    painter.setBrush(rings ? QBrush(line) : QBrush(Qt::NoBrush));
    painter.setPen(QPen(line, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(pot());
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(QPointF(1.2, 7.2), QPointF(14.8, 7.2));
    if (face.state == State::Idle || rings) {
        painter.drawLine(QPointF(8, 1.7), QPointF(8, 0.9));
        return paintLid(painter, line, 1);
    }
    paintLid(painter, faint, 1);
    if (face.state == State::Running && face.part > 0)
        paintLid(painter, line, face.part / 16.0);
    if (face.state == State::Paused) {
        painter.setPen(QPen(line, 1.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(6.8, 2.6), QPointF(6.8, 5));
        painter.drawLine(QPointF(9.2, 2.6), QPointF(9.2, 5));
    }
}

} // namespace

QIcon trayIcon(const TrayFace &face, const QColor &ink)
{
    QIcon icon;
    for (const int size : Sizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(size / 16.0, size / 16.0);
        paintPot(painter, face, ink);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace simmer::ui
