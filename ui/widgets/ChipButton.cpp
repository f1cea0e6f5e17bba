// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/ChipButton.h"

#include "theme/Icons.h"
#include "theme/SimmerStyle.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <cmath>

namespace simmer::ui {

namespace {

// The chip's insides from left to right, px (11-states): pad, glyph, gap, phrase, gap, hairline …
constexpr qreal Pad = 8;
constexpr qreal Glyph = 14;
constexpr qreal Gap = 6;
constexpr qreal TailGap = 8;
constexpr qreal EndPad = 9;
constexpr int FadeMs = 120;

QLatin1String glyphOf(Look look)
{
    switch (look) {
    case Look::Ready:
        return QLatin1String("play");
    case Look::Running:
    case Look::Checking:
        return {};
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

} // namespace

ChipButton::ChipButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFont(phraseFont());
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    m_fade.setStartValue(0.0);
    m_fade.setEndValue(1.0);
    connect(&m_fade, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
}

QFont ChipButton::phraseFont()
{
    return textFont(15, QFont::Medium);
}

QFont ChipButton::tailFont()
{
    return textFont(15, QFont::DemiBold);
}

bool ChipButton::draw(const ChipDrawing &drawing)
{
    if (drawing == m_drawing)
        return false;
    const qreal widthBefore = chipWidth();
    const bool stateChanged = drawing.face.look != m_drawing.face.look;
    if (stateChanged)
        m_before = fadedColours();
    const ChipDrawing before = std::exchange(m_drawing, drawing);
    const int duration =
        std::min(FadeMs, style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this));
    if (stateChanged && isVisible() && duration > 0) {
        m_fade.setDuration(duration);
        m_fade.start();
    }
    repaintFrom(before);
    return std::abs(chipWidth() - widthBefore) > 0.01;
}

/// A second that passed repaints digits and the arc's end, and nothing around them.
void ChipButton::repaintFrom(const ChipDrawing &before)
{
    const double fraction = m_drawing.face.fraction;
    const bool isSame = before.face.look == m_drawing.face.look &&
                        before.phrase == m_drawing.phrase &&
                        before.isPending == m_drawing.isPending;
    const auto digits =
        isSame ? countChange(tailPlace(), before.tail, m_drawing.tail) : std::nullopt;
    if (!digits) {
        m_arc.paintAll(fraction);
        return update();
    }
    update(*digits);
    update(m_arc.paintTo(fraction, ringPlace(), devicePixelRatioF()));
}

QRectF ChipButton::chipBox() const
{
    return {Margin + 1, Margin, chipWidth() - 2, ChipHeight};
}

RingPlace ChipButton::ringPlace() const
{
    const QRectF chip = chipBox();
    const QRectF glyph(chip.left() + Pad, chip.center().y() - Glyph / 2, Glyph, Glyph);
    return {glyph.adjusted(-1, -1, 1, 1), 3};
}

CountPlace ChipButton::tailPlace() const
{
    const QFontMetricsF metrics(phraseFont());
    const QRectF chip = chipBox();
    return {{chip.left() + Pad + Glyph + Gap + metrics.horizontalAdvance(m_drawing.phrase) +
                 2 * TailGap,
             baseline()},
            tailFont()};
}

qreal ChipButton::chipWidth() const
{
    qreal width = 1 + Pad + Glyph + Gap +
                  QFontMetricsF(phraseFont()).horizontalAdvance(m_drawing.phrase) + EndPad + 1;
    if (!m_drawing.tail.isEmpty())
        width += 2 * TailGap + countWidth(tailFont(), m_drawing.tail);
    return std::ceil(width);
}

qreal ChipButton::baseline()
{
    return Margin + ChipHeight / 2.0 + QFontMetricsF(phraseFont()).capHeight() / 2;
}

QSize ChipButton::sizeHint() const
{
    return {int(chipWidth()) + 2 * Margin, ChipHeight + 2 * Margin};
}

ChipButton::Colours ChipButton::colours() const
{
    const Tokens &tokens = tokensOf(*this);
    const bool lit = underMouse() && isEnabled();
    switch (m_drawing.face.look) {
    case Look::Ready:
        return {lit ? tokens.flameLine : tokens.flameTint, Qt::transparent, tokens.flameInk};
    case Look::Running:
        return {lit ? tokens.flameLine : tokens.flameTint, tokens.flame, tokens.flameInk};
    case Look::Checking:
        return {lit ? tokens.amberLine : tokens.amberTint, tokens.amber, tokens.amberInk};
    case Look::Paused:
        return {lit ? tokens.line2 : tokens.pauseTint, Qt::transparent, tokens.pauseInk};
    case Look::Ringing:
        return {lit ? tokens.ringDeep : tokens.ring, Qt::transparent, tokens.onRing};
    case Look::Late:
        return {tokens.ringTint, tokens.ringLine, tokens.ringInk};
    case Look::Done: {
        QColor none = tokens.doneTint;
        none.setAlpha(0);
        return {lit ? tokens.doneTint : none, Qt::transparent, tokens.doneInk};
    }
    }
    Q_UNREACHABLE();
}

ChipButton::Colours ChipButton::fadedColours() const
{
    const Colours now = colours();
    if (m_fade.state() != QAbstractAnimation::Running)
        return now;
    const double part = m_fade.currentValue().toDouble();
    return {blend(m_before.fill, now.fill, part), blend(m_before.line, now.line, part),
            blend(m_before.ink, now.ink, part)};
}

void ChipButton::paintGround(QPainter &painter, const QRectF &chip, const Colours &look) const
{
    QPen pen(look.line, 1.5, m_drawing.face.look == Look::Late ? Qt::DashLine : Qt::SolidLine);
    if (m_drawing.face.look == Look::Late)
        pen.setDashPattern({2.5, 2});
    painter.setPen(look.line.alpha() > 0 ? pen : QPen(Qt::NoPen));
    painter.setBrush(look.fill);
    const qreal inset = look.line.alpha() > 0 ? 0.75 : 0;
    painter.drawRoundedRect(chip.adjusted(inset, inset, -inset, -inset), 8 - inset, 8 - inset);
}

void ChipButton::paintGlyph(QPainter &painter, const QColor &ink) const
{
    const RingPlace place = ringPlace();
    const Tokens &tokens = tokensOf(*this);
    const Look look = m_drawing.face.look;
    if (look != Look::Running && look != Look::Checking)
        return paintIcon(painter, place.box.adjusted(1.5, 1.5, -1.5, -1.5), glyphOf(look), ink);
    Tokens ringTokens = tokens;
    ringTokens.track = look == Look::Running ? tokens.flameLine : tokens.amberLine;
    RingDrawing ring{m_drawing.face, place.stroke, {}, {}, tokens.flameTint, false, false};
    ring.face.check = 0;
    paintRing(painter, place.box, ring, ringTokens);
}

void ChipButton::paintWords(QPainter &painter, const QColor &ink) const
{
    const QRectF chip = chipBox();
    painter.setPen(ink);
    painter.setFont(phraseFont());
    painter.drawText(QPointF(chip.left() + Pad + Glyph + Gap, baseline()), m_drawing.phrase);
    if (m_drawing.tail.isEmpty())
        return;
    const CountPlace tail = tailPlace();
    QColor hair = ink;
    hair.setAlphaF(0.35F);
    painter.fillRect(QRectF(std::round(tail.baseline.x() - TailGap), chip.center().y() - 6, 1, 12),
                     hair);
    paintCount(painter, tail.baseline, tail.font, m_drawing.tail);
}

void ChipButton::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !event->isAutoRepeat())
        return click();
    QAbstractButton::keyPressEvent(event);
}

void ChipButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF chip = chipBox();
    // Pressed, but not yet on the disk: paler until it is.
    painter.setOpacity(m_drawing.isPending ? 0.55 : 1);
    const Colours look = fadedColours();
    paintGround(painter, chip, look);
    paintGlyph(painter, look.ink);
    paintWords(painter, look.ink);
    painter.setOpacity(1);
    if (hasFocus())
        paintFocus(painter, chip.adjusted(-3, -3, 3, 3), 10, palette());
}

} // namespace simmer::ui
