// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/ControlSocket.h"

#include "app/simmerd/KitchenJson.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QPointer>
#include <QSaveFile>
#include <QThread>

#include <functional>

namespace simmer::app {

namespace {

using K = QLatin1String;

constexpr qsizetype LongestFolder = 80;   // sun_path holds 108 bytes; Qt makes a folder in between
constexpr qsizetype LongestRequest = 512; // a role and a name
constexpr int AnswerMs = 3000;
const QByteArray InviteWord = "invite "; // and the role and the kitchen's id
const QByteArray RevokeWord = "revoke "; // and the device's id
const QByteArray TokenWord = "token ";   // and the role, the kitchen's id and the name
const QByteArray MakeWord = "make ";     // and the kitchen's name

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

QJsonObject toJson(const syncserver::Invite &invite)
{
    return {{K("code"), invite.code}, {K("url"), invite.url.toString()}};
}

QJsonObject toJson(const syncserver::LogSize &size)
{
    return {{K("ops"), size.ops},
            {K("head"), size.head},
            {K("base"), size.base},
            {K("lives"), size.lives}};
}

QJsonObject toJson(std::monostate)
{
    return {{K("done"), true}};
}

QJsonObject toJson(const QList<syncserver::KitchenState> &kitchens)
{
    return {{K("kitchens"), app::toJson(kitchens)}};
}

QJsonObject toJson(const KitchenId &kitchen)
{
    return {{K("kitchen"), kitchen.toHex()}};
}

QJsonObject toJson(const QByteArray &token)
{
    return {{K("token"), QString::fromLatin1(token.toHex())}};
}

template<class Answer>
QByteArray lineOf(const Expected<Answer> &answer)
{
    const QJsonObject json =
        answer ? toJson(*answer) : QJsonObject{{K("error"), describe(answer.error())}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

/// Writes an answer to whoever asked, if it still waits.
template<class Answer>
std::function<void(const Expected<Answer> &)> answerTo(QLocalSocket &socket)
{
    return [asker = QPointer<QLocalSocket>(&socket)](const Expected<Answer> &answer) {
        if (!asker)
            return;
        asker->write(lineOf(answer));
        asker->disconnectFromServer();
    };
}

void revoke(syncserver::SyncServer &server, const std::optional<DeviceId> &device,
            const std::function<void(const Outcome &)> &answer)
{
    if (device)
        server.revoke(*device, answer);
    else
        answer(Error{ErrorCode::BadArgument, QStringLiteral("that is no device"), {}});
}

/// Whom something is for: a role, and where.
struct Place {
    Role role;
    KitchenId kitchen; ///< null: the first
};

/// A role and a kitchen's id at the beginning, and the rest of `wanted`.
std::optional<std::pair<Place, QString>> placeIn(const QByteArray &wanted)
{
    const QStringList words = QString::fromUtf8(wanted).split(QLatin1Char(' '));
    const auto role = roleNamed(words.value(0));
    const auto kitchen = KitchenId::fromHex(words.value(1));
    if (!role || !kitchen)
        return std::nullopt;
    return std::pair(Place{*role, *kitchen}, words.mid(2).join(QLatin1Char(' ')));
}

QByteArray wordsOf(Role role, const KitchenId &kitchen)
{
    return (nameOf(role) + QLatin1Char(' ') + kitchen.toHex()).toLatin1();
}

Error noPlace()
{
    return {ErrorCode::BadArgument, QStringLiteral("that is no role and no kitchen"), {}};
}

void invite(syncserver::SyncServer &server, const QByteArray &wanted,
            const std::function<void(const Expected<syncserver::Invite> &)> &answer)
{
    const auto place = placeIn(wanted);
    if (!place)
        return answer(noPlace());
    server.invite(place->first.role, answer, place->first.kitchen);
}

void issueToken(syncserver::SyncServer &server, const QByteArray &wanted,
                const std::function<void(const Expected<QByteArray> &)> &answer)
{
    const auto place = placeIn(wanted);
    if (!place)
        return answer(noPlace());
    server.issueToken(place->second, place->first.role, answer, place->first.kitchen);
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
    const QByteArray request = socket.readLine(LongestRequest).trimmed();
    if (request.startsWith(InviteWord))
        invite(m_server, request.mid(InviteWord.size()), answerTo<syncserver::Invite>(socket));
    else if (request.startsWith(MakeWord))
        m_server.makeKitchen(QString::fromUtf8(request.mid(MakeWord.size())),
                             answerTo<KitchenId>(socket));
    else if (request == "status")
        m_server.measure(answerTo<syncserver::LogSize>(socket));
    else if (request == "kitchens")
        m_server.kitchens(answerTo<QList<syncserver::KitchenState>>(socket));
    else if (request.startsWith(TokenWord))
        issueToken(m_server, request.mid(TokenWord.size()), answerTo<QByteArray>(socket));
    else if (request.startsWith(RevokeWord))
        revoke(m_server, DeviceId::fromHex(QString::fromLatin1(request.mid(RevokeWord.size()))),
               answerTo<std::monostate>(socket));
    else
        socket.abort();
}

namespace {

Expected<QJsonObject> ask(const QString &dataDir, const QByteArray &request)
{
    QLocalSocket socket;
    if (!connectTo(socket, dataDir))
        return unreachable(socket.errorString());
    socket.write(request + '\n');
    while (!socket.canReadLine())
        if (!socket.waitForReadyRead(AnswerMs))
            return unreachable(socket.errorString());
    const QJsonObject answer = QJsonDocument::fromJson(socket.readLine()).object();
    if (answer.contains(K("error")))
        return Error{ErrorCode::Refused, answer.value(K("error")).toString(), {}};
    if (answer.isEmpty())
        return unreachable(QStringLiteral("it said nothing"));
    return answer;
}

} // namespace

Expected<syncserver::Invite> askForInvite(const QString &dataDir, Role role,
                                          const KitchenId &kitchen)
{
    const Expected<QJsonObject> answer = ask(dataDir, InviteWord + wordsOf(role, kitchen));
    if (!answer)
        return answer.error();
    return syncserver::Invite{answer->value(K("code")).toString(),
                              QUrl(answer->value(K("url")).toString())};
}

Expected<syncserver::LogSize> askForSize(const QString &dataDir)
{
    const Expected<QJsonObject> answer = ask(dataDir, "status");
    if (!answer)
        return answer.error();
    return syncserver::LogSize{
        answer->value(K("ops")).toInteger(), answer->value(K("head")).toInteger(),
        answer->value(K("base")).toInteger(), answer->value(K("lives")).toInteger()};
}

Outcome askToRevoke(const QString &dataDir, const DeviceId &device)
{
    const Expected<QJsonObject> answer = ask(dataDir, RevokeWord + device.toHex().toLatin1());
    return answer ? done() : Outcome(answer.error());
}

Expected<QList<syncserver::KitchenState>> askForKitchens(const QString &dataDir)
{
    const Expected<QJsonObject> answer = ask(dataDir, "kitchens");
    if (!answer)
        return answer.error();
    return kitchensFrom(answer->value(K("kitchens")).toArray());
}

Expected<KitchenId> askForKitchen(const QString &dataDir, const QString &name)
{
    const Expected<QJsonObject> answer = ask(dataDir, MakeWord + name.toUtf8());
    if (!answer)
        return answer.error();
    return KitchenId::fromHex(answer->value(K("kitchen")).toString()).value_or(KitchenId());
}

Expected<QByteArray> askForToken(const QString &dataDir, const QString &name, Role role,
                                 const KitchenId &kitchen)
{
    const Expected<QJsonObject> answer =
        ask(dataDir, TokenWord + wordsOf(role, kitchen) + ' ' + name.toUtf8());
    if (!answer)
        return answer.error();
    return QByteArray::fromHex(answer->value(K("token")).toString().toLatin1());
}

QUrl lastUrl(const QString &dataDir)
{
    const QString url = readNote(dataDir).value(K("url")).toString();
    return QUrl(url.isEmpty() ? QStringLiteral("wss://127.0.0.1:7464") : url);
}

} // namespace simmer::app
