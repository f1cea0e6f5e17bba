// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/BigStep.h"

#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal Leading = 1.3; // of the text's size (GUIDE.md: 60/78)
constexpr qreal BoxReach = 5;  // less than a space, so that a full stop stays clear
constexpr qreal BoxPad = 8;    // at the ends of lines
constexpr int ShrinkBy = 4;

struct BoxColours {
    QColor fill;
    QColor line;
    QColor ink;
};

BoxColours coloursOf(Look look, bool isChosen, const Tokens &tokens)
{
    switch (look) {
    case Look::Ready:
        return {tokens.flameTint, isChosen ? tokens.flame : tokens.flameTint, tokens.flameInk};
    case Look::Running:
        return {tokens.flameTint, tokens.flame, tokens.flameInk};
    case Look::Checking:
        return {tokens.amberTint, tokens.amber, tokens.amberInk};
    case Look::Paused:
        return {tokens.pauseTint, isChosen ? tokens.pause : tokens.pauseTint, tokens.pauseInk};
    case Look::Ringing:
        return {tokens.ring, tokens.ring, tokens.onRing};
    case Look::Late:
        return {tokens.ringTint, tokens.ringLine, tokens.ringInk};
    case Look::Done:
        return {Qt::transparent, isChosen ? tokens.done : QColor(Qt::transparent), tokens.doneInk};
    }
    Q_UNREACHABLE();
}

} // namespace

BigStep::BigStep(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    m_layout.setCacheEnabled(true);
}

void BigStep::show(const recipes::Step &step, const QList<TimerFace> &faces, int chosen)
{
    const bool isOther = step != m_step;
    const bool isRepainted =
        chosen != m_chosen || faces.size() != m_faces.size() ||
        !std::equal(faces.cbegin(), faces.cend(), m_faces.cbegin(),
                    [](const TimerFace &a, const TimerFace &b) { return a.look == b.look; });
    m_step = step;
    m_faces = faces;
    m_chosen = chosen;
    if (isOther) {
        setAccessibleName(step.text);
        flow();
        verticalScrollBar()->setValue(0);
    } else if (isRepainted) {
        flow(); // the boxes' inks are in the text
    }
}

void BigStep::say(const QString &text)
{
    show({text, {}, {}}, {}, -1);
}

void BigStep::setPixels(int pixels)
{
    if (pixels == m_pixels)
        return;
    m_pixels = pixels;
    flow();
}

/// The text with its formats: times in their inks, heats in bold.
void BigStep::write()
{
    static const QRegularExpression heat(QStringLiteral("\\d+ ?°(?: ?[CF]\\b)?"));
    const Tokens &tokens = tokensOf(*this);
    QString text = m_step.text;
    text.replace(u'\n', QChar::LineSeparator);
    m_layout.setText(text);
    QList<QTextLayout::FormatRange> formats;
    auto heats = heat.globalMatch(text);
    while (heats.hasNext()) {
        const auto match = heats.next();
        QTextCharFormat bold;
        bold.setFontWeight(QFont::DemiBold);
        formats += {int(match.capturedStart()), int(match.capturedLength()), bold};
    }
    for (int slot = 0; slot < m_step.slots.size(); ++slot) {
        const recipes::Slot &time = m_step.slots.at(slot);
        QTextCharFormat ink;
        ink.setFontWeight(QFont::DemiBold);
        const Look look = m_faces.value(slot).look;
        ink.setForeground(coloursOf(look, slot == m_chosen, tokens).ink);
        formats += {time.start, time.end - time.start, ink};
    }
    m_layout.setFormats(formats);
}

/// Lays the text out; its height.
qreal BigStep::layOut(int pixels, int width)
{
    m_shownPixels = pixels;
    m_layout.setFont(displayFont(pixels, QFont::Medium));
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout.setTextOption(wrap);
    write();
    m_layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(std::max(100.0, width - 2 * BoxPad));
        line.setPosition({BoxPad, y + (leading() - line.height()) / 2});
        y += leading();
    }
    m_layout.endLayout();
    return y;
}

qreal BigStep::leading() const
{
    return std::round(m_shownPixels * Leading);
}

int BigStep::heightFor(int width, int most)
{
    qreal height = layOut(std::max(m_pixels, LeastPixels), width);
    while (height > most && m_shownPixels > LeastPixels)
        height = layOut(std::max(LeastPixels, m_shownPixels - ShrinkBy), width);
    m_isWhole = height <= most;
    return int(std::ceil(std::min(height, qreal(most))));
}

void BigStep::flow()
{
    const QSize room = viewport()->size();
    m_height = layOut(std::max(m_pixels, LeastPixels), room.width());
    while (m_height > room.height() && m_shownPixels > LeastPixels)
        m_height = layOut(std::max(LeastPixels, m_shownPixels - ShrinkBy), room.width());
    verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(m_height)) - room.height()));
    verticalScrollBar()->setPageStep(room.height());
    verticalScrollBar()->setSingleStep(int(leading()));
    viewport()->update();
}

bool BigStep::turn(bool down)
{
    QScrollBar *bar = verticalScrollBar();
    if (bar->value() == (down ? bar->maximum() : bar->minimum()))
        return false;
    const int page = std::max(int(leading()), bar->pageStep() - int(leading())); // a line stays
    bar->setValue(bar->value() + (down ? page : -page));
    return true;
}

void BigStep::resizeEvent(QResizeEvent *)
{
    flow();
}

void BigStep::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        flow();
}

/// The boxes of a time, one a line that it stands on; in the text's coordinates.
QList<QRectF> BigStep::boxesOf(int slot) const
{
    QList<QRectF> boxes;
    const recipes::Slot &time = m_step.slots.at(slot);
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        const QTextLine line = m_layout.lineAt(i);
        const int from = std::max(time.start, line.textStart());
        const int to = std::min(time.end, line.textStart() + line.textLength());
        if (from >= to)
            continue;
        const qreal left = line.cursorToX(from);
        const qreal right = line.cursorToX(to);
        boxes += QRectF(left, line.y(), right - left, line.height())
                     .normalized()
                     .adjusted(-BoxReach, -1, BoxReach, 1);
    }
    return boxes;
}

int BigStep::slotAt(const QPointF &point) const
{
    const QPointF inText = point + QPointF(0, verticalScrollBar()->value());
    for (int slot = 0; slot < m_step.slots.size(); ++slot) {
        const QList<QRectF> boxes = boxesOf(slot);
        if (std::any_of(boxes.cbegin(), boxes.cend(),
                        [&](const QRectF &box) { return box.contains(inText); }))
            return slot;
    }
    return -1;
}

void BigStep::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? slotAt(event->position()) : -1;
}

void BigStep::mouseReleaseEvent(QMouseEvent *event)
{
    const int pressed = std::exchange(m_pressed, -1);
    if (pressed >= 0 && pressed == slotAt(event->position()))
        Q_EMIT tapped(pressed);
}

void BigStep::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.translate(0, -verticalScrollBar()->value());
    for (int slot = 0; slot < m_step.slots.size(); ++slot) {
        const BoxColours colours = coloursOf(m_faces.value(slot).look, slot == m_chosen, tokens);
        painter.setPen(QPen(colours.line, 2));
        painter.setBrush(colours.fill);
        const QList<QRectF> boxes = boxesOf(slot);
        for (const QRectF &box : boxes)
            painter.drawRoundedRect(box, 10, 10);
    }
    painter.setPen(tokens.ink);
    m_layout.draw(&painter, {0, 0});
}

} // namespace simmer::ui
