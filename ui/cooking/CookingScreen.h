// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cooking/CookingCourse.h"
#include "desktop/AwakeHold.h"
#include "syncclient/SyncClient.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QStackedWidget;

namespace simmer::ui {

class BigStep;
class CookingDial;
class CookingHead;
class CookingIngredients;
class CookingStrip;
class FlatButton;
class InkLabel;
class KeyLine;
class StepsBar;

/// Cooking mode: one step at a time, to be read from three metres and worked with a knuckle, a
/// keyboard or a page-turner's pedal. What rings in the kitchen takes the dial, and Space, Enter
/// and Esc, until it is answered. A window of its own; keeps the screen awake while it is open. GUI
/// thread.
class CookingScreen : public QWidget
{
    Q_OBJECT

public:
    /// What it is given must outlive it.
    CookingScreen(const recipes::RecipeBook &book, LiveTimers &timers,
                  timerserver::CookingSessions &cooking, QWidget *parent = nullptr);
    ~CookingScreen() override;

    /// Goes to the dish at the step where the kitchen is.
    void cook(const RecipeId &recipe);
    /// Goes to that step of that dish.
    void goTo(const timers::Place &place);
    void setLink(const syncclient::LinkStatus &status);
    /// Says it above the step for some seconds; nothing takes that away.
    void say(const QString &words);
    const CookingCourse &course() const { return m_course; }
    CookingStrip &strip() const { return *m_strip; }
    BigStep &step() const { return *m_step; }
    CookingDial &dial() const { return *m_dial; }
    /// The timer that Space is for; none while the step has no time.
    std::optional<int> chosenSlot() const;
    /// Whether something rings and a press counts for it yet: not in its first 600 ms.
    bool listens() const;
    InkLabel &said() const { return *m_said; }

Q_SIGNALS:
    /// Closed, at this place.
    void left(const simmer::RecipeId &recipe, int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QLayout *makeText();
    QWidget *makeSide();
    void wire();
    void fitUnit();
    int roomForStep(int wide) const;
    void fitText();
    void refresh();
    void showCourse();
    void showSide();
    void showNeighbours();
    void showTimes();
    void showHint();
    bool hasShownIngredients() const;
    std::optional<timers::Timer> ringing() const;
    void noteRing();
    TimerId dialTimer() const;
    void drawDial();
    void toggle();
    void addMinute();
    void stopAlarm();
    void forward();
    void backward();
    bool pressKey(int key);

    const recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    CookingCourse m_course;
    syncclient::LinkStatus m_status;
    AwakeHold m_awake;
    RecipeId m_shownRecipe;
    int m_shownStep = -1;
    int m_slot = 0;
    bool m_wantsIngredients = false;
    TimerId m_lastRing;        ///< what rang at the last look
    QElapsedTimer m_ringing;   ///< since it does
    QPointer<QWidget> m_focus; ///< what had the focus before it rang
    QTimer m_saidEnough;
    qreal m_unit = 1;

    CookingHead *m_head;
    StepsBar *m_bar;
    FlatButton *m_hint;
    InkLabel *m_said; ///< who answered elsewhere, what failed
    InkLabel *m_before;
    BigStep *m_step;
    InkLabel *m_needs;
    InkLabel *m_after;
    QWidget *m_ends;
    FlatButton *m_done;
    QWidget *m_side = nullptr;
    QStackedWidget *m_stack;
    CookingDial *m_dial;
    CookingIngredients *m_ingredients;
    QWidget *m_times;
    QList<FlatButton *> m_timeButtons;
    CookingStrip *m_strip;
    KeyLine *m_keys;
};

} // namespace simmer::ui
