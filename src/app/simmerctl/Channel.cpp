// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Channel.h"

#include <QJsonDocument>
#include <QLocalSocket>

namespace simmer::app {

namespace {

using K = QLatin1String;

constexpr int AgainMs = 20; // between two tries to get at a profile that is held for a moment

} // namespace

Channel::Channel(const QString &profile, bool lasting)
    : m_profile(profile)
    , m_lasting(lasting)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &Channel::tryToOpen);
}

void Channel::open()
{
    m_trying.start();
    tryToOpen();
}

void Channel::tryToOpen()
{
    auto device = Device::take(m_profile);
    if (device)
        own(*std::move(device));
    else if (device.error().code == ErrorCode::StoreBusy)
        tryDoor();
    else
        Q_EMIT failed(describe(device.error()));
}

void Channel::own(std::unique_ptr<Device> device)
{
    m_device = std::move(device);
    connect(m_device.get(), &Device::failed, this,
            [this](const Error &error) { Q_EMIT failed(describe(error)); });
    connect(m_device.get(), &Device::salvaged, this,
            [this](const storage::Salvaged &what) { Q_EMIT noticed(describe(what)); });
    connect(m_device.get(), &Device::backupFailed, this, [this](const Error &error) {
        Q_EMIT noticed(QStringLiteral("no backup today: ") + describe(error));
    });
    connect(m_device.get(), &Device::ready, this, [this] {
        m_desk = std::make_unique<Desk>(*m_device);
        if (m_lasting)
            m_door = std::make_unique<DeskSocket>(*m_desk, m_profile);
        Q_EMIT opened();
    });
    m_device->start();
}

/// A program that stays has a door; one that is about to end has none, so look again soon.
void Channel::tryDoor()
{
    auto *socket = new QLocalSocket(this);
    connect(socket, &QLocalSocket::connected, this, [this, socket] {
        socket->deleteLater();
        Q_EMIT opened();
    });
    connect(socket, &QLocalSocket::errorOccurred, this, [this, socket] {
        socket->deleteLater();
        if (m_trying.elapsed() < PatienceMs)
            m_again.start(AgainMs);
        else
            Q_EMIT failed(describe(
                {ErrorCode::StoreBusy, QStringLiteral("%1 is in use").arg(m_profile), {}}));
    });
    socket->connectToServer(DeskSocket::nameFor(m_profile));
}

void Channel::ask(const QJsonObject &request, const std::function<void(const QJsonObject &)> &line,
                  const std::function<void(const std::optional<QString> &)> &end)
{
    if (!m_desk) {
        askThroughDoor(request, line, end);
        return;
    }
    auto *owner = new QObject(this);
    m_desk->handle(request, {owner, line, [owner, end](const std::optional<Error> &trouble) {
                                 owner->deleteLater();
                                 end(trouble ? std::optional(describe(*trouble)) : std::nullopt);
                             }});
}

void Channel::askThroughDoor(const QJsonObject &request,
                             const std::function<void(const QJsonObject &)> &line,
                             const std::function<void(const std::optional<QString> &)> &end)
{
    auto *socket = new QLocalSocket(this);
    const auto finish = [socket, end](const std::optional<QString> &trouble) {
        socket->disconnect();
        socket->deleteLater();
        end(trouble);
    };
    connect(socket, &QLocalSocket::connected, this, [socket, request] {
        socket->write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, this, [socket, line, finish] {
        while (socket->canReadLine()) {
            const QJsonObject said = QJsonDocument::fromJson(socket->readLine()).object();
            if (said.contains(K("line")))
                line(said.value(K("line")).toObject());
            else
                return finish(said.contains(K("error"))
                                  ? std::optional(said.value(K("error")).toString())
                                  : std::nullopt);
        }
    });
    connect(socket, &QLocalSocket::disconnected, this, [finish] {
        finish(QStringLiteral("the program that holds this profile closed; ask again"));
    });
    connect(socket, &QLocalSocket::errorOccurred, this, [finish] {
        finish(QStringLiteral("the program that holds this profile does not answer; ask again"));
    });
    socket->connectToServer(DeskSocket::nameFor(m_profile));
}

bool Channel::syncsItself() const
{
    return m_device && m_device->isMember();
}

} // namespace simmer::app
