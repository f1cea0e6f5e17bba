// SPDX-License-Identifier: GPL-3.0-or-later
// What a CookingScreen shows at its right, the dial or the ingredients, and what rings there.
#include "cooking/CookingDial.h"
#include "cooking/CookingIngredients.h"
#include "cooking/CookingScreen.h"
#include "cooking/KeyLine.h"
#include "recipes/times/TimerName.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"

#include <QAccessible>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr qint64 DeafMs = 600; // GUIDE.md: a ring must not be stopped by a key meant for the text

} // namespace

/// The one that rings longest, of any dish and any cook.
std::optional<timers::Timer> CookingScreen::ringing() const
{
    const QList<timers::Timer> all = m_timers.ringing();
    for (const timers::Timer &timer : all)
        if (m_timers.faceOf(timer).look == Look::Ringing)
            return timer;
    return std::nullopt;
}

/// What the dial shows and its keys are for: a ring before the step's own time.
TimerId CookingScreen::dialTimer() const
{
    if (const auto rings = ringing())
        return rings->id;
    const auto slot = chosenSlot();
    return slot ? timers::timerAt({m_course.recipe().id, m_course.step(), *slot}) : TimerId();
}

bool CookingScreen::listens() const
{
    return !m_lastRing.isNull() && m_ringing.elapsed() >= DeafMs;
}

/// What begins to ring has the keys, until nothing does; then they go back to where they were.
void CookingScreen::noteRing()
{
    const auto rings = ringing();
    const TimerId ringId = rings ? rings->id : TimerId();
    if (ringId == m_lastRing)
        return;
    const bool isFirst = std::exchange(m_lastRing, ringId).isNull();
    m_ringing.start();
    m_keys->setRings(rings.has_value());
    if (rings && isFirst) {
        m_focus = focusWidget();
        setFocus(Qt::OtherFocusReason);
    } else if (!rings && m_focus && hasFocus()) {
        m_focus->setFocus(Qt::OtherFocusReason);
        m_focus = nullptr;
    }
}

void CookingScreen::say(const QString &words)
{
    m_said->setText(words);
    m_said->setVisible(!words.isEmpty());
    fitText();
    if (words.isEmpty())
        return;
    m_saidEnough.start();
    QAccessibleEvent spoken(m_said, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

void CookingScreen::showSide()
{
    const bool rings = ringing().has_value();
    const bool isDial = rings || (chosenSlot() && !m_wantsIngredients);
    QWidget *wanted = isDial ? static_cast<QWidget *>(m_dial) : m_ingredients;
    if (m_stack->currentWidget() != wanted) {
        m_stack->setCurrentWidget(wanted);
        showNeighbours();
        fitText();
    }
    showTimes();
    if (isDial)
        drawDial();
}

/// A button for each time of the step, where there are several.
void CookingScreen::showTimes()
{
    const auto slot = chosenSlot();
    const bool isShown = slot && !m_wantsIngredients && !ringing() &&
                         m_course.recipe().steps.at(m_course.step()).slots.size() > 1;
    m_times->setVisible(isShown);
    if (!isShown)
        return;
    const recipes::Step &step = m_course.recipe().steps.at(m_course.step());
    while (m_timeButtons.size() < step.slots.size()) {
        auto *button = new FlatButton(QLatin1String(), {});
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // they share the room
        button->setZoom(std::clamp(1.2 * m_unit, 1.1, 2.2), std::max(48, int(50 * m_unit)));
        connect(button, &QAbstractButton::clicked, this, [this, index = int(m_timeButtons.size())] {
            m_slot = index;
            refresh();
        });
        m_timeButtons += button;
        m_times->layout()->addWidget(button);
    }
    for (int i = 0; i < m_timeButtons.size(); ++i) {
        FlatButton *button = m_timeButtons.at(i);
        button->setVisible(i < step.slots.size());
        if (i >= step.slots.size())
            continue;
        const recipes::Slot &time = step.slots.at(i);
        const auto timer =
            m_timers.find(timers::timerAt({m_course.recipe().id, m_course.step(), i}));
        const QString tail = timer ? chipTail(m_timers.faceOf(*timer)) : QString();
        const QString phrase = step.text.mid(time.start, time.end - time.start).simplified();
        button->setRole(i == *slot ? FlatButton::Role::Filled : FlatButton::Role::Outlined);
        button->set(QLatin1String(), tail.isEmpty() ? phrase : tail);
        button->setAccessibleName(tail.isEmpty() ? phrase : phrase + QStringLiteral(", ") + tail);
        button->setToolTip(phrase);
    }
}

void CookingScreen::drawDial()
{
    const auto rings = ringing();
    const auto timer = m_timers.find(dialTimer());
    const recipes::Recipe &recipe = m_course.recipe();
    if (timer) {
        const RecipeId dish = timer->place.value_or(timers::Place()).recipe;
        const auto found = m_book.recipes().constFind(dish);
        CardWords words = cardWords(*timer, m_timers.faceOf(*timer), m_timers.momentOf(*timer),
                                    found == m_book.recipes().cend() ? nullptr : &*found, m_status);
        words.isPending = m_timers.isPending(timer->id);
        const bool isHere = dish == recipe.id && timer->place->step == m_course.step();
        if (words.face.look == Look::Done)
            words.count = tr("Done");
        if (words.face.look == Look::Ready) // it was cancelled
            words.count = timers::clockText(timer->totalMs / 1000);
        const auto more = std::max<qsizetype>(0, m_timers.ringing().size() - 1);
        return m_dial->draw(words, isHere ? QString() : words.place, rings ? int(more) : 0);
    }
    const int slot = *chosenSlot();
    const recipes::Slot &time = recipe.steps.at(m_course.step()).slots.at(slot);
    CardWords words;
    words.name = recipes::timerName(recipe, m_course.step(), slot);
    words.count = timers::clockText(time.shortestSeconds);
    words.isPending = m_timers.isPending(dialTimer());
    words.spoken = tr("%1, ready").arg(words.name);
    m_dial->draw(words, {}, 0);
}

} // namespace simmer::ui
