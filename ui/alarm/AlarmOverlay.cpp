// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmOverlay.h"

#include "alarm/AlarmButton.h"
#include "alarm/AlarmQueue.h"
#include "cooking/Pedal.h"
#include "theme/Motion.h"
#include "theme/Type.h"
#include "widgets/RingPainter.h"
#include "widgets/TimerCard.h"

#include <QCloseEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr int FrameMs = 100; // GUIDE.md, "Motion"
constexpr double LoopMs = 1600;
constexpr qreal ArcStep = 94; // between two arcs
constexpr qreal ArcReach = 24;
constexpr int NarrowBelow = 1000; // then no ring beside the words
constexpr int QueueHeight = 104;
constexpr int Side = 48;

} // namespace

AlarmOverlay::AlarmOverlay(QWidget *parent)
    : QWidget(parent)
    , m_stop(new AlarmButton(AlarmButton::Role::Main, QLatin1String("stop"), tr("Stop"),
                             tr("Space", "the key"), this))
    , m_add(new AlarmButton(AlarmButton::Role::Deep, QLatin1String("plus"), tr("1 min"),
                            QStringLiteral("+"), this))
    , m_open(new AlarmButton(AlarmButton::Role::Deep, {}, tr("Open recipe"), tr("Enter", "the key"),
                             this))
    , m_queue(new AlarmQueue(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setWindowTitle(tr("Simmer rings"));
    const auto press = [this](AlarmButton *button, auto wish) {
        connect(button, &QAbstractButton::clicked, this, [this, wish] {
            if (listens())
                wish();
        });
    };
    press(m_stop, [this] { Q_EMIT stopWished(call().timer); });
    press(m_add, [this] { Q_EMIT minutesWished(call().timer, 1); });
    press(m_open, [this] { Q_EMIT stepWished(call().timer); });
    connect(m_queue, &AlarmQueue::stopWished, this, [this](const TimerId &timer) {
        if (listens())
            Q_EMIT stopWished(timer);
    });
    connect(m_queue, &AlarmQueue::minutesWished, this, [this](const TimerId &timer, int minutes) {
        if (listens())
            Q_EMIT minutesWished(timer, minutes);
    });
    m_frames.setInterval(FrameMs);
    connect(&m_frames, &QTimer::timeout, this, &AlarmOverlay::animate);
    hide();
}

void AlarmOverlay::show(const QList<AlarmCall> &calls)
{
    Q_ASSERT(!calls.isEmpty());
    const auto same = [&](const AlarmCall &other) {
        return !m_calls.isEmpty() && other.timer == call().timer && other.ring == call().ring;
    };
    const auto kept = std::find_if(calls.cbegin(), calls.cend(), same);
    const bool isOther = kept == calls.cend();
    const AlarmCall before = m_calls.isEmpty() ? AlarmCall() : call();
    const qsizetype count = std::exchange(m_calls, calls).size();
    m_at = isOther ? 0 : std::distance(calls.cbegin(), kept);
    // Another one under the same finger: it was not meant.
    if (isOther || isHidden())
        m_shown.start();
    if (before.words.name != call().words.name || before.words.hasStep != call().words.hasStep ||
        count != calls.size() || isHidden())
        dress();
    else if (m_calls.size() > 1)
        dress();
    update();
    setVisible(true);
}

void AlarmOverlay::setPedals(bool pedals)
{
    if (std::exchange(m_pedals, pedals) == pedals)
        return;
    m_stop->setKey(pedals ? tr("Space or →", "the keys") : tr("Space", "the key"));
    arrange();
}

bool AlarmOverlay::listens() const
{
    return isVisible() && m_shown.isValid() && m_shown.elapsed() >= DeafMs;
}

void AlarmOverlay::turnTo(qsizetype at)
{
    m_at = (at + m_calls.size()) % m_calls.size();
    dress();
    update();
}

void AlarmOverlay::dress()
{
    const CardWords &words = call().words;
    m_open->setVisible(words.hasStep);
    m_stop->setAccessibleName(tr("Stop, %1").arg(words.name));
    m_add->setAccessibleName(tr("1 min more, %1").arg(words.name));
    m_open->setAccessibleName(tr("Open recipe, %1").arg(words.place));
    setAccessibleName(words.spoken);
    setAccessibleDescription(call().story);
    if (m_calls.size() > 1)
        m_queue->show(m_calls.at((m_at + 1) % m_calls.size()), m_calls.size() - 2);
    else
        m_queue->hide();
    arrange();
}

AlarmOverlay::Places AlarmOverlay::places() const
{
    Places at;
    const qreal foot = m_calls.size() > 1 ? QueueHeight + 36 : 0;
    const qreal high = height() - foot;
    const bool wide = width() >= NarrowBelow;
    at.scale = std::clamp(std::min(width() / (wide ? 1440.0 : 820.0), high / 640.0), 0.5, 1.4);
    const qreal middle = high / 2;
    at.left = Side;
    if (wide) {
        const qreal size = std::min(416 * at.scale, high - 96);
        at.ring = {width() * 0.3 - size / 2, middle - size / 2, size, size};
        at.left = width() * 0.502;
    }
    at.right = width() - Side;
    at.nameLine = middle - 100 * at.scale;
    at.placeLine = at.nameLine - 82 * at.scale;
    at.countLine = middle + 34 * at.scale;
    at.storyLine = middle + 82 * at.scale;
    at.buttonsTop = middle + 122 * at.scale;
    return at;
}

/// As large as the words allow, down to three fifths.
QFont AlarmOverlay::nameFont(const Places &at) const
{
    const qreal room = at.right - at.left;
    int size = int(std::lround(74 * at.scale));
    const int least = size * 3 / 5;
    while (size > least &&
           QFontMetricsF(displayFont(size)).horizontalAdvance(call().words.name) > room)
        size -= 2;
    return displayFont(size);
}

void AlarmOverlay::arrange()
{
    if (m_calls.isEmpty())
        return;
    const Places at = places();
    int wide = 0;
    for (AlarmButton *button : {m_stop, m_add, m_open}) {
        button->setScale(at.scale);
        wide += button->isHidden() ? 0 : button->sizeHint().width() + 12;
    }
    // Long words in another language: smaller rather than cut off.
    const qreal squeeze = std::min(1.0, (at.right - at.left) / std::max(1, wide - 12));
    qreal x = at.left;
    for (AlarmButton *button : {m_stop, m_add, m_open}) {
        button->setScale(at.scale * squeeze);
        const QSize size = button->sizeHint();
        button->setGeometry(int(x), int(at.buttonsTop), size.width(), size.height());
        x += button->isHidden() ? 0 : size.width() + 12;
    }
    m_queue->setGeometry(Side, height() - QueueHeight - 36, width() - 2 * Side, QueueHeight);
}

void AlarmOverlay::animate()
{
    m_phase = std::fmod(double(m_shown.elapsed()), LoopMs) / LoopMs;
    const Places at = places();
    if (!at.ring.isNull())
        update(arcsRegion(at));
}

/// All but the words, through which no arc goes.
QRegion AlarmOverlay::arcsRegion(const Places &at) const
{
    const qreal top = at.placeLine - 44 * at.scale;
    const qreal bottom = at.buttonsTop + m_stop->height() + 24;
    return QRegion(rect()) -
           QRectF(at.left - 24, top, width() - at.left + 24, bottom - top).toAlignedRect();
}

void AlarmOverlay::paintArcs(QPainter &painter, const Places &at) const
{
    const qreal first = at.ring.width() / 2 + 42 * at.scale;
    painter.setBrush(Qt::NoBrush);
    for (int i = 0; i < 8; ++i) {
        const qreal radius = first + (i * ArcStep + m_phase * ArcReach) * at.scale;
        QColor white = tokensOf(*this).onRing;
        white.setAlphaF(float(0.42 * std::exp(-0.28 * (i + m_phase))));
        painter.setPen(QPen(white, 2));
        painter.drawEllipse(at.ring.center(), radius, radius);
    }
}

void AlarmOverlay::paintWords(QPainter &painter, const Places &at) const
{
    const CardWords &words = call().words;
    const qreal room = at.right - at.left;
    const auto line = [&](const QFont &font, qreal left, qreal baseline, const QString &text) {
        painter.setFont(font);
        painter.drawText(QPointF(left, baseline),
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, at.right - left));
    };
    const auto scaled = [&](int size, int least) {
        return std::max(least, int(std::lround(size * at.scale)));
    };
    painter.setPen(tokensOf(*this).onRing);
    if (words.hasStep)
        line(displayFont(scaled(30, 18), QFont::Medium), at.left, at.placeLine, words.place);
    line(nameFont(at), at.left, at.nameLine, words.name);
    QFont count = displayFont(scaled(128, 56));
    while (countWidth(count, words.count) > room && count.pixelSize() > 40)
        count = displayFont(count.pixelSize() - 6);
    paintCount(painter, {at.left - 4 * at.scale, at.countLine}, count, words.count);
    const qreal dot = scaled(30, 24);
    qreal left = at.left;
    if (!words.who.isEmpty()) {
        const QRectF circle(left, at.storyLine - dot * 0.7, dot, dot);
        paintCook(painter, circle, words.who);
        painter.setPen(QPen(tokensOf(*this).onRing, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(circle);
        left += dot + 10;
    }
    line(textFont(scaled(17, 15)), left, at.storyLine, call().story);
}

void AlarmOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.fillRect(rect(), tokens.ring);
    if (m_calls.isEmpty())
        return;
    const Places at = places();
    if (!at.ring.isNull()) {
        painter.save();
        painter.setClipRegion(arcsRegion(at));
        paintArcs(painter, at);
        painter.restore();
        paintRing(
            painter, at.ring,
            {call().words.face, 26 * at.scale, call().words.cover, {}, tokens.ring, false, true},
            tokens);
    }
    paintWords(painter, at);
}

void AlarmOverlay::resizeEvent(QResizeEvent *)
{
    arrange();
}

void AlarmOverlay::keyPressEvent(QKeyEvent *event)
{
    event->accept(); // nothing goes on to the window below
    if (event->isAutoRepeat() || !listens() ||
        (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != 0)
        return;
    if (m_pedals && turnsForward(event->key()))
        return Q_EMIT stopWished(call().timer);
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_S:
        return Q_EMIT stopWished(call().timer);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return Q_EMIT minutesWished(call().timer, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (call().words.hasStep)
            Q_EMIT stepWished(call().timer);
        return;
    case Qt::Key_Escape:
        return Q_EMIT asideWished();
    default:
        return;
    }
}

/// Tab walks what rings.
bool AlarmOverlay::focusNextPrevChild(bool next)
{
    if (m_calls.size() > 1 && listens())
        turnTo(m_at + (next ? 1 : -1));
    return true;
}

void AlarmOverlay::showEvent(QShowEvent *)
{
    arrange();
    if (motionMs(*this, FrameMs) > 0)
        m_frames.start();
}

void AlarmOverlay::hideEvent(QHideEvent *)
{
    m_frames.stop();
}

/// A window manager's close button puts it aside, it does not silence.
void AlarmOverlay::closeEvent(QCloseEvent *event)
{
    event->ignore();
    Q_EMIT asideWished();
}

} // namespace simmer::ui
