// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingDial.h"

#include "theme/CountColour.h"
#include "theme/Icons.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/RingPainter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal Pad = 16;
constexpr int LeastButton = 56;
constexpr int ButtonGap = 8;

/// The largest font of the count that fits into `room`.
QFont fitting(const QString &text, int pixels, qreal room)
{
    while (pixels > 20 && countWidth(displayFont(pixels), text) > room)
        pixels -= 2;
    return displayFont(pixels);
}

} // namespace

CookingDial::CookingDial(QWidget *parent)
    : QWidget(parent)
    , m_first(new FlatButton(QLatin1String("play"), tr("Start"), this))
    , m_add(new FlatButton(QLatin1String("plus"), tr("1 min"), this))
    , m_stop(new FlatButton(QLatin1String("stop"), tr("Stop"), this))
    , m_open(new FlatButton(QLatin1String("arrow-right"), tr("Step"), this))
{
    m_open->hide();
    for (FlatButton *button : {m_first, m_add, m_stop, m_open}) {
        button->setFocusPolicy(Qt::TabFocus); // a tap leaves Space with the step
        button->setRadius(12);
    }
    connect(m_first, &QAbstractButton::clicked, this, &CookingDial::toggleWished);
    connect(m_add, &QAbstractButton::clicked, this, &CookingDial::minuteWished);
    connect(m_stop, &QAbstractButton::clicked, this, &CookingDial::stopWished);
    connect(m_open, &QAbstractButton::clicked, this, &CookingDial::stepWished);
}

void CookingDial::setUnit(qreal unit)
{
    m_unit = unit;
    for (FlatButton *button : {m_first, m_add, m_stop, m_open})
        button->setZoom(std::clamp(1.45 * unit, 1.2, 2.6), buttonHeight());
    place();
    update();
}

int CookingDial::buttonHeight() const
{
    return std::max(LeastButton, int(std::lround(70 * m_unit)));
}

void CookingDial::draw(const CardWords &words, const QString &where, int more)
{
    CardWords before = m_words;
    before.face.count = words.face.count;
    before.face.fraction = words.face.fraction;
    before.face.overdueMs = words.face.overdueMs;
    before.count = words.count;
    before.spoken = words.spoken;
    if (!before.cue.isEmpty() && !words.cue.isEmpty())
        before.cue = words.cue; // it only counts, too
    before.cueSoon = words.cueSoon;
    const bool onlyCounts = before == words && where == m_place && more == m_more;
    const bool isDressed = words.face.look == m_words.face.look && words.name == m_words.name &&
                           words.isPending == m_words.isPending && where == m_place;
    const bool isSame = words == m_words && where == m_place && more == m_more;
    const QString counted = std::exchange(m_words, words).count;
    m_place = where;
    m_more = more;
    if (!isDressed)
        dress();
    if (!isSame)
        repaintFrom(counted, onlyCounts);
    const QString spoken = words.spoken;
    if (accessibleName() != spoken)
        setAccessibleName(spoken);
    if (accessibleDescription() != words.cueSoon)
        setAccessibleDescription(words.cueSoon);
}

/// A second that passed repaints digits and the arc's end, and nothing around them.
void CookingDial::repaintFrom(const QString &count, bool onlyCounts)
{
    const auto digits = onlyCounts ? countChange(countPlace(), count, m_words.count) : std::nullopt;
    const double fraction = m_words.face.fraction;
    if (!digits) {
        m_arc.paintAll(fraction);
        return update();
    }
    update(*digits);
    update(m_arc.paintTo(fraction, ringPlace(), devicePixelRatioF()));
    if (!m_words.cue.isEmpty())
        update(lineBelow().toAlignedRect());
}

RingPlace CookingDial::ringPlace() const
{
    const QRectF ring = ringBox();
    return {ring, std::max(8.0, ring.width() * 0.055)};
}

CountPlace CookingDial::countPlace() const
{
    const QRectF ring = ringBox();
    const qreal side = ring.width();
    const QFont font = fitting(m_words.count, int(std::min(116 * m_unit, side * 0.3)), side * 0.74);
    return {{ring.center().x() - countWidth(font, m_words.count) / 2,
             ring.center().y() + QFontMetricsF(font).capHeight() / 2},
            font};
}

