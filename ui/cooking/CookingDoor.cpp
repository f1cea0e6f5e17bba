// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingDoor.h"

#include "cooking/CookingScreen.h"

namespace simmer::ui {

CookingDoor::CookingDoor(const recipes::RecipeBook &book, LiveTimers &timers,
                         timerserver::CookingSessions &cooking, QWidget *window)
    : QObject(window)
    , m_book(book)
    , m_timers(timers)
    , m_cooking(cooking)
    , m_window(window)
{
}

CookingScreen *CookingDoor::screen() const
{
    return m_screen;
}

void CookingDoor::open(const RecipeId &recipe)
{
    if (!m_book.recipes().contains(recipe))
        return;
    if (!m_screen) {
        m_screen = new CookingScreen(m_book, m_timers, m_cooking, m_window);
        m_screen->setAttribute(Qt::WA_DeleteOnClose);
        m_screen->setLink(m_status);
        connect(m_screen, &CookingScreen::left, this, &CookingDoor::left);
        Q_EMIT entered(m_screen);
    }
    m_screen->cook(recipe);
    m_screen->showFullScreen();
    m_screen->activateWindow();
}

bool CookingDoor::goTo(const timers::Place &place)
{
    if (!m_screen || !m_screen->isVisible())
        return false;
    m_screen->goTo(place);
    m_screen->raise();
    m_screen->activateWindow();
    return true;
}

void CookingDoor::say(const QString &words)
{
    if (m_screen)
        m_screen->say(words);
}

void CookingDoor::setLink(const syncclient::LinkStatus &status)
{
    m_status = status;
    if (m_screen)
        m_screen->setLink(status);
}

} // namespace simmer::ui
