// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "WireDevice.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>

namespace simmer::tests {

/// What a run of simmerd to its end left.
struct Ran {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

inline const QString Program = QStringLiteral(SIMMER_BIN "/simmerd");

inline Ran run(const QStringList &arguments,
               const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(Program, arguments);
    process.waitForFinished(PatienceMs);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// A simmerd of its own on a free port; plain, since the devices of these tests have no keys.
class RunningServer
{
public:
    explicit RunningServer(
        const QString &dataDir, const QStringList &more = {},
        const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        m_process.setProcessEnvironment(environment);
        m_process.start(Program,
                        QStringList{QStringLiteral("--data-dir"), dataDir,
                                    QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                                    QStringLiteral("--json"), QStringLiteral("--plain")} +
                            more);
        const bool printed =
            QTest::qWaitFor([this] { return m_process.canReadLine(); }, PatienceMs);
        const QJsonObject line =
            printed ? QJsonDocument::fromJson(m_process.readLine()).object() : QJsonObject();
        if (line.value(QStringLiteral("event")).toString() == QLatin1String("listening"))
            url = QUrl(line.value(QStringLiteral("url")).toString());
    }
    ~RunningServer()
    {
        kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(RunningServer)

    void kill()
    {
        m_process.kill(); // SIGKILL, and nothing when it has ended
    }
    void signal(int signal)
    {
        if (!hasEnded()) // 0 would be this very process group
            ::kill(pid_t(m_process.processId()), signal);
    }
    qint64 pid() const { return m_process.processId(); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    int exitCode() const { return m_process.exitCode(); }
    /// Its exit code.
    int terminate(int by = SIGTERM)
    {
        signal(by);
        const bool ended = QTest::qWaitFor([this] { return hasEnded(); }, PatienceMs);
        return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    QByteArray printed() { return m_process.readAllStandardOutput(); }
    QByteArray complained() { return m_process.readAllStandardError(); }

    QUrl url;

private:
    QProcess m_process;
};

/// Joined and connected.
inline void join(WireDevice &device, const RunningServer &server, const QString &dataDir)
{
    const Ran invited = run({QStringLiteral("invite"), QStringLiteral("--data-dir"), dataDir,
                             QStringLiteral("--json")});
    device.connectTo(server.url);
    QTRY_VERIFY(device.isOpen());
    device.pair(
        QJsonDocument::fromJson(invited.out).object().value(QStringLiteral("code")).toString());
    QTRY_VERIFY(!device.token.isEmpty());
    device.hello();
    QTRY_VERIFY(device.heard<protocol::Welcome>());
}

} // namespace simmer::tests
