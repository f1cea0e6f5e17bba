// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "UiKitchen.h"
#include "cooking/BigStep.h"
#include "cooking/CookingDial.h"
#include "cooking/CookingHead.h"
#include "cooking/CookingScreen.h"
#include "cooking/CookingStrip.h"
#include "theme/Theme.h"
#include "widgets/FlatButton.h"
#include "widgets/IngredientRow.h"
#include "widgets/Panel.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

inline constexpr qint64 Second = 1000;
inline constexpr qint64 Minute = 60 * Second;

inline recipes::Step stepOf(const QString &text, const QStringList &times)
{
    recipes::Step step{text, {}, {}};
    for (const QString &time : times) {
        const int start = int(text.indexOf(time));
        const qint64 minutes = time.section(u' ', 0, 0).toInt();
        step.slots += {start, start + int(time.size()), minutes * 60, minutes * 60, {}};
    }
    return step;
}

/// Cooking mode open at the roast, in a real kitchen.
class CookingEvening
{
protected:
    void begin();
    void end();
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(m_screen.get(), Qt::Key(key), modifiers);
    }
    const CookingCourse &course() const { return m_screen->course(); }
    TimerId timerAt(int step, int slot = 0) const
    {
        return timers::timerAt({course().recipe().id, step, slot});
    }
    Look lookOf(const TimerId &timer) const
    {
        const auto known = m_timers->find(timer);
        return known ? m_timers->faceOf(*known).look : Look::Ready;
    }
    int kitchenStep() const
    {
        const auto cooking = m_kitchen->cooking().current(m_roast.id);
        return cooking ? cooking->step : -1;
    }
    FlatButton *button(const QString &text) const;
    RecipeId keep(recipes::Recipe recipe);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<LiveTimers> m_timers;
    std::unique_ptr<CookingScreen> m_screen;
    recipes::Recipe m_roast;
    recipes::Recipe m_dal;
};

inline void CookingEvening::begin()
{
    const QHash<QString, recipes::Recipe> samples = fakes::sampleRecipes();
    m_roast = samples.value(QStringLiteral("roast-chicken"));
    m_dal = samples.value(QStringLiteral("dal-tadka"));
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    for (const recipes::Recipe &recipe : samples)
        m_kitchen->addRecipe(recipe);
    m_kitchen->open();
    m_timers = std::make_unique<LiveTimers>(m_kitchen->server());
    m_screen = std::make_unique<CookingScreen>(m_kitchen->book(), *m_timers, m_kitchen->cooking());
    m_screen->resize(1440, 900);
    m_screen->cook(m_roast.id);
    m_screen->show();
    m_screen->activateWindow();
    m_screen->setFocus();
}

inline void CookingEvening::end()
{
    m_screen.reset();
    m_timers.reset();
    m_kitchen.reset();
}

inline FlatButton *CookingEvening::button(const QString &text) const
{
    const QList<FlatButton *> all = m_screen->findChildren<FlatButton *>();
    for (FlatButton *one : all)
        if (one->isVisible() && one->text() == text)
            return one;
    return nullptr;
}

inline RecipeId CookingEvening::keep(recipes::Recipe recipe)
{
    recipe.id = RecipeId::random();
    m_kitchen->book().save(recipe);
    if (!QTest::qWaitFor([&] { return m_kitchen->book().recipes().contains(recipe.id); },
                         PatienceMs))
        qFatal("the recipe was not kept");
    return recipe.id;
}
