// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/PassList.h"
#include "widgets/Panel.h"

#include <optional>

class QScrollArea;

namespace simmer::ui {

class NoticeBar;
class QuickField;

/// The Pass: all timers of the kitchen, next to ring first, and the field for a quick timer. A
/// column of 340 px at the right, or below 1180 px of window a strip of 64 px at the bottom. GUI
/// thread; owned by the window.
class PassPane : public Panel
{
    Q_OBJECT

public:
    PassPane(Qt::Orientation orientation, const recipes::RecipeBook &book, LiveTimers &timers,
             QWidget *parent = nullptr);

    void setLink(const syncclient::LinkStatus &status);
    void focusQuickTimer();
    /// As if it had been typed into the field.
    void startQuick(const QString &typed);
    void focusFirst();
    const PassList &list() const { return *m_list; }

    /// The card's menu, at this point of the screen.
    void openMenu(const TimerId &timer, const QPoint &at);

Q_SIGNALS:
    void stepWished(const simmer::RecipeId &recipe, int step);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeColumn();
    void makeStrip();
    void showCount(int count);
    void showHistory();
    void offerUndo(const timers::Timer &asItWas);

    LiveTimers &m_timers;
    syncclient::LinkStatus m_status;
    PassList *m_list;
    QScrollArea *m_scroll;
    InkLabel *m_count;
    InkLabel *m_empty;
    InkLabel *m_hint;
    QuickField *m_quick;
    NoticeBar *m_undo;
    std::optional<timers::Timer> m_undoable;
};

} // namespace simmer::ui
