// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/PassList.h"

#include <QWidget>

namespace simmer::ui {

class FlatButton;
class InkLabel;
class QuickField;

/// The Pass on its own, 360 × 480: timers only, above other windows while it is pinned. GUI thread;
/// owned by the main window, but a window of its own.
class MiniWindow : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    MiniWindow(const recipes::RecipeBook &book, LiveTimers &timers);

    void setLink(const syncclient::LinkStatus &status) { m_list->setLink(status); }
    void setPinned(bool pinned);
    bool isPinned() const { return windowFlags() & Qt::WindowStaysOnTopHint; }
    const PassList &list() const { return *m_list; }

Q_SIGNALS:
    void pinned(bool pinned);
    void mainWindowWished();
    void stepWished(const simmer::RecipeId &recipe, int step);
    void menuWished(const simmer::TimerId &timer, const QPoint &at);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void arrange();

    LiveTimers &m_timers;
    PassList *m_list;
    InkLabel *m_empty;
    InkLabel *m_hint;
    QuickField *m_quick;
    FlatButton *m_pin;
    FlatButton *m_main;
};

} // namespace simmer::ui
