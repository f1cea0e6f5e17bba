// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include "app/DeskSocket.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QUrl>

namespace simmer::fakes {

namespace {

using K = QLatin1String;

constexpr int LongestRunMs = 60'000;

QString program(const QString &name)
{
    return QStringLiteral(SIMMER_BIN "/") + name;
}

Run resultOf(QProcess &process)
{
    Run run;
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    const QByteArray output = process.readAllStandardOutput();
    run.output = QString::fromUtf8(output);
    run.trouble = QString::fromUtf8(process.readAllStandardError());
    for (const QByteArray &line : output.split('\n'))
        if (line.startsWith('{') && line.endsWith('}'))
            run.lines += QJsonDocument::fromJson(line).object();
    return run;
}

} // namespace

quint32 firstChance()
{
    return quint32(20261121 + qEnvironmentVariableIntValue("SIMMER_SEED"));
}

Running::Running(const QString &name, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program(name), arguments);
    m_process.waitForStarted();
}

Running::~Running()
{
    kill();
}

QJsonObject Running::nextLine(int ms)
{
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine()) {
        const qint64 left = ms - waited.elapsed();
        if (left <= 0 || !m_process.waitForReadyRead(int(left)))
            if (!m_process.canReadLine())
                return {};
    }
    return QJsonDocument::fromJson(m_process.readLine()).object();
}

void Running::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

int Running::terminate()
{
    m_process.terminate();
    m_process.waitForFinished();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

Run Ctl::run(const QStringList &arguments) const
{
    return runKilled(arguments, LongestRunMs);
}

Run Ctl::runKilled(const QStringList &arguments, int ms) const
{
    QProcess process;
    process.start(program(QStringLiteral("simmerctl")),
                  QStringList{QStringLiteral("--profile"), m_profile, QStringLiteral("--json")} +
                      arguments);
    const bool kill = !process.waitForFinished(ms);
    if (kill) {
        process.kill();
        process.waitForFinished();
    }
    Run run = resultOf(process);
    run.wasKilled = kill;
    return run;
}

std::unique_ptr<Running> Ctl::watch() const
{
    return std::make_unique<Running>(QStringLiteral("simmerctl"),
                                     QStringList{QStringLiteral("--profile"), m_profile,
                                                 QStringLiteral("--json"),
                                                 QStringLiteral("watch")});
}

QList<QJsonObject> Ctl::askDoor(const QJsonObject &request) const
{
    QLocalSocket socket;
    socket.connectToServer(app::DeskSocket::nameFor(m_profile));
    if (!socket.waitForConnected())
        return {};
    socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    socket.flush();
    QList<QJsonObject> lines;
    while (socket.canReadLine() || socket.waitForReadyRead()) {
        const QJsonObject said = QJsonDocument::fromJson(socket.readLine()).object();
        if (!said.contains(K("line")))
            break;
        lines += said.value(K("line")).toObject();
    }
    return lines;
}

bool KitchenServer::start()
{
    m_process = std::make_unique<Running>(QStringLiteral("simmerd"),
                                          QStringList{QStringLiteral("--data-dir"), m_folder,
                                                      QStringLiteral("--listen"), m_listen,
                                                      QStringLiteral("--json")});
    QJsonObject line = m_process->nextLine();
    while (!line.isEmpty() && line.value(K("event")).toString() != K("listening"))
        line = m_process->nextLine();
    if (line.isEmpty())
        return false;
    m_url = line.value(K("url")).toString();
    m_listen = QStringLiteral("127.0.0.1:%1").arg(QUrl(m_url).port());
    return true;
}

void KitchenServer::kill()
{
    m_process->kill();
}

int KitchenServer::stop()
{
    return m_process->terminate();
}

QString KitchenServer::invite() const
{
    QProcess process;
    process.start(program(QStringLiteral("simmerd")),
                  {QStringLiteral("invite"), QStringLiteral("--data-dir"), m_folder,
                   QStringLiteral("--json")});
    process.waitForFinished();
    return QJsonDocument::fromJson(process.readAllStandardOutput())
        .object()
        .value(K("code"))
        .toString();
}

QString KitchenServer::file() const
{
    const QDir folder(m_folder);
    const QStringList files = folder.entryList({QStringLiteral("*.db")}, QDir::Files);
    return files.isEmpty() ? QString() : folder.filePath(files.constFirst());
}

bool join(const Ctl &device, const KitchenServer &server, const QString &name)
{
    const Run paired = device.run(
        {QStringLiteral("pair"), server.url(), server.invite(), QStringLiteral("--name"), name});
    return paired.exitCode == 0;
}

} // namespace simmer::fakes
