// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmDesk.h"
#include "alarm/DesktopNotes.h"
#include "alarm/TrayIcon.h"

#include <QDBusServiceWatcher>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include <memory>

namespace simmer::ui {

/// Simmer in the desktop's panel: the next timer, what rings, and a menu of both. Comes and goes
/// with the panel's tray; everything in it is in the window, too. GUI thread.
class Tray : public QObject
{
    Q_OBJECT

public:
    /// `alarm` must outlive it. The panel is looked for on the session's bus, or that of `bus`.
    explicit Tray(AlarmDesk &alarm, const QString &bus = {}, QObject *parent = nullptr);
    ~Tray() override;

    /// Whether a panel shows it.
    bool isThere() const { return m_icon != nullptr; }
    const TrayFace &face() const { return m_face; }
    QMenu &menu() { return m_menu; }
    /// Says something at the icon, where notifications of the desktop cannot.
    void say(const DesktopNote &note);

Q_SIGNALS:
    void thereChanged(bool there);
    void windowWished();
    void quickTimerWished();
    void quitWished();

private:
    void lookForPanel();
    void review();
    void fillMenu();
    void addTimer(const timers::Timer &timer);
    TrayFace faceOf(const QList<timers::Timer> &timers) const;

    AlarmDesk &m_alarm;
    const QString m_name;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QMenu m_menu;
    QList<QMenu *> m_submenus; ///< of the timers; owned by m_menu
    std::unique_ptr<QSystemTrayIcon> m_icon;
    TrayFace m_face;
    QTimer m_slow;                            ///< no second is told while no window is seen
    QList<std::pair<TimerId, Look>> m_listed; ///< what the menu was made of
};

} // namespace simmer::ui
