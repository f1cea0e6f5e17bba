// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/ControlSocket.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QPointer>
#include <QSaveFile>
#include <QThread>

namespace simmer::app {

namespace {

using K = QLatin1String;

constexpr qsizetype LongestFolder = 80; // sun_path holds 108 bytes; Qt makes a folder in between
constexpr qsizetype LongestRequest = 64;
constexpr int AnswerMs = 3000;

QString noteFile(const QString &dataDir)
{
    return dataDir + QStringLiteral("/server.json");
}

QJsonObject readNote(const QString &dataDir)
{
    QFile file(noteFile(dataDir));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

Outcome writeNote(const QString &dataDir, const QString &socket, const QUrl &url)
{
    QSaveFile file(noteFile(dataDir));
    const QJsonObject note{{K("control"), socket}, {K("url"), url.toString()}};
    if (file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(note).toJson()) > 0 &&
        file.commit())
        return done();
    return Error{ErrorCode::DiskFull, file.fileName() + K(": ") + file.errorString(), {}};
}

QByteArray lineOf(const Expected<syncserver::Invite> &invite)
{
    const QJsonObject json =
        invite ? QJsonObject{{K("code"), invite->code}, {K("url"), invite->url.toString()}}
               : QJsonObject{{K("error"), describe(invite.error())}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

Error unreachable(const QString &why)
{
    return {
        ErrorCode::Unreachable, QStringLiteral("the running server does not answer: ") + why, {}};
}

/// A server that has just started has its folder a moment before its socket.
bool connectTo(QLocalSocket &socket, const QString &dataDir)
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < AnswerMs; QThread::msleep(50)) {
        socket.connectToServer(readNote(dataDir).value(K("control")).toString());
        if (socket.waitForConnected(AnswerMs))
            return true;
    }
    return false;
}

} // namespace

ControlSocket::ControlSocket(syncserver::SyncServer &server)
    : m_server(server)
{
    m_listener.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_listener, &QLocalServer::newConnection, this, [this] { answerNext(); });
}

QString ControlSocket::choosePath(const QString &dataDir)
{
    if (QFile::encodeName(dataDir).size() <= LongestFolder)
        return dataDir + QStringLiteral("/control");
    m_elsewhere.emplace(); // private, under a name that nobody can guess
    return m_elsewhere->filePath(QStringLiteral("control"));
}

Outcome ControlSocket::listen(const QString &dataDir, const QUrl &url)
{
    const QString path = choosePath(dataDir);
    QLocalServer::removeServer(path); // of a killed server: the folder is ours, so none is alive
    if (!m_listener.listen(path))
        return Error{
            ErrorCode::Refused, QStringLiteral("%1: %2").arg(path, m_listener.errorString()), {}};
    return writeNote(dataDir, path, url);
}

void ControlSocket::answerNext()
{
    while (QLocalSocket *socket = m_listener.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { hear(*socket); });
        hear(*socket);
    }
}

void ControlSocket::hear(QLocalSocket &socket)
{
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() > LongestRequest)
            socket.abort();
        return;
    }
    if (socket.readLine(LongestRequest).trimmed() != "invite") {
        socket.abort();
        return;
    }
    m_server.invite(
        [asker = QPointer<QLocalSocket>(&socket)](const Expected<syncserver::Invite> &invite) {
            if (!asker)
                return;
            asker->write(lineOf(invite));
            asker->disconnectFromServer();
        });
}

Expected<syncserver::Invite> askForInvite(const QString &dataDir)
{
    QLocalSocket socket;
    if (!connectTo(socket, dataDir))
        return unreachable(socket.errorString());
    socket.write("invite\n");
    while (!socket.canReadLine())
        if (!socket.waitForReadyRead(AnswerMs))
            return unreachable(socket.errorString());
    const QJsonObject answer = QJsonDocument::fromJson(socket.readLine()).object();
    const QString code = answer.value(K("code")).toString();
    if (code.isEmpty())
        return unreachable(answer.value(K("error")).toString());
    return syncserver::Invite{code, QUrl(answer.value(K("url")).toString())};
}

QUrl lastUrl(const QString &dataDir)
{
    const QString url = readNote(dataDir).value(K("url")).toString();
    return QUrl(url.isEmpty() ? QStringLiteral("ws://127.0.0.1:7464") : url);
}

} // namespace simmer::app