void CookingDial::dress()
{
    using Role = FlatButton::Role;
    const Look look = m_words.face.look;
    const bool isUp = look == Look::Running || look == Look::Checking || look == Look::Paused;
    switch (look) {
    case Look::Ready:
        m_first->set(QLatin1String("play"), tr("Start"));
        break;
    case Look::Running:
    case Look::Checking:
        m_first->set(QLatin1String("pause"), tr("Pause"));
        break;
    case Look::Paused:
        m_first->set(QLatin1String("play"), tr("Resume"));
        break;
    case Look::Ringing:
        m_first->set(QLatin1String("stop"), tr("Stop"));
        break;
    case Look::Late:
        m_first->set(QLatin1String("check"), tr("Got it"));
        break;
    case Look::Done:
        m_first->set(QLatin1String("repeat"), tr("Again"));
        break;
    }
    m_first->setRole(rings()               ? Role::StopRing
                     : look == Look::Ready ? Role::Filled
                                           : Role::Outlined);
    m_add->setRole(rings() ? Role::OnRing : Role::Outlined);
    m_stop->setRole(Role::Outlined);
    m_add->setVisible(isUp || rings() || look == Look::Late);
    m_stop->setVisible(isUp);
    m_open->setRole(Role::OnRing);
    m_open->setVisible(rings() && m_words.hasStep && !m_place.isEmpty());
    for (FlatButton *button : {m_first, m_add, m_stop, m_open}) {
        button->setEnabled(!m_words.isPending || rings());
        button->setAccessibleName(button->text() + QStringLiteral(", ") + m_words.name);
    }
    place();
}

/// What silences has a line of its own where there is more to press.
int CookingDial::buttonsHeight() const
{
    return m_open->isHidden() ? buttonHeight() : 2 * buttonHeight() + ButtonGap;
}

void CookingDial::place()
{
    const int high = buttonHeight();
    const int pad = int(Pad);
    QList<FlatButton *> line{m_first};
    for (FlatButton *button : {m_add, m_stop, m_open})
        if (!button->isHidden())
            line += button;
    const int all = width() - 2 * pad;
    if (!m_open->isHidden()) {
        m_first->setGeometry(pad, height() - buttonsHeight() - pad, all, high);
        line.removeFirst();
    }
    const int room = all - ButtonGap * int(line.size() - 1);
    // What silences is the largest.
    const bool isRingLine = rings() && line.constFirst() == m_first;
    const int first = isRingLine ? room * 2 / 3 : room / int(line.size());
    const int rest = line.size() > 1 ? (room - first) / int(line.size() - 1) : 0;
    int x = pad;
    for (FlatButton *button : std::as_const(line)) {
        const int wide = button == line.constFirst() ? first : rest;
        button->setGeometry(x, height() - high - pad, wide, high);
        x += wide + ButtonGap;
    }
}

void CookingDial::resizeEvent(QResizeEvent *)
{
    place();
}

QRectF CookingDial::ringBox() const
{
    const qreal top = Pad + (m_place.isEmpty() ? 0 : 40 * m_unit);
    const bool hasLine = m_more > 0 || !m_words.face.cues.isEmpty();
    const qreal foot = buttonsHeight() + 2 * Pad + (hasLine ? 34 * m_unit : 0);
    const qreal side = std::min({width() - 2 * Pad, height() - top - foot, 420 * m_unit});
    const QPointF middle(width() / 2.0, top + (height() - top - foot) / 2);
    return {middle - QPointF(side, side) / 2, QSizeF(side, side)};
}

/// Below the count: "rings at 18:30", "to check", "rang 18:10".
QString CookingDial::foot() const
{
    switch (m_words.face.look) {
    case Look::Running:
        return m_words.face.check > 0 ? m_words.aside : tr("rings at %1").arg(m_words.aside);
    case Look::Ready:
        return m_words.isPending ? QString() : tr("ready");
    case Look::Checking:
    case Look::Paused:
    case Look::Ringing:
    case Look::Late:
    case Look::Done:
        return m_words.aside;
    }
    Q_UNREACHABLE();
}

