// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Errand.h"

#include <QCoreApplication>

namespace simmer::app {

Errand::Errand(const Arguments &arguments)
    : m_arguments(arguments)
    , m_printer(arguments.command, arguments.json, arguments.lasts)
    , m_channel(arguments.profile, arguments.lasts)
{
    connect(&m_channel, &Channel::failed, this, [this](const QString &trouble) {
        Printer::trouble(trouble);
        finish(1);
    });
    connect(&m_channel, &Channel::noticed, this, &Printer::trouble);
    connect(&m_channel, &Channel::opened, this, [this] { syncOnTheWay([this] { askIt(); }); });
}

void Errand::run(const std::function<void(const QJsonObject &)> &onLine)
{
    m_onLine = onLine;
    m_channel.open();
}

/// Best effort: without the server a device works on alone, and its ops wait.
void Errand::syncOnTheWay(const std::function<void()> &then)
{
    const bool ownWay = m_arguments.command == QLatin1String("sync") ||
                        m_arguments.command == QLatin1String("pair") || m_arguments.lasts;
    if (ownWay || m_arguments.offline || !m_channel.syncsItself()) {
        then();
        return;
    }
    m_channel.ask(
        {{QLatin1String("cmd"), QLatin1String("sync")}, {QLatin1String("wait_ms"), OnTheWayMs}},
        [](const QJsonObject &) {}, [then](const std::optional<QString> &) { then(); });
}

void Errand::askIt()
{
    m_channel.ask(m_arguments.request, m_onLine, [this](const std::optional<QString> &trouble) {
        if (trouble)
            Printer::trouble(*trouble);
        const int exitCode = trouble ? 1 : m_exitCode;
        syncOnTheWay([this, exitCode] { finish(exitCode); });
    });
}

void Errand::finish(int exitCode)
{
    QCoreApplication::exit(exitCode);
}

} // namespace simmer::app
