// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/RingPainter.h"

#include "theme/Covers.h"
#include "theme/Icons.h"
#include "theme/Type.h"

#include <QPainter>

#include <cmath>
#include <numbers>

namespace simmer::ui {

namespace {

/// The box with what is the same for all strokes of one ring.
struct Geometry {
    QPointF middle;
    qreal radius = 0; ///< of the middle of the stroke
    qreal stroke = 0;

    /// Points on a circle; `part` runs clockwise from 12 o'clock.
    QPointF at(double part, qreal distance) const
    {
        const double angle = 2 * std::numbers::pi * (part - 0.25);
        return middle + distance * QPointF(std::cos(angle), std::sin(angle));
    }
    QRectF circle() const
    {
        return {middle - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)};
    }
};

Geometry geometryOf(const QRectF &box, qreal stroke)
{
    return {box.center(), box.width() / 2 - 2 - stroke / 2, stroke};
}

QColor arcColour(const RingDrawing &drawing, const Tokens &tokens)
{
    if (drawing.isOnRing)
        return tokens.onRing;
    switch (drawing.face.look) {
    case Look::Ready:
    case Look::Running:
        return tokens.flame;
    case Look::Checking:
        return tokens.amber;
    case Look::Paused:
        return tokens.pause;
    case Look::Ringing:
    case Look::Late:
        return tokens.ringArc;
    case Look::Done:
        return tokens.done;
    }
    Q_UNREACHABLE();
}

QLatin1String badgeOf(Look look)
{
    switch (look) {
    case Look::Ready:
    case Look::Running:
        return {};
    case Look::Checking:
        return QLatin1String("eye");
    case Look::Paused:
        return QLatin1String("pause");
    case Look::Ringing:
        return QLatin1String("bell-filled");
    case Look::Late:
        return QLatin1String("late");
    case Look::Done:
        return QLatin1String("check");
    }
    Q_UNREACHABLE();
}

void paintArc(QPainter &painter, const Geometry &ring, double from, double to, const QColor &colour,
              Qt::PenCapStyle cap)
{
    constexpr double Circle = 360 * 16; // Qt counts sixteenths of a degree, anticlockwise
    painter.setPen(QPen(colour, ring.stroke, Qt::SolidLine, cap));
    painter.drawArc(ring.circle(), int(std::lround(Circle * (0.25 - from))),
                    -int(std::lround(Circle * (to - from))));
}

void paintDashed(QPainter &painter, const Geometry &ring, const QColor &colour)
{
    constexpr int Dashes = 16;
    for (int dash = 0; dash < Dashes; ++dash)
        paintArc(painter, ring, dash / double(Dashes), (dash + 0.6) / Dashes, colour, Qt::FlatCap);
}

/// The amber mark of a range's check, with a seam of the ground around it.
void paintCheckMark(QPainter &painter, const Geometry &ring, double check, const QColor &ground,
                    const QColor &amber)
{
    const qreal reach = ring.stroke / 2 + 1.5;
    const QLineF line(ring.at(check, ring.radius - reach), ring.at(check, ring.radius + reach));
    painter.setPen(QPen(ground, ring.stroke * 1.1, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line);
    painter.setPen(QPen(amber, ring.stroke * 0.55, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(line);
}

/// Dots on the stroke: in the ground's colour where the arc has passed, dark ahead of it.
void paintCues(QPainter &painter, const Geometry &ring, const RingDrawing &drawing,
               const Tokens &tokens)
{
    painter.setPen(Qt::NoPen);
    const qreal radius = std::max(1.2, ring.stroke * 0.28);
    for (const double cue : drawing.face.cues) {
        painter.setBrush(cue <= drawing.face.fraction ? drawing.ground : tokens.ink3);
        painter.drawEllipse(ring.at(cue, ring.radius), radius, radius);
    }
}

void paintBadge(QPainter &painter, const QRectF &box, const RingDrawing &drawing,
                const Tokens &tokens)
{
    const QLatin1String glyph = badgeOf(drawing.face.look);
    if (glyph.isEmpty())
        return;
    // 30 % of the diameter, at least 18 (GUIDE.md); on the ring's corner as in the mock-ups.
    const qreal radius = std::max(18.0, box.width() * 0.3) / 2;
    const QPointF middle = box.center() + 0.656 * QPointF(box.width(), box.width()) / 2;
    const QColor fill = drawing.isOnRing ? tokens.onRing : arcColour(drawing, tokens);
    const QColor ink = drawing.isOnRing ? tokens.ring : tokens.isDark ? tokens.page : Qt::white;
    painter.setPen(Qt::NoPen);
    painter.setBrush(drawing.ground);
    painter.drawEllipse(middle, radius + 2, radius + 2);
    painter.setBrush(fill);
    painter.drawEllipse(middle, radius, radius);
    const qreal half = radius * 0.62;
    paintIcon(painter, QRectF(middle - QPointF(half, half), QSizeF(2 * half, 2 * half)), glyph, ink,
              drawing.face.look == Look::Late ? 1.6 : 2.2); // its letters would run together
}

void paintInside(QPainter &painter, const QRectF &box, const RingDrawing &drawing,
                 const Tokens &tokens)
{
    const qreal radius = box.width() / 2 - 2 - drawing.stroke - std::max(2.5, box.width() * 0.045);
    if (!drawing.label.isEmpty()) {
        painter.setPen(tokens.ink);
        painter.setFont(textFont(std::max(11, int(box.width() * 0.4)), QFont::DemiBold));
        painter.drawText(box, Qt::AlignCenter, drawing.label);
        return;
    }
    if (drawing.cover.isEmpty()) {
        if (box.width() < 32)
            return;
        const qreal half = radius * 0.45;
        paintIcon(painter, QRectF(box.center() - QPointF(half, half), QSizeF(2 * half, 2 * half)),
                  QLatin1String("clock"), arcColour(drawing, tokens));
        return;
    }
    painter.save();
    if (drawing.face.look == Look::Paused)
        painter.setOpacity(0.5);
    paintPlate(painter, box.center(), radius, drawing.cover, tokens.isDark);
    painter.restore();
}

void paintProgress(QPainter &painter, const Geometry &ring, const RingDrawing &drawing,
                   const Tokens &tokens)
{
    const TimerFace &face = drawing.face;
    const QColor arc = arcColour(drawing, tokens);
    if (face.look == Look::Ringing || face.look == Look::Done)
        return paintArc(painter, ring, 0, 1, arc, Qt::FlatCap);
    if (face.look == Look::Late)
        return paintDashed(painter, ring, arc);
    paintArc(painter, ring, 0, 1, tokens.track, Qt::FlatCap);
    if (face.check > 0)
        paintArc(painter, ring, face.check, 1, tokens.amberLine, Qt::FlatCap);
    if (face.fraction > 0)
        paintArc(painter, ring, 0, face.fraction, arc, Qt::RoundCap);
    if (face.check > 0)
        paintCheckMark(painter, ring, face.check, drawing.ground, tokens.amber);
    paintCues(painter, ring, drawing, tokens);
}

} // namespace

QRect arcChange(const RingPlace &place, double before, double now, qreal ratio)
{
    constexpr double Little = 0.125; // of the circle: within an eighth the corners bound the arc
    const Geometry ring = geometryOf(place.box, place.stroke);
    const double part = std::abs(now - before);
    if (part * 2 * std::numbers::pi * ring.radius * ratio < 0.5)
        return {};
    if (part > Little)
        return place.box.toAlignedRect();
    const qreal reach = place.stroke / 2 + 2; // its round end, and what is smoothed
    QRectF moved;
    for (const double at : {before, (before + now) / 2, now}) {
        const QPointF point = ring.at(at, ring.radius);
        moved |= QRectF(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    }
    return moved.toAlignedRect();
}

QRect ShownArc::paintTo(double fraction, const RingPlace &place, qreal ratio)
{
    const QRect change = arcChange(place, m_end, fraction, ratio);
    if (!change.isEmpty())
        m_end = fraction;
    return change;
}

void paintRing(QPainter &painter, const QRectF &box, const RingDrawing &drawing,
               const Tokens &tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const Geometry ring = geometryOf(box, drawing.stroke);
    paintInside(painter, box, drawing, tokens);
    painter.setBrush(Qt::NoBrush);
    paintProgress(painter, ring, drawing, tokens);
    if (drawing.hasBadge && box.width() >= 40)
        paintBadge(painter, box, drawing, tokens);
    painter.restore();
}

} // namespace simmer::ui
