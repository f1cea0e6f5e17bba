// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmBanner.h"

#include "theme/Icons.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/RingPainter.h"

#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int Height = 76;
constexpr int ToldHeight = 44;
constexpr int ToldMs = 6000; // who answered
constexpr int AllFrom = 760; // narrower, the words are worth more than the third button
constexpr QRectF RingBox(16, 10, 56, 56);
constexpr qreal TextLeft = 88;

QFont headFont()
{
    return displayFont(20);
}
QFont lineFont()
{
    return textFont(14);
}
QFont countFont()
{
    return displayFont(34);
}

} // namespace

AlarmBanner::AlarmBanner(QWidget *parent)
    : QWidget(parent)
    , m_stop(new FlatButton(QLatin1String("stop"), tr("Stop")))
    , m_add(new FlatButton(QLatin1String("plus"), tr("1 min")))
    , m_open(new FlatButton(QLatin1String("arrow-right"), tr("Open step")))
{
    setFixedHeight(Height);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    row->addStretch();
    for (FlatButton *button : {m_stop, m_add, m_open}) {
        button->setFixedHeight(44);
        button->setMinimumWidth(button == m_stop ? 128 : 104);
        row->addWidget(button);
    }
    connect(m_stop, &QAbstractButton::clicked, this, [this] { Q_EMIT stopWished(m_timer); });
    connect(m_add, &QAbstractButton::clicked, this,
            [this] { Q_EMIT minutesWished(m_timer, isLate() ? 5 : 1); });
    connect(m_open, &QAbstractButton::clicked, this, [this] { Q_EMIT stepWished(m_timer); });
    m_toldEnough.setSingleShot(true);
    m_toldEnough.setInterval(ToldMs);
    connect(&m_toldEnough, &QTimer::timeout, this, [this] {
        m_told.clear();
        review();
    });
    hide();
}

void AlarmBanner::announce(const TimerId &timer, const CardWords &words, int more)
{
    const bool same = timer == m_timer && words == m_words && more == m_more;
    m_timer = timer;
    m_words = words;
    m_more = more;
    if (!same) {
        dressButtons();
        setAccessibleName(words.spoken);
        update();
    }
    review();
}

void AlarmBanner::silence()
{
    m_timer = {};
    m_words = {};
    review();
}

void AlarmBanner::tell(const QString &words)
{
    m_told = words;
    m_toldEnough.start();
    review();
}

/// What rings comes before what was answered.
void AlarmBanner::review()
{
    const bool rings = !m_timer.isNull();
    if (!rings && !m_told.isEmpty())
        setAccessibleName(m_told);
    setFixedHeight(rings ? Height : ToldHeight);
    m_stop->setVisible(rings);
    m_add->setVisible(rings);
    m_open->setVisible(rings && m_words.hasStep && width() >= AllFrom);
    setVisible(rings || !m_told.isEmpty());
    update();
}

void AlarmBanner::dressButtons()
{
    using Role = FlatButton::Role;
    m_stop->set(isLate() ? QLatin1String("check") : QLatin1String("stop"),
                isLate() ? tr("Got it") : tr("Stop"));
    m_stop->setRole(isLate() ? Role::Urgent : Role::StopRing);
    m_add->set(QLatin1String("plus"), isLate() ? tr("5 min") : tr("1 min"));
    m_add->setRole(isLate() ? Role::Plain : Role::OnRing);
    m_open->setRole(isLate() ? Role::Plain : Role::OnRing);
    m_open->setVisible(m_words.hasStep && width() >= AllFrom);
    m_stop->setAccessibleName(m_stop->text() + QStringLiteral(", ") + m_words.name);
    m_add->setAccessibleName(m_add->text() + QStringLiteral(", ") + m_words.name);
}

void AlarmBanner::resizeEvent(QResizeEvent *)
{
    m_open->setVisible(!m_timer.isNull() && m_words.hasStep && width() >= AllFrom);
}

QString AlarmBanner::headline() const
{
    if (isLate())
        return tr("%1 was due %2").arg(m_words.name, m_words.count);
    return m_words.name;
}

QString AlarmBanner::secondLine() const
{
    QString line = m_words.place;
    if (isLate())
        line += QStringLiteral(" · ") + tr("this device was off or asleep");
    if (m_more > 0)
        line += QStringLiteral(" · ") + tr("and %n more", nullptr, m_more);
    return line;
}

void AlarmBanner::paintTold(QPainter &painter) const
{
    const Tokens &tokens = tokensOf(*this);
    painter.fillRect(rect(), tokens.doneTint);
    paintIcon(painter, QRectF(34, 12, 20, 20), QLatin1String("check"), tokens.doneInk);
    painter.setPen(tokens.doneInk);
    painter.setFont(lineFont());
    painter.drawText(
        QRectF(TextLeft, 0, width() - TextLeft - 16, height()), Qt::AlignVCenter,
        QFontMetricsF(lineFont()).elidedText(m_told, Qt::ElideRight, width() - TextLeft - 16));
}

void AlarmBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_timer.isNull())
        return paintTold(painter);
    const Tokens &tokens = tokensOf(*this);
    const QColor ground = isLate() ? tokens.ringTint : tokens.ring;
    const QColor ink = isLate() ? tokens.ringInk : tokens.onRing;
    painter.fillRect(rect(), ground);
    if (isLate())
        painter.fillRect(0, height() - 1, width(), 1, tokens.ringLine);
    paintRing(painter, RingBox, {m_words.face, 5, m_words.cover, {}, ground, true, !isLate()},
              tokens);
    qreal left = TextLeft;
    painter.setPen(ink);
    if (!isLate()) {
        const qreal line = height() / 2.0 + QFontMetricsF(countFont()).capHeight() / 2;
        paintCount(painter, {left, line}, countFont(), m_words.count);
        left += countWidth(countFont(), m_words.count) + 20;
    }
    const qreal room = m_stop->x() - 16 - left;
    painter.setFont(headFont());
    painter.drawText(QPointF(left, 35),
                     QFontMetricsF(headFont()).elidedText(headline(), Qt::ElideRight, room));
    painter.setFont(lineFont());
    painter.drawText(QPointF(left, 56),
                     QFontMetricsF(lineFont()).elidedText(secondLine(), Qt::ElideRight, room));
}

} // namespace simmer::ui
