// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmQueue.h"

#include "alarm/AlarmButton.h"
#include "theme/Type.h"
#include "widgets/RingPainter.h"

#include <QFontMetricsF>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int NarrowBelow = 720; // then the second button goes
constexpr int ButtonHeight = 64;

} // namespace

AlarmQueue::AlarmQueue(QWidget *parent)
    : QWidget(parent)
    , m_stop(
          new AlarmButton(AlarmButton::Role::Outlined, QLatin1String("stop"), tr("Stop"), {}, this))
    , m_add(new AlarmButton(AlarmButton::Role::Outlined, QLatin1String("plus"), tr("1 min"), {},
                            this))
{
    connect(m_stop, &QAbstractButton::clicked, this, [this] { Q_EMIT stopWished(m_call.timer); });
    connect(m_add, &QAbstractButton::clicked, this,
            [this] { Q_EMIT minutesWished(m_call.timer, 1); });
}

void AlarmQueue::show(const AlarmCall &call, qsizetype more)
{
    m_call = call;
    m_more = more;
    m_stop->setAccessibleName(tr("Stop, %1").arg(call.words.name));
    m_add->setAccessibleName(tr("1 min more, %1").arg(call.words.name));
    setAccessibleName(tr("Then: %1").arg(call.words.spoken));
    update();
    setVisible(true);
}

void AlarmQueue::resizeEvent(QResizeEvent *)
{
    const int top = (height() - ButtonHeight) / 2;
    const int add = m_add->sizeHint().width();
    const int stop = m_stop->sizeHint().width();
    const bool both = width() >= NarrowBelow;
    m_add->setVisible(both);
    m_add->setGeometry(width() - 20 - add, top, add, ButtonHeight);
    m_stop->setGeometry(width() - 20 - stop - (both ? add + 20 : 0), top, stop, ButtonHeight);
}

void AlarmQueue::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.ringDeep);
    painter.drawRoundedRect(rect(), 14, 14);
    painter.setPen(tokens.onRing);
    const qreal middle = height() / 2.0;
    qreal x = 28;
    const QFont lead = textFont(17, QFont::DemiBold);
    if (width() >= NarrowBelow) {
        const QString then = tr("Then");
        painter.setFont(lead);
        painter.drawText(QPointF(x, middle + QFontMetricsF(lead).capHeight() / 2), then);
        x += QFontMetricsF(lead).horizontalAdvance(then) + 22;
    }
    paintRing(painter, {x, middle - 32, 64, 64},
              {m_call.words.face, 6, m_call.words.cover, {}, tokens.ringDeep, false, true}, tokens);
    x += 64 + 22;
    const QFont count = displayFont(42);
    const qreal countLeft = m_stop->x() - 28 - countWidth(count, m_call.words.count);
    painter.setPen(tokens.onRing);
    paintCount(painter, {countLeft, middle + QFontMetricsF(count).capHeight() / 2}, count,
               m_call.words.count);
    const qreal room = countLeft - 16 - x;
    const QFont name = displayFont(22);
    const QString title = m_call.dish.isEmpty()
                              ? m_call.words.name
                              : m_call.dish + QStringLiteral(" · ") + m_call.words.name;
    painter.setFont(name);
    painter.drawText(QPointF(x, middle - 5),
                     QFontMetricsF(name).elidedText(title, Qt::ElideRight, room));
    const QFont line = textFont(16);
    QString story = m_call.words.aside.left(1).toUpper() + m_call.words.aside.mid(1);
    if (m_more > 0)
        story += QStringLiteral(" · ") + tr("and %n more", nullptr, int(m_more));
    painter.setFont(line);
    painter.drawText(QPointF(x, middle + 22),
                     QFontMetricsF(line).elidedText(story, Qt::ElideRight, room));
}

} // namespace simmer::ui
