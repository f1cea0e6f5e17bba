// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

namespace simmer::fakes {

/// What a test's chance begins with: SIMMER_SEED, which ./dev check long changes, or always the
/// same.
quint32 firstChance();

/// What a run of simmerctl left.
struct Run {
    int exitCode = -1;
    bool wasKilled = false;   ///< by us
    QList<QJsonObject> lines; ///< JSON lines of standard output
    QString output;
    QString trouble; ///< standard error
};

/// A program of ours that runs until told otherwise; killed with this object.
class Running
{
public:
    Running(const QString &program, const QStringList &arguments);
    ~Running();
    Q_DISABLE_COPY_MOVE(Running)

    /// Waits for the next JSON line; empty after `ms`.
    QJsonObject nextLine(int ms = 30'000);
    /// kill -9, and waits for the end.
    void kill();
    /// SIGTERM, and waits for the end; the exit code.
    int terminate();
    bool isRunning() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
};

/// One device's profile folder and simmerctl on it.
class Ctl
{
public:
    explicit Ctl(QString profile)
        : m_profile(std::move(profile))
    {
    }

    const QString &profile() const { return m_profile; }
    /// Runs to the end. --json is added.
    Run run(const QStringList &arguments) const;
    /// The same, killed with SIGKILL after `ms`, when it still runs then.
    Run runKilled(const QStringList &arguments, int ms) const;
    std::unique_ptr<Running> watch() const;
    /// Asks the program that holds the profile, over its door; the answer's lines.
    QList<QJsonObject> askDoor(const QJsonObject &request) const;

private:
    QString m_profile;
};

/// A kitchen server in a process of its own.
class KitchenServer
{
public:
    explicit KitchenServer(QString folder)
        : m_folder(std::move(folder))
    {
    }

    /// Starts it and waits until it listens; the same port again after the first time.
    bool start();
    void kill();
    int stop();
    const QString &url() const { return m_url; }
    QString invite() const;
    QString file() const;

private:
    QString m_folder;
    QString m_url;
    QString m_listen = QStringLiteral("127.0.0.1:0");
    std::unique_ptr<Running> m_process;
};

/// simmerctl pair with a fresh code of the server.
bool join(const Ctl &device, const KitchenServer &server, const QString &name);

} // namespace simmer::fakes
