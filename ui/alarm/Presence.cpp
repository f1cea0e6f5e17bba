// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/Presence.h"

#include "forms/MainWindow.h"
#include "pass/MiniWindow.h"

namespace simmer::ui {

namespace {

constexpr int SaidMs = 8000;

} // namespace

Presence::Presence(MainWindow &window, Preferences &preferences, const Buses &buses,
                   QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_preferences(preferences)
    , m_notes(buses.session)
    , m_tray(window.alarm(), buses.session)
    , m_awake(window.timers(), buses.system)
{
    connect(&preferences, &Preferences::changed, this, &Presence::obey);
    connect(&m_notes, &DesktopNotes::unheard, &m_tray, &Tray::say);
    connect(&m_tray, &Tray::windowWished, &window, &MainWindow::comeForward);
    connect(&m_tray, &Tray::quickTimerWished, &window, &MainWindow::focusQuickTimer);
    connect(&m_tray, &Tray::quitWished, &window, &MainWindow::quit);
    connect(&m_tray, &Tray::thereChanged, this, &Presence::stayBehind);
    connect(&window, &MainWindow::leftBehind, this, &Presence::leftBehind);
    connect(&m_awake, &AwakeLock::refused, &window, [&window] {
        window.say(tr("This computer may fall asleep while timers run: it does not let Simmer keep "
                      "it awake. They keep their time, and ring when it wakes up."));
    });
    connect(&window, &MainWindow::miniMade, this, [this](MiniWindow *mini) {
        mini->setPinned(m_preferences.now().timersOnTop);
        connect(mini, &MiniWindow::pinned, this, [this](bool pinned) {
            m_preferences.change([pinned](Choices &choices) { choices.timersOnTop = pinned; });
        });
    });
    obey();
}

void Presence::obey()
{
    const Choices &now = m_preferences.now();
    m_window.alarm().obey(now);
    m_awake.setAllowed(now.keepsAwake);
    if (now.notifies && !m_alarmNotes)
        m_alarmNotes = std::make_unique<AlarmNotes>(m_window.alarm(), m_notes);
    if (!now.notifies && m_alarmNotes) {
        m_alarmNotes.reset();
        m_notes.withdrawAll();
    }
    stayBehind();
}

/// A window that is hidden where nothing can bring it back must not stay so.
void Presence::stayBehind()
{
    m_window.setStaysBehind(m_tray.isThere() && m_preferences.now().staysInTray);
    if (!m_tray.isThere() && m_window.isHidden() && m_window.isLeftBehind())
        m_window.comeForward();
}

void Presence::leftBehind()
{
    DesktopNote note;
    note.title = tr("Simmer rings on");
    note.body = tr("Its timers keep counting. Open it again, or quit it, in the panel.");
    note.urgency = DesktopNote::Urgency::Low;
    note.goneAfterMs = SaidMs;
    m_notes.show(QStringLiteral("left behind"), note);
}

} // namespace simmer::ui
