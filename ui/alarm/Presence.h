// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmNotes.h"
#include "alarm/AwakeLock.h"
#include "alarm/DesktopNotes.h"
#include "alarm/Tray.h"
#include "models/Preferences.h"

#include <memory>

namespace simmer::ui {

class MainWindow;

/// Simmer in the desktop around its window: notifications, the tray, and that the computer stays
/// awake, all as the person chose. Made by the main program after the window; GUI thread.
class Presence : public QObject
{
    Q_OBJECT

public:
    /// Addresses of the buses; empty: those of the session and the system.
    struct Buses {
        QString session;
        QString system;
    };

    /// Both must outlive it.
    Presence(MainWindow &window, Preferences &preferences, const Buses &buses,
             QObject *parent = nullptr);
    Presence(MainWindow &window, Preferences &preferences, QObject *parent = nullptr)
        : Presence(window, preferences, Buses(), parent)
    {
    }

    Tray &tray() { return m_tray; }
    AwakeLock &awake() { return m_awake; }

private:
    void obey();
    void stayBehind();
    void leftBehind();

    MainWindow &m_window;
    Preferences &m_preferences;
    DesktopNotes m_notes;
    Tray m_tray;
    AwakeLock m_awake;
    std::unique_ptr<AlarmNotes> m_alarmNotes; ///< while notifications are wanted
};

} // namespace simmer::ui
