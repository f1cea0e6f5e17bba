// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"
#include "syncclient/SyncClient.h"
#include "timerserver/CookingSessions.h"

#include <QPointer>
#include <QWidget>

namespace simmer::ui {

class CookingScreen;

/// The way into cooking mode and back: one screen at a time, made when it is wished. GUI thread;
/// owned by the window.
class CookingDoor : public QObject
{
    Q_OBJECT

public:
    CookingDoor(const recipes::RecipeBook &book, LiveTimers &timers,
                timerserver::CookingSessions &cooking, QWidget *window);

    void open(const RecipeId &recipe);
    void setLink(const syncclient::LinkStatus &status);
    /// Goes to that step, and says whether somebody cooks here, who sees it.
    bool goTo(const timers::Place &place);
    /// Says it where the cook looks, if somebody cooks here.
    void say(const QString &words);
    /// Null while nobody cooks here.
    CookingScreen *screen() const;

Q_SIGNALS:
    /// There is a screen now, which shows rings of its own.
    void entered(QWidget *screen);
    /// The cook is back, from this step.
    void left(const simmer::RecipeId &recipe, int step);

private:
    const recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    timerserver::CookingSessions &m_cooking;
    QWidget *m_window;
    syncclient::LinkStatus m_status;
    QPointer<CookingScreen> m_screen; ///< owned by the window; deletes itself when closed
};

} // namespace simmer::ui
