// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/TimerCard.h"

#include "theme/CountColour.h"
#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/RingPainter.h"

#include <QDateTime>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>

#include <array>
#include <cmath>
#include <numbers>

namespace simmer::ui {

namespace {

// The card's measures, px (11-states, "Card, measured").
constexpr qreal Radius = 12;
constexpr qreal Pad = 14;
constexpr QRectF RingBox(Pad, 12, 68, 68);
constexpr qreal TextLeft = Pad + 68 + 14;
constexpr qreal NameLine = 26;
constexpr qreal RingStroke = 6;
constexpr qreal CountMiddle = 48;
constexpr qreal PlaceLine = 79;
constexpr qreal WhoMiddle = 99;
constexpr int FootTop = 119;
constexpr int FootHeight = 44;
constexpr int BreathMs = 1200;
constexpr int FrameMs = 100; // rings move at 10 fps

const QFont &nameFont()
{
    static const QFont font = textFont(14, QFont::DemiBold);
    return font;
}

const QFont &captionFont(bool strong = false)
{
    static const QFont plain = textFont(13);
    static const QFont medium = textFont(13, QFont::Medium);
    return strong ? medium : plain;
}

const QFont &countFont()
{
    static const QFont font = displayFont(34);
    return font;
}

} // namespace

void paintCook(QPainter &painter, const QRectF &circle, const QString &cook)
{
    // The mock-ups' two and their neighbours: each has 4.5 : 1 against white.
    static const std::array colours{QColor(0x7A5B12), QColor(0x1F6F76), QColor(0x6E4FA0),
                                    QColor(0x3D6B2E), QColor(0xA23B6B), QColor(0x3F5FA8)};
    size_t sum = 0;
    for (const QChar letter : cook)
        sum += letter.unicode();
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours[sum % colours.size()]);
    painter.drawEllipse(circle);
    painter.setPen(Qt::white);
    painter.setFont(textFont(10, QFont::DemiBold));
    painter.drawText(circle, Qt::AlignCenter, cook.left(1).toUpper());
    painter.restore();
}

TimerCard::TimerCard(const TimerId &timer, QWidget *parent)
    : PassItem(timer, parent)
    , m_first(new FlatButton(QLatin1String("pause"), tr("Pause"), this))
    , m_add(new FlatButton(QLatin1String("plus"), tr("1 min"), this))
    , m_last(new FlatButton(QLatin1String("stop"), tr("Stop"), this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_first, &QAbstractButton::clicked, this, &TimerCard::toggleWished);
    connect(m_add, &QAbstractButton::clicked, this,
            [this] { Q_EMIT minutesWished(words().face.look == Look::Late ? 5 : 1); });
    connect(m_last, &QAbstractButton::clicked, this, [this] {
        const Look look = words().face.look;
        const bool rang = look == Look::Ringing || look == Look::Late;
        rang ? Q_EMIT stepWished() : Q_EMIT stopWished();
    });
    m_breath.setInterval(FrameMs);
    connect(&m_breath, &QTimer::timeout, this, [this] {
        const double part = double(QDateTime::currentMSecsSinceEpoch() % BreathMs) / BreathMs;
        m_depth = (1 - std::cos(2 * std::numbers::pi * part)) / 2;
        update();
    });
}

void TimerCard::changed(Change change)
{
    if (change == Change::Dress)
        dressButtons();
    update();
}

QRect TimerCard::cuePlace() const
{
    return {width() / 2, int(WhoMiddle) - 10, width() / 2, 20};
}

RingPlace TimerCard::ringPlace() const
{
    return {RingBox, RingStroke};
}

CountPlace TimerCard::countPlace() const
{
    const QFont font = words().face.look == Look::Late ? displayFont(24)
                       : words().count.size() < 7
                           ? countFont()
                           : displayFont(29); // hours leave room for the aside
    return {{TextLeft - 1, CountMiddle + QFontMetricsF(font).capHeight() / 2}, font};
}

void TimerCard::dressButtons()
{
    using Role = FlatButton::Role;
    const Look look = words().face.look;
    const bool late = look == Look::Late;
    if (rings())
        m_first->set(QLatin1String("stop"), tr("Stop"));
    else if (late)
        m_first->set(QLatin1String("check"), tr("Got it"));
    else if (look == Look::Paused)
        m_first->set(QLatin1String("play"), tr("Resume"));
    else
        m_first->set(QLatin1String("pause"), tr("Pause"));
    m_first->setRole(rings()                ? Role::StopRing
                     : late                 ? Role::Urgent
                     : look == Look::Paused ? Role::Main
                                            : Role::Plain);
    m_add->set(QLatin1String("plus"), late ? tr("5 min") : tr("1 min"));
    m_add->setRole(rings() ? Role::OnRing : Role::Plain);
    const bool rang = rings() || late;
    m_last->set(rang ? QLatin1String("arrow-right") : QLatin1String("stop"),
                rang ? tr("Step") : tr("Stop"));
    m_last->setRole(rings() ? Role::OnRing : Role::Plain);
    m_last->setVisible(!rang || words().hasStep);
    for (FlatButton *button : {m_first, m_add, m_last}) {
        button->setRadius(rings() ? 8 : 0);
        button->setEnabled(!words().isPending || rings());
        button->setAccessibleName(button->text() + QStringLiteral(", ") + words().name);
    }
    const bool animated =
        style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    rings() && animated ? m_breath.start() : m_breath.stop();
    m_depth = 0;
    placeButtons();
}

