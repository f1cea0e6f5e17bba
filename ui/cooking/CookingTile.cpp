// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingTile.h"

#include "theme/CountColour.h"
#include "theme/SimmerStyle.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/RingPainter.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal Pad = 12;
constexpr int LeastButton = 52;

} // namespace

CookingTile::CookingTile(const TimerId &timer, QWidget *parent)
    : PassItem(timer, parent)
    , m_button(new FlatButton(QLatin1String("pause"), {}, this))
{
    setFocusPolicy(Qt::TabFocus);
    m_button->setFocusPolicy(Qt::NoFocus); // Space on the tile does the same
    m_button->setRadius(12);
    connect(m_button, &QAbstractButton::clicked, this, &CookingTile::toggleWished);
}

void CookingTile::setUnit(qreal unit)
{
    m_unit = unit;
    m_button->setZoom(std::clamp(1.4 * unit, 1.1, 2.4), LeastButton);
    updateGeometry();
    update();
}

int CookingTile::leastWidth() const
{
    return int(std::lround(std::max(260.0, 330 * m_unit)));
}

void CookingTile::changed(Change change)
{
    using Role = FlatButton::Role;
    if (change == Change::Dress) {
        const bool late = words().face.look == Look::Late;
        const bool paused = words().face.look == Look::Paused;
        m_button->set(QLatin1String(rings()  ? "stop"
                                    : late   ? "check"
                                    : paused ? "play"
                                             : "pause"),
                      {});
        m_button->setRole(rings() ? Role::StopRing : late ? Role::Urgent : Role::Plain);
        m_button->setAccessibleName((rings()  ? tr("Stop, %1")
                                     : late   ? tr("Got it, %1")
                                     : paused ? tr("Resume, %1")
                                              : tr("Pause, %1"))
                                        .arg(words().name));
        m_button->setEnabled(!words().isPending || rings());
    }
    update();
}

RingPlace CookingTile::ringPlace() const
{
    const qreal side = std::min(height() - 2 * Pad, 72 * m_unit);
    return {{Pad + 2, (height() - side) / 2, side, side}, std::max(4.0, 5 * m_unit)};
}

CountPlace CookingTile::countPlace() const
{
    const bool late = words().face.look == Look::Late;
    const QFont font =
        displayFont(late ? std::max(18, int(24 * m_unit)) : std::max(24, int(38 * m_unit)));
    return {{m_button->x() - 10 - countWidth(font, words().count),
             height() / 2.0 + QFontMetricsF(font).capHeight() / 2},
            font};
}

QFont CookingTile::nameFont() const
{
    return textFont(std::max(15, int(18 * m_unit)), QFont::DemiBold);
}

QFont CookingTile::placeFont() const
{
    return textFont(std::max(13, int(16 * m_unit)));
}

QList<qreal> CookingTile::lines() const
{
    const qreal middle = height() / 2.0;
    const QFontMetricsF place(placeFont());
    if (words().cue.isEmpty())
        return {middle - 4, middle + place.ascent() + 2};
    const qreal second = middle + place.capHeight() / 2 + 1;
    return {second - place.height() - 1, second, second + place.height()};
}

QRect CookingTile::cuePlace() const
{
    const QFontMetricsF metrics(placeFont());
    const qreal left = ringPlace().box.right() + 12;
    return QRectF(left, lines().constLast() - metrics.ascent(), m_button->x() - left,
                  metrics.height())
        .toAlignedRect();
}

void CookingTile::resizeEvent(QResizeEvent *)
{
    const int side = std::max(LeastButton, int(64 * m_unit));
    const int high = std::min(height() - 16, std::max(LeastButton, int(72 * m_unit)));
    m_button->setGeometry(width() - side - int(Pad), (height() - high) / 2, side, high);
}

void CookingTile::mousePressEvent(QMouseEvent *event)
{
    m_isPressed = event->button() == Qt::LeftButton;
}

void CookingTile::mouseReleaseEvent(QMouseEvent *event)
{
    if (std::exchange(m_isPressed, false) && rect().contains(event->position().toPoint()))
        Q_EMIT stepWished();
}

void CookingTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const bool late = words().face.look == Look::Late;
    const QColor ground = rings() ? tokens.ring : tokens.raised;
    painter.setPen(rings() ? QPen(Qt::NoPen)
                           : QPen(late ? tokens.ringLine : tokens.line, 1,
                                  late ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 14, 14);
    const RingPlace ring = ringPlace();
    paintRing(painter, ring.box,
              {words().face, ring.stroke, words().cover, {}, ground, true, rings()}, tokens);
    const CountPlace count = countPlace();
    painter.setPen(countColour(words().face.look, tokens));
    paintCount(painter, count.baseline, count.font, words().count);
    const qreal left = ring.box.right() + 12;
    const qreal room = count.baseline.x() - 10 - left;
    const auto line = [&](const QFont &font, const QColor &ink, qreal baseline, const QString &text,
                          qreal most) {
        painter.setPen(rings() ? tokens.onRing : ink);
        painter.setFont(font);
        painter.drawText(QPointF(left, baseline),
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, most));
    };
    const QList<qreal> baselines = lines();
    line(nameFont(), tokens.ink, baselines.at(0), words().name, room);
    line(placeFont(), tokens.ink2, baselines.at(1), words().place, room);
    if (!words().cue.isEmpty()) // below the count, so up to the button
        line(placeFont(), tokens.ink2, baselines.at(2), words().cue, m_button->x() - 8 - left);
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), 13, palette());
}

} // namespace simmer::ui
