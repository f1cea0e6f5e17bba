// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "UiKitchen.h"
#include "forms/RecipePage.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

/// The recipe page by itself, over a real kitchen with all samples.
class PageEvening
{
protected:
    void begin();
    void end();

    Theme m_theme{*qApp, ThemeChoice::Light};
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<LiveTimers> m_timers;
    std::unique_ptr<RecipePage> m_page;
    QHash<QString, recipes::Recipe> m_samples;
    recipes::Recipe m_roast;
};

inline void PageEvening::begin()
{
    m_samples = fakes::sampleRecipes();
    m_roast = m_samples.value(QStringLiteral("roast-chicken"));
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    for (const recipes::Recipe &recipe : std::as_const(m_samples))
        m_kitchen->addRecipe(recipe);
    m_kitchen->open();
    m_timers = std::make_unique<LiveTimers>(m_kitchen->server());
    m_page = std::make_unique<RecipePage>(m_kitchen->book(), *m_timers, m_kitchen->cooking());
    m_page->resize(820, 800);
    m_page->show();
}

inline void PageEvening::end()
{
    m_page.reset();
    m_timers.reset();
    m_kitchen.reset();
}