void TimerCard::placeButtons()
{
    const bool three = !m_last->isHidden();
    if (rings()) {
        const int room = width() - 2 * 6 - (three ? 2 : 1) * 6;
        const int first = three ? room * 3 / 7 : room * 3 / 5;
        const int rest = three ? (room - first) / 2 : room - first;
        m_first->setGeometry(6, FootTop - 6, first, FootHeight);
        m_add->setGeometry(12 + first, FootTop - 6, rest, FootHeight);
        m_last->setGeometry(18 + first + rest, FootTop - 6, rest, FootHeight);
        return;
    }
    const int cell = width() / (three ? 3 : 2);
    int x = 0;
    for (FlatButton *button : {m_first, m_add, m_last}) {
        button->setGeometry(x + 1, FootTop + 1, cell - 2, FootHeight - 1);
        x += cell;
    }
}

void TimerCard::resizeEvent(QResizeEvent *)
{
    placeButtons();
}

QColor TimerCard::ground() const
{
    const Tokens &tokens = tokensOf(*this);
    return rings() ? blend(tokens.ring, tokens.ringDeep, m_depth) : tokens.raised;
}

void TimerCard::paintGround(QPainter &painter) const
{
    const Tokens &tokens = tokensOf(*this);
    const Look look = words().face.look;
    QPen pen(look == Look::Checking ? tokens.amber : tokens.line, 1);
    if (look == Look::Late) {
        pen = QPen(tokens.ringLine, 1.5);
        pen.setDashPattern({3, 2.5});
    }
    painter.setPen(rings() ? QPen(Qt::NoPen) : pen);
    painter.setBrush(ground());
    const QRectF card =
        rings() ? QRectF(rect()) : QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75);
    painter.drawRoundedRect(card, Radius, Radius);
    if (rings())
        return;
    painter.fillRect(QRectF(1, FootTop, width() - 2, 1), tokens.line);
    for (FlatButton *button : {m_add, m_last})
        if (!button->isHidden())
            painter.fillRect(QRectF(button->x() - 1, FootTop, 1, FootHeight - 1), tokens.line);
}

void TimerCard::paintCountLine(QPainter &painter, const QColor &ink) const
{
    const Tokens &tokens = tokensOf(*this);
    const CountPlace count = countPlace();
    painter.setPen(countColour(words().face.look, tokens));
    paintCount(painter, count.baseline, count.font, words().count);
    painter.setPen(rings() ? ink : tokens.ink3);
    painter.setFont(captionFont(true));
    painter.drawText(QRectF(TextLeft, count.baseline.y() - 20, width() - Pad - TextLeft, 24),
                     Qt::AlignRight | Qt::AlignBottom, words().aside);
}

void TimerCard::paintPlace(QPainter &painter, const QColor &ink) const
{
    const QFontMetricsF metrics(captionFont());
    const QString amber =
        words().lastCall.isEmpty() ? QString() : QStringLiteral(" · ") + words().lastCall;
    const qreal amberWidth = QFontMetricsF(captionFont(true)).horizontalAdvance(amber);
    const qreal room = width() - Pad - TextLeft - amberWidth;
    const QString place = metrics.elidedText(words().place, Qt::ElideRight, room);
    painter.setPen(ink);
    painter.setFont(captionFont());
    painter.drawText(QPointF(TextLeft, PlaceLine), place);
    painter.setPen(tokensOf(*this).amberInk);
    painter.setFont(captionFont(true));
    painter.drawText(QPointF(TextLeft + metrics.horizontalAdvance(place), PlaceLine), amber);
}

void TimerCard::paintWho(QPainter &painter, const QColor &ink) const
{
    const QFontMetricsF metrics(captionFont());
    const qreal line = WhoMiddle + metrics.capHeight() / 2;
    painter.setPen(ink);
    painter.setFont(captionFont());
    qreal right = width() - Pad;
    if (!words().cue.isEmpty()) {
        const QString cue = metrics.elidedText(words().cue, Qt::ElideRight, width() / 2 - 36.0);
        right -= metrics.horizontalAdvance(cue);
        painter.drawText(QPointF(right, line), cue);
        right -= 20;
        paintIcon(painter, {right, WhoMiddle - 7, 14, 14}, QLatin1String("repeat"), ink);
        right -= 8;
    }
    if (words().who.isEmpty())
        return;
    paintCook(painter, {Pad, WhoMiddle - 9, 18, 18}, words().who);
    const qreal left = Pad + 24;
    painter.drawText(QPointF(left, line),
                     metrics.elidedText(words().who, Qt::ElideRight, right - left));
}

void TimerCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    paintGround(painter);
    paintRing(painter, RingBox,
              {words().face, RingStroke, words().cover, {}, ground(), true, rings()}, tokens);
    painter.setPen(rings() ? tokens.onRing : tokens.ink);
    painter.setFont(nameFont());
    painter.drawText(QPointF(TextLeft, NameLine),
                     QFontMetricsF(nameFont())
                         .elidedText(words().name, Qt::ElideRight, width() - Pad - TextLeft));
    const QColor ink2 = rings() ? tokens.onRing : tokens.ink2;
    paintCountLine(painter, ink2);
    paintPlace(painter, ink2);
    paintWho(painter, ink2);
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), Radius - 1, palette());
}

} // namespace simmer::ui