void CookingDial::paintWords(QPainter &painter, const QRectF &ring) const
{
    const Tokens &tokens = tokensOf(*this);
    const qreal side = ring.width();
    const qreal room = side * 0.74;
    const CountPlace count = countPlace();
    const QFontMetricsF measure(count.font);
    const qreal line = count.baseline.y();
    painter.setPen(countColour(m_words.face.look, tokens));
    paintCount(painter, count.baseline, count.font, m_words.count);
    const QFont name = textFont(std::max(15, int(side * 0.062)), QFont::DemiBold);
    painter.setPen(rings() ? tokens.onRing : tokens.ink);
    painter.setFont(name);
    const qreal gap = side * 0.05;
    painter.drawText(
        QPointF(ring.center().x() -
                    std::min(room * 0.8, QFontMetricsF(name).horizontalAdvance(m_words.name)) / 2,
                line - measure.capHeight() - gap),
        QFontMetricsF(name).elidedText(m_words.name, Qt::ElideRight, room * 0.8));
    const QFont small = textFont(std::max(14, int(side * 0.052)));
    painter.setPen(rings() ? tokens.onRing : tokens.ink2);
    painter.setFont(small);
    const QRectF below(ring.left(), line + gap * 0.6, side, QFontMetricsF(small).height() + 4);
    painter.drawText(below, Qt::AlignCenter, foot());
}

QFont CookingDial::captionFont() const
{
    return textFont(std::max(15, int(20 * m_unit)), QFont::Medium);
}

/// Between ring and buttons.
QRectF CookingDial::lineBelow() const
{
    const qreal high = QFontMetricsF(captionFont()).height();
    return {Pad, height() - buttonsHeight() - 2 * Pad - high, width() - 2 * Pad, high};
}

/// The next soft call: "Baste in 3:42".
void CookingDial::paintCue(QPainter &painter, const QRectF &line) const
{
    if (m_words.cue.isEmpty())
        return;
    const QFontMetricsF metrics(painter.font());
    const qreal sign = line.height() * 0.8;
    const qreal gap = sign * 0.4;
    const QString words =
        metrics.elidedText(m_words.cue, Qt::ElideRight, line.width() - sign - gap);
    const qreal wide = sign + gap + metrics.horizontalAdvance(words);
    const qreal left = line.center().x() - wide / 2;
    paintIcon(painter, {left, line.center().y() - sign / 2, sign, sign}, QLatin1String("repeat"),
              painter.pen().color());
    painter.drawText(QRectF(left + sign + gap, line.top(), wide, line.height()),
                     Qt::AlignVCenter | Qt::AlignLeft, words);
}

void CookingDial::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    if (rings()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.ring);
        painter.drawRoundedRect(rect(), 14, 14);
    }
    const QRectF ring = ringBox();
    if (ring.width() > 60) {
        // A sign inside keeps the painter from drawing a clock there.
        paintRing(painter, ring,
                  {m_words.face,
                   ringPlace().stroke,
                   {},
                   QStringLiteral(" "),
                   rings() ? tokens.ring : tokens.page,
                   false,
                   rings()},
                  tokens);
        paintWords(painter, ring);
    }
    const QFont caption = captionFont();
    painter.setFont(caption);
    painter.setPen(rings() ? tokens.onRing : tokens.ink2);
    const QFontMetricsF metrics(caption);
    if (!m_place.isEmpty())
        painter.drawText(QRectF(Pad, Pad, width() - 2 * Pad, metrics.height()), Qt::AlignCenter,
                         metrics.elidedText(m_place, Qt::ElideRight, width() - 2 * Pad));
    if (m_more > 0)
        painter.drawText(lineBelow(), Qt::AlignCenter, tr("%n more ring(s)", nullptr, m_more));
    else
        paintCue(painter, lineBelow());
}

} // namespace simmer::ui
