// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/TimerRow.h"

#include "theme/CountColour.h"
#include "theme/SimmerStyle.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/RingPainter.h"

#include <QFontMetricsF>
#include <QPainter>

namespace simmer::ui {

namespace {

// 10-mini-light.png, px
constexpr QRectF RingBox(14, 19, 54, 54);
constexpr qreal RingStroke = 5;
constexpr qreal TextLeft = 80;
constexpr int Button = 44;
constexpr int Right = 4;
constexpr qreal CaptionLine = 75;

QFont captionFont()
{
    return textFont(13);
}

} // namespace

TimerRow::TimerRow(const TimerId &timer, QWidget *parent)
    : PassItem(timer, parent)
    , m_toggle(new FlatButton(QLatin1String("pause"), {}, this))
    , m_add(new FlatButton({}, tr("+1"), this))
    , m_stop(new FlatButton(QLatin1String("stop"), {}, this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_toggle, &QAbstractButton::clicked, this, &TimerRow::toggleWished);
    connect(m_add, &QAbstractButton::clicked, this,
            [this] { Q_EMIT minutesWished(words().face.look == Look::Late ? 5 : 1); });
    connect(m_stop, &QAbstractButton::clicked, this, &TimerRow::stopWished);
}

bool TimerRow::isDue() const
{
    return rings() || words().face.look == Look::Late;
}

void TimerRow::changed(Change change)
{
    if (change == Change::Dress)
        dressButtons();
    update();
}

RingPlace TimerRow::ringPlace() const
{
    return {RingBox, RingStroke};
}

CountPlace TimerRow::countPlace() const
{
    const bool late = words().face.look == Look::Late;
    return {{TextLeft - 1, 56}, displayFont(late ? 20 : words().count.size() > 6 ? 27 : 30)};
}

void TimerRow::dressButtons()
{
    using Role = FlatButton::Role;
    const Look look = words().face.look;
    const bool paused = look == Look::Paused;
    const QString name = words().name;
    if (isDue()) {
        m_toggle->set(QLatin1String(rings() ? "stop" : "check"),
                      rings() ? tr("Stop") : tr("Got it"));
        m_toggle->setAccessibleName((rings() ? tr("Stop, %1") : tr("Got it, %1")).arg(name));
    } else {
        m_toggle->set(QLatin1String(paused ? "play" : "pause"), {});
        m_toggle->setAccessibleName((paused ? tr("Resume, %1") : tr("Pause, %1")).arg(name));
    }
    m_toggle->setRole(rings() ? Role::StopRing : isDue() ? Role::Urgent : Role::Plain);
    m_add->set({}, look == Look::Late ? tr("+5") : tr("+1"));
    m_add->setRole(rings() ? Role::OnRing : Role::Plain);
    m_add->setAccessibleName(
        (look == Look::Late ? tr("5 min more, %1") : tr("1 min more, %1")).arg(name));
    m_stop->setVisible(!isDue());
    m_stop->setAccessibleName(tr("Stop, %1").arg(name));
    for (FlatButton *button : {m_toggle, m_add, m_stop})
        button->setEnabled(!words().isPending || rings());
    resizeEvent(nullptr);
}

void TimerRow::resizeEvent(QResizeEvent *)
{
    const int top = (height() - 1 - Button) / 2;
    if (isDue()) {
        const int wide = std::max(80, m_toggle->sizeHint().width());
        m_toggle->setGeometry(width() - 12 - wide, top, wide, Button + 4);
        m_add->setGeometry(m_toggle->x() - 6 - Button, top, Button, Button + 4);
        return;
    }
    m_stop->setGeometry(width() - Right - Button, top, Button, Button);
    m_add->setGeometry(m_stop->x() - Button, top, Button, Button);
    m_toggle->setGeometry(m_add->x() - Button, top, Button, Button);
}

/// The card's aside is its line here: "to check", "paused 17:58"; else where it belongs.
QString TimerRow::caption() const
{
    switch (words().face.look) {
    case Look::Checking:
    case Look::Paused:
        return words().aside;
    case Look::Running:
        return words().face.check > 0 ? words().aside : words().place;
    case Look::Ringing:
    case Look::Late:
    case Look::Ready:
    case Look::Done:
        return words().place;
    }
    Q_UNREACHABLE();
}

/// With the next soft call before it, where both have room; what belongs to the recipe alone gives
/// way to it.
QString TimerRow::below() const
{
    const QString own = caption();
    if (words().cue.isEmpty())
        return own;
    const QString both = words().cue + QStringLiteral(" · ") + own;
    if (!own.isEmpty() && QFontMetricsF(captionFont()).horizontalAdvance(both) <= room())
        return both;
    return own == words().place ? words().cue : own;
}

qreal TimerRow::room() const
{
    return (isDue() ? m_add->x() : m_toggle->x()) - 6 - TextLeft;
}

QRect TimerRow::cuePlace() const
{
    const QFontMetricsF metrics(captionFont());
    return QRectF(TextLeft, CaptionLine - metrics.ascent(), room(), metrics.height())
        .toAlignedRect();
}

void TimerRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QColor ground = rings() ? tokens.ring : tokens.window;
    painter.fillRect(rect(), ground);
    if (!rings())
        painter.fillRect(0, height() - 1, width(), 1, tokens.line);
    paintRing(painter, RingBox,
              {words().face, RingStroke, words().cover, {}, ground, true, rings()}, tokens);
    const auto line = [&](const QFont &font, qreal baseline, const QString &text) {
        painter.setFont(font);
        painter.drawText(QPointF(TextLeft, baseline),
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, room()));
    };
    painter.setPen(rings() ? tokens.onRing : tokens.ink);
    line(textFont(13, QFont::DemiBold), 26, words().name);
    const CountPlace count = countPlace();
    painter.setPen(countColour(words().face.look, tokens));
    paintCount(painter, count.baseline, count.font, words().count);
    painter.setPen(rings() ? tokens.onRing : tokens.ink2);
    line(captionFont(), CaptionLine, below());
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(2, 2, -2, -3), 6, palette());
}

} // namespace simmer::ui
