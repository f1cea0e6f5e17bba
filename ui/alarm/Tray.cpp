// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/Tray.h"

#include <QApplication>
#include <QPalette>
#include <QUuid>

namespace simmer::ui {

namespace {

const QString Watcher = QStringLiteral("org.kde.StatusNotifierWatcher");
constexpr qsizetype MostTimers = 8; // in a menu
constexpr int SaidMs = 8000;
constexpr int SlowMs = 15'000;

QString lineOf(const CardWords &words)
{
    QString name = words.name;
    name.replace(QLatin1Char('&'), QLatin1String("&&")); // no letter of a dish is a mnemonic
    return name + QLatin1Char('\t') + words.count;
}

} // namespace

Tray::Tray(AlarmDesk &alarm, const QString &bus, QObject *parent)
    : QObject(parent)
    , m_alarm(alarm)
    , m_name(QUuid::createUuid().toString())
    , m_bus(bus.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name)
                          : QDBusConnection::connectToBus(bus, m_name))
    , m_watcher(Watcher, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        m_icon.reset(); // the icon that an earlier panel showed reaches no later one
        lookForPanel();
    });
    connect(&alarm, &AlarmDesk::changed, this, &Tray::review);
    connect(&alarm.timers(), &LiveTimers::changed, this, &Tray::review);
    connect(&alarm.timers(), &LiveTimers::ticked, this, &Tray::review);
    m_slow.setInterval(SlowMs);
    connect(&m_slow, &QTimer::timeout, this, &Tray::review);
    m_slow.start();
    connect(&m_menu, &QMenu::aboutToShow, this, &Tray::fillMenu);
    lookForPanel();
}

Tray::~Tray()
{
    m_icon.reset();
    QDBusConnection::disconnectFromBus(m_name);
}

void Tray::lookForPanel()
{
    const bool was = isThere();
    if (QSystemTrayIcon::isSystemTrayAvailable() && !m_icon) {
        m_icon = std::make_unique<QSystemTrayIcon>();
        m_icon->setContextMenu(&m_menu);
        connect(m_icon.get(), &QSystemTrayIcon::activated, this,
                [this](QSystemTrayIcon::ActivationReason reason) {
                    if (reason != QSystemTrayIcon::Context)
                        Q_EMIT windowWished();
                });
        connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &Tray::windowWished);
        m_icon->setIcon(trayIcon(m_face, QApplication::palette().color(QPalette::WindowText)));
        fillMenu();
        m_icon->show();
    }
    if (was != isThere())
        Q_EMIT thereChanged(isThere());
}

void Tray::say(const DesktopNote &note)
{
    if (!m_icon || !QSystemTrayIcon::supportsMessages())
        return;
    const bool urgent = note.urgency == DesktopNote::Urgency::Critical;
    m_icon->showMessage(note.title, note.body,
                        urgent ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information,
                        note.goneAfterMs > 0 ? note.goneAfterMs : SaidMs);
}

TrayFace Tray::faceOf(const QList<timers::Timer> &timers) const
{
    if (m_alarm.loud() > 0)
        return {TrayFace::State::Ringing, 0};
    if (timers.isEmpty())
        return {};
    for (const timers::Timer &timer : timers) {
        const TimerFace face = m_alarm.timers().faceOf(timer);
        if (face.look == Look::Running || face.look == Look::Checking)
            return {TrayFace::State::Running, int(face.fraction * 16)};
    }
    return {TrayFace::State::Paused, 0};
}

/// Costs a comparison while nothing that the icon or the menu shows is another.
void Tray::review()
{
    const QList<timers::Timer> timers = m_alarm.timers().onPass();
    const TrayFace face = faceOf(timers);
    if (std::exchange(m_face, face) != face && m_icon)
        m_icon->setIcon(trayIcon(face, QApplication::palette().color(QPalette::WindowText)));
    QList<std::pair<TimerId, Look>> listed;
    for (const timers::Timer &timer : timers)
        listed.append({timer.id, m_alarm.timers().faceOf(timer).look});
    if (m_icon && listed != m_listed)
        fillMenu();
    QString tip = tr("Simmer");
    if (!timers.isEmpty()) { // without its count: the panel need not hear of each second
        const CardWords words = m_alarm.wordsOf(timers.constFirst());
        tip = words.name + QStringLiteral(" · ") + words.aside;
    }
    if (m_icon && m_icon->toolTip() != tip)
        m_icon->setToolTip(tip);
}

void Tray::fillMenu()
{
    const QList<timers::Timer> timers = m_alarm.timers().onPass();
    m_listed.clear();
    m_menu.clear();
    qDeleteAll(std::exchange(m_submenus, {}));
    for (const timers::Timer &timer : timers) {
        m_listed.append({timer.id, m_alarm.timers().faceOf(timer).look});
        if (m_listed.size() <= MostTimers)
            addTimer(timer);
    }
    if (timers.size() > MostTimers)
        m_menu.addAction(tr("%n more…", nullptr, int(timers.size() - MostTimers)), this,
                         &Tray::windowWished);
    if (!timers.isEmpty())
        m_menu.addSeparator();
    if (!m_alarm.calls().isEmpty())
        m_menu.addAction(tr("Stop the alarm"), this, [this] { m_alarm.timers().acknowledgeAll(); });
    m_menu.addAction(tr("Quick timer…"), this, &Tray::quickTimerWished);
    m_menu.addAction(tr("Open Simmer"), this, &Tray::windowWished);
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit"), this, &Tray::quitWished);
}

void Tray::addTimer(const timers::Timer &timer)
{
    LiveTimers &live = m_alarm.timers();
    const CardWords words = m_alarm.wordsOf(timer);
    const TimerId id = timer.id;
    QMenu *menu = m_menu.addMenu(lineOf(words));
    m_submenus += menu;
    const Look look = words.face.look;
    if (look == Look::Running || look == Look::Checking)
        menu->addAction(tr("Pause"), this, [&live, id] { live.pause(id); });
    if (look == Look::Paused)
        menu->addAction(tr("Resume"), this, [&live, id] { live.resume(id); });
    menu->addAction(look == Look::Late ? tr("Got it") : tr("Stop"), this,
                    [&live, id] { live.stop(id); });
    menu->addAction(tr("1 min more"), this, [this, id] { m_alarm.addMinutes(id, 1); });
    if (words.hasStep)
        menu->addAction(tr("Open recipe"), this, [this, id] { m_alarm.open(id); });
}

} // namespace simmer::ui
