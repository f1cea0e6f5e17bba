// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/StripItem.h"

#include "theme/CountColour.h"
#include "theme/SimmerStyle.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/RingPainter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

// 11-states, "Pass strip".
constexpr int Height = 52;
constexpr qreal RingLeft = 5;
constexpr qreal RingSize = 44;
constexpr qreal RingStroke = 4;
constexpr qreal LinesLeft = RingLeft + RingSize + 9;
constexpr qreal MostLines = 132;
constexpr int ButtonSize = 44;

QFont nameFont()
{
    return textFont(13, QFont::DemiBold);
}
QFont placeFont()
{
    return textFont(12);
}
QFont countFont()
{
    return displayFont(20);
}

} // namespace

StripItem::StripItem(const TimerId &timer, QWidget *parent)
    : PassItem(timer, parent)
    , m_button(new FlatButton(QLatin1String("pause"), {}, this))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_button, &QAbstractButton::clicked, this, &StripItem::toggleWished);
}

qreal StripItem::linesWidth() const
{
    const qreal widest = std::max(QFontMetricsF(nameFont()).horizontalAdvance(words().name),
                                  QFontMetricsF(placeFont()).horizontalAdvance(words().place));
    return std::min(widest, MostLines);
}

qreal StripItem::countLeft() const
{
    return LinesLeft + linesWidth() + 14;
}

QSize StripItem::sizeHint() const
{
    const qreal count = countWidth(countFont(), words().count);
    return {int(std::ceil(countLeft() + count)) + 8 + ButtonSize + 4, Height};
}

RingPlace StripItem::ringPlace() const
{
    return {{RingLeft, 4, RingSize, RingSize}, RingStroke};
}

CountPlace StripItem::countPlace() const
{
    const qreal line = height() / 2.0 + QFontMetricsF(countFont()).capHeight() / 2;
    return {{countLeft(), line}, countFont()};
}

void StripItem::changed(Change change)
{
    using Role = FlatButton::Role;
    if (change == Change::Dress) {
        const bool late = words().face.look == Look::Late;
        const bool paused = words().face.look == Look::Paused;
        m_button->set(rings()  ? QLatin1String("stop")
                      : late   ? QLatin1String("check")
                      : paused ? QLatin1String("play")
                               : QLatin1String("pause"),
                      {});
        m_button->setRole(rings() ? Role::StopRing : late ? Role::Urgent : Role::Plain);
        m_button->setAccessibleName((rings()  ? tr("Stop, %1")
                                     : late   ? tr("Got it, %1")
                                     : paused ? tr("Resume, %1")
                                              : tr("Pause, %1"))
                                        .arg(words().name));
        m_button->setEnabled(!words().isPending || rings());
    }
    if (sizeHint() != size())
        updateGeometry();
    update();
}

void StripItem::resizeEvent(QResizeEvent *)
{
    m_button->setGeometry(width() - ButtonSize - 4, 4, ButtonSize, ButtonSize);
}

void StripItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const bool late = words().face.look == Look::Late;
    QPen pen(late ? tokens.ringLine : tokens.line, 1, late ? Qt::DashLine : Qt::SolidLine);
    const QColor ground = rings() ? tokens.ring : tokens.raised;
    painter.setPen(rings() ? QPen(Qt::NoPen) : pen);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    paintRing(painter, ringPlace().box,
              {words().face, RingStroke, words().cover, {}, ground, true, rings()}, tokens);
    painter.setPen(rings() ? tokens.onRing : tokens.ink);
    painter.setFont(nameFont());
    const qreal room = linesWidth() + 1;
    painter.drawText(QPointF(LinesLeft, 23),
                     QFontMetricsF(nameFont()).elidedText(words().name, Qt::ElideRight, room));
    painter.setPen(rings() ? tokens.onRing : tokens.ink2);
    painter.setFont(placeFont());
    painter.drawText(QPointF(LinesLeft, 39),
                     QFontMetricsF(placeFont()).elidedText(words().place, Qt::ElideRight, room));
    painter.setPen(countColour(words().face.look, tokens));
    const CountPlace count = countPlace();
    paintCount(painter, count.baseline, count.font, words().count);
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), 9, palette());
}

} // namespace simmer::ui
