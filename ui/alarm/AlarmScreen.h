// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmDesk.h"

#include <QPointer>
#include <QSet>
#include <QTimer>

class QWidget;

namespace simmer::ui {

class AlarmBanner;
class AlarmOverlay;

/// Where the alarm is seen: the banner always, and the overlay over the window that the cook looks
/// at, or as a window of its own when that is hidden or a dialog is before it. While a text field
/// has the focus there is only the banner. GUI thread; owned by the window.
class AlarmScreen : public QObject
{
    Q_OBJECT

public:
    /// `banner` is in `window`; all must outlive it.
    AlarmScreen(AlarmDesk &alarm, AlarmBanner &banner, QWidget &window, QObject *parent = nullptr);
    ~AlarmScreen() override;

    /// Another window that a cook looks at: while it is the active one, the alarm covers it.
    void addStage(QWidget *stage);
    /// One that shows rings itself, as cooking mode does: while it is in front nothing is covered,
    /// until nobody comes; then this is.
    void addRinger(QWidget *stage);
    AlarmOverlay &overlay() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeOverlay();
    void review();
    void announce();
    void insist();
    void putAside(const TimerId &timer);
    QList<AlarmCall> wanted() const;
    QWidget *stage() const;
    bool isBlocked() const;
    bool isToldBy(QWidget *stage) const;
    void placeOn(QWidget *stage);
    void takeAway();

    AlarmDesk &m_alarm;
    AlarmBanner &m_banner;
    QWidget &m_window;
    QList<QPointer<QWidget>> m_stages;
    QList<QPointer<QWidget>> m_ringers; ///< those of the stages that ring by themselves
    QPointer<AlarmOverlay> m_overlay;
    QPointer<QWidget> m_host;  ///< what it covers; null: it is a window of its own
    QPointer<QWidget> m_focus; ///< what had the focus before
    QSet<OpId> m_aside;        ///< ring keys that were put aside
    bool m_isUp = false;
};

} // namespace simmer::ui
