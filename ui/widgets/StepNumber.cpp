// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/StepNumber.h"

#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Type.h"

#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int Diameter = 32;
constexpr int Margin = 4;
constexpr qreal Stroke = 3.5;

} // namespace

StepNumber::StepNumber(int number, QWidget *parent)
    : QAbstractButton(parent)
    , m_number(number)
{
    setFixedSize(Diameter + 2 * Margin, Diameter + 2 * Margin);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setToolTip(tr("Mark this step as done"));
    connect(this, &QAbstractButton::toggled, this, &StepNumber::renameForScreenReaders);
    renameForScreenReaders();
}

void StepNumber::renameForScreenReaders()
{
    setAccessibleName(isChecked() ? tr("Step %1, done").arg(m_number)
                                  : tr("Step %1").arg(m_number));
}

void StepNumber::draw(const TimerFace &face, bool isDone)
{
    if (face == m_face && isDone == m_isDone)
        return;
    const TimerFace before = std::exchange(m_face, face);
    if (std::exchange(m_isDone, isDone) == isDone && before.look == face.look &&
        before.check == face.check)
        return update(m_arc.paintTo(face.fraction, {circle(), Stroke}, devicePixelRatioF()));
    m_arc.paintAll(face.fraction);
    update();
}

QRectF StepNumber::circle()
{
    return {Margin, Margin, Diameter, Diameter};
}

void StepNumber::paintState(QPainter &painter) const
{
    const QRectF circle = StepNumber::circle();
    const Tokens &tokens = tokensOf(*this);
    const QString number = QString::number(m_number);
    if (m_face.look == Look::Running || m_face.look == Look::Checking ||
        m_face.look == Look::Paused) {
        RingDrawing ring{m_face, Stroke, {}, number, tokens.page, false, false};
        return paintRing(painter, circle, ring, tokens);
    }
    const bool rings = m_face.look == Look::Ringing;
    const bool ticked = !rings && m_isDone;
    painter.setPen(rings || ticked ? QPen(Qt::NoPen)
                                   : QPen(underMouse() ? tokens.box : tokens.line2, 1.5));
    painter.setBrush(rings ? tokens.ring : ticked ? tokens.doneTint : tokens.page);
    painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
    if (ticked)
        return paintIcon(painter, circle.adjusted(8, 8, -8, -8), QLatin1String("check"),
                         tokens.doneInk);
    painter.setPen(rings ? tokens.onRing : tokens.ink2);
    painter.setFont(textFont(13, QFont::DemiBold));
    painter.drawText(circle, Qt::AlignCenter, number);
}

void StepNumber::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintState(painter);
    if (hasFocus())
        paintFocus(painter, circle().adjusted(-2, -2, 2, 2), Diameter, palette());
}

} // namespace simmer::ui
