// SPDX-License-Identifier: GPL-3.0-or-later
// What a CookingScreen does with keys, presses and its size.
#include "cooking/BigStep.h"
#include "cooking/CookingDial.h"
#include "cooking/CookingHead.h"
#include "cooking/CookingIngredients.h"
#include "cooking/CookingScreen.h"
#include "cooking/CookingStrip.h"
#include "cooking/KeyLine.h"
#include "cooking/Pedal.h"
#include "cooking/StepsBar.h"
#include "models/RecipeTimers.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal DesignWidth = 1440; // GUIDE.md: text grows with the width
constexpr qreal LeastUnit = 0.62;
constexpr int StepPixels = 60;
constexpr int RoomForKeys = 640; // of height; below, the keys are not named
constexpr qint64 MinuteMs = 60'000;

} // namespace

void CookingScreen::toggle()
{
    if (const auto rings = ringing()) {
        if (listens())
            m_timers.stop(rings->id);
        return;
    }
    if (const auto slot = chosenSlot())
        tapSlot(m_timers, m_course.recipe(), m_course.step(), *slot);
}

void CookingScreen::addMinute()
{
    const TimerId timer = dialTimer();
    if (!timer.isNull() && m_timers.find(timer))
        m_timers.add(timer, MinuteMs);
}

void CookingScreen::stopAlarm()
{
    const QList<timers::Timer> all = m_timers.ringing();
    if (!all.isEmpty())
        m_timers.stop(all.constFirst().id);
}

/// A long step first shows the rest of its text.
void CookingScreen::forward()
{
    if (!m_step->turn(true))
        m_course.next();
}

void CookingScreen::backward()
{
    if (!m_step->turn(false))
        m_course.back();
}

/// Pedals send PageDown and PageUp, arrows, Enter or Space. Forward: →, ↓, PageDown, Enter; back:
/// ←, ↑, PageUp, Backspace. Space starts and pauses. While something rings, Space, Enter and Esc
/// are for that, and nothing is left by accident; so is forward, which may be all that a pedal has,
/// once the page that was being turned as it began is turned.
bool CookingScreen::pressKey(int key)
{
    const bool isAnswer = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape;
    if (ringing() && (isAnswer || (turnsForward(key) && listens())))
        key = Qt::Key_Space;
    switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_PageDown:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        forward();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_PageUp:
    case Qt::Key_Backspace:
        backward();
        return true;
    case Qt::Key_Space:
        toggle();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // where + wants Shift
        addMinute();
        return true;
    case Qt::Key_S:
        stopAlarm();
        return true;
    case Qt::Key_I:
        m_wantsIngredients = !m_wantsIngredients;
        refresh();
        return true;
    case Qt::Key_G:
        m_course.follow();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void CookingScreen::keyPressEvent(QKeyEvent *event)
{
    // A pedal that is held down turns one page.
    if (event->isAutoRepeat())
        return;
    const int key = event->key();
    if (key == Qt::Key_Tab && event->modifiers().testFlag(Qt::ControlModifier))
        return m_course.nextDish();
    if (key >= Qt::Key_1 && key <= Qt::Key_9 && chosenSlot()) {
        m_slot = std::min<int>(key - Qt::Key_1,
                               int(m_course.recipe().steps.at(m_course.step()).slots.size()) - 1);
        return refresh();
    }
    auto *button = qobject_cast<QAbstractButton *>(QApplication::focusWidget());
    if (button && isAncestorOf(button) && (key == Qt::Key_Return || key == Qt::Key_Enter))
        return button->click();
    if ((event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::NoModifier ||
        !pressKey(key))
        QWidget::keyPressEvent(event);
}

/// Ctrl+Tab would go to the next button before keyPressEvent() hears of it.
bool CookingScreen::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        auto *press = static_cast<QKeyEvent *>(event);
        if (press->key() == Qt::Key_Tab && press->modifiers().testFlag(Qt::ControlModifier)) {
            keyPressEvent(press);
            return true;
        }
    }
    return QWidget::event(event);
}

void CookingScreen::fitUnit()
{
    m_unit = std::max(LeastUnit, std::min(width() / DesignWidth, height() / 760.0));
    const auto px = [this](int pixels) { return int(std::lround(pixels * m_unit)); };
    layout()->setContentsMargins(px(48), px(20), px(48), px(16));
    static_cast<QVBoxLayout *>(layout())->setSpacing(px(16));
    m_head->setUnit(m_unit);
    m_bar->setFixedHeight(std::max(6, px(8)));
    m_hint->setZoom(std::clamp(1.3 * m_unit, 1.1, 2.2), std::max(48, px(48)));
    m_done->setZoom(std::clamp(1.5 * m_unit, 1.2, 2.6), std::max(56, px(70)));
    for (FlatButton *button : std::as_const(m_timeButtons))
        button->setZoom(std::clamp(1.2 * m_unit, 1.1, 2.2), std::max(48, px(50)));
    for (InkLabel *label : {m_before, m_after, m_needs, m_said})
        label->setFont(textFont(std::max(18, px(24))));
    m_dial->setUnit(m_unit);
    m_ingredients->setUnit(m_unit);
    m_strip->setUnit(m_unit);
    m_keys->setUnit(m_unit);
    m_side->setFixedWidth(std::min(px(440), width() * 38 / 100));
    m_keys->setVisible(height() >= RoomForKeys);
}

/// The height that the step may have beside what stands above and below it.
int CookingScreen::roomForStep(int wide) const
{
    int taken = 0;
    for (const QWidget *other : {static_cast<QWidget *>(m_before), static_cast<QWidget *>(m_needs),
                                 static_cast<QWidget *>(m_after), m_ends})
        if (!other->isHidden())
            taken += (other->hasHeightForWidth() ? other->heightForWidth(wide)
                                                 : other->sizeHint().height()) +
                     16;
    return std::max(m_side->height() - taken, BigStep::LeastPixels * 3);
}

/// The step takes what it needs; the glimpses of its neighbours give way before it shrinks.
void CookingScreen::fitText()
{
    const int wished =
        std::max(BigStep::LeastPixels, int(std::lround(StepPixels * width() / DesignWidth)));
    m_step->setPixels(wished);
    m_step->setFixedHeight(BigStep::LeastPixels); // so that the last step's stretches nothing
    layout()->activate();
    const int wide = m_step->width();
    if (wide < 100)
        return;
    int height = m_step->heightFor(wide, roomForStep(wide));
    for (InkLabel *neighbour : {m_after, m_before}) {
        if (m_step->isWhole() && m_step->pixels() == wished)
            break;
        neighbour->hide();
        height = m_step->heightFor(wide, roomForStep(wide));
    }
    m_step->setFixedHeight(height);
    layout()->activate();
}

void CookingScreen::resizeEvent(QResizeEvent *)
{
    fitUnit();
    showNeighbours();
    fitText();
}

void CookingScreen::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_awake.hold(tr("A recipe is being cooked"));
    fitUnit();
    fitText();
    setFocus();
}

void CookingScreen::closeEvent(QCloseEvent *event)
{
    m_awake.release();
    QWidget::closeEvent(event);
    Q_EMIT left(m_course.recipe().id, m_course.step());
}

void CookingScreen::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), tokensOf(*this).page);
}

} // namespace simmer::ui
