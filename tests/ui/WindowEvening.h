// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "UiKitchen.h"
#include "alarm/AlarmDesk.h"
#include "alarm/AlarmOverlay.h"
#include "alarm/AlarmScreen.h"
#include "forms/MainWindow.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

inline constexpr qint64 Second = 1000;
inline constexpr qint64 Minute = 60 * Second;

/// The whole window over a real kitchen with all samples, and what rings in it.
class WindowEvening
{
protected:
    void begin();
    void end();
    /// As the main program does it: window first, then the log. In front, at the roast.
    void open();
    /// A timer that has just begun to ring.
    TimerId ring(const QString &name, const std::optional<timers::Place> &place = {});
    void waitUntilItListens() { QTRY_VERIFY(overlay().listens()); }
    AlarmOverlay &overlay() const { return m_window->alarmScreen().overlay(); }
    bool isCovered() const { return overlay().isVisible(); }
    Look lookOf(const TimerId &timer) const
    {
        const auto known = m_window->timers().find(timer);
        return known ? m_window->timers().faceOf(*known).look : Look::Ready;
    }
    template<typename T>
    T *part() const
    {
        return m_window->findChild<T *>();
    }

    Theme m_theme{*qApp, ThemeChoice::Light};
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<MainWindow> m_window;
    QHash<QString, recipes::Recipe> m_samples;
    recipes::Recipe m_roast;
    recipes::Recipe m_dal;
};

inline void WindowEvening::begin()
{
    m_samples = fakes::sampleRecipes();
    m_roast = m_samples.value(QStringLiteral("roast-chicken"));
    m_dal = m_samples.value(QStringLiteral("dal-tadka"));
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    for (const recipes::Recipe &recipe : std::as_const(m_samples))
        m_kitchen->addRecipe(recipe);
}

inline void WindowEvening::end()
{
    m_window.reset();
    m_kitchen.reset();
}

inline void WindowEvening::open()
{
    m_window = std::make_unique<MainWindow>(m_kitchen->server(), m_kitchen->book(),
                                            m_kitchen->cooking(), m_kitchen->client(), m_theme);
    m_window->show();
    m_kitchen->open();
    m_window->activateWindow();
    if (!QTest::qWaitForWindowActive(m_window.get(), PatienceMs))
        qFatal("the window is not in front");
    m_window->openRecipe(m_roast.id);
}

inline TimerId WindowEvening::ring(const QString &name, const std::optional<timers::Place> &place)
{
    const TimerId timer = m_window->timers().start({name, Second, Second, place});
    if (!QTest::qWaitFor([&] { return m_window->timers().find(timer).has_value(); }, PatienceMs))
        qFatal("the press was not kept");
    m_kitchen->pass(2 * Second);
    if (!QTest::qWaitFor([&] { return lookOf(timer) == Look::Ringing; }, PatienceMs))
        qFatal("it does not ring");
    return timer;
}
