// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeskSocket.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QLocalSocket>

namespace simmer::app {

namespace {

using K = QLatin1String;

constexpr qsizetype LongestSocketPath = 90;           // sun_path holds 108 bytes (unix(7))
constexpr qint64 MostRequestBytes = 64 * 1024 * 1024; // an import of many recipes is one request

void write(QLocalSocket *socket, const QJsonObject &json)
{
    socket->write(QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n');
    socket->flush();
}

} // namespace

QString DeskSocket::nameFor(const QString &profile)
{
    const QString inside = QDir(profile).absoluteFilePath(QStringLiteral("door"));
    if (inside.size() <= LongestSocketPath)
        return inside;
    const QByteArray hash =
        QCryptographicHash::hash(inside.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("%1/simmer-%2").arg(QDir::tempPath(), QString::fromLatin1(hash.left(32)));
}

DeskSocket::DeskSocket(Desk &desk, const QString &profile, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    const QString name = nameFor(profile);
    QLocalServer::removeServer(name); // of a holder that crashed: we hold the profile's lock
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(name))
        qWarning("simmerctl cannot reach this program: %s", qUtf8Printable(m_server.errorString()));
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            serve(socket);
    });
}

void DeskSocket::serve(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (socket->bytesAvailable() > MostRequestBytes)
            socket->abort();
        if (!socket->canReadLine())
            return;
        const QJsonObject request = QJsonDocument::fromJson(socket->readLine()).object();
        auto *owner = new QObject(socket);
        m_desk.handle(request, {owner,
                                [socket](const QJsonObject &line) {
                                    write(socket, {{K("line"), line}});
                                },
                                [socket, owner](const std::optional<Error> &trouble) {
                                    write(socket,
                                          trouble ? QJsonObject{{K("error"), describe(*trouble)}}
                                                  : QJsonObject{{K("end"), true}});
                                    owner->deleteLater();
                                    socket->disconnectFromServer();
                                }});
    });
}

} // namespace simmer::app
