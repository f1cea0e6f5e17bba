// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/SyncServer.h"

#include "protocol/Limits.h"
#include "syncserver/ServerCore.h"
#include "syncserver/ServerFile.h"

#include <QMetaMethod>

#include <algorithm>

namespace simmer::syncserver {

namespace limits = protocol::limits;

SyncServer::SyncServer(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    qRegisterMetaType<Error>();
    qRegisterMetaType<KitchenId>();
    qRegisterMetaType<timers::ClockStatus>();
    qRegisterMetaType<storage::Salvaged>();
}

SyncServer::~SyncServer() = default;

void SyncServer::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&SyncServer::opsCommitted))
        *m_opsHeard = true;
}

Expected<QUrl> SyncServer::start(const ServerOptions &options)
{
    Q_ASSERT(!m_core);
    m_core = std::make_unique<Core>(m_clock, *this);
    Expected<QUrl> url = m_core->start(options);
    if (!url)
        m_core.reset();
    return url;
}

bool SyncServer::isNew() const
{
    return m_core && m_core->isNew();
}

QList<QUrl> SyncServer::urls() const
{
    return m_core ? m_core->urls() : QList<QUrl>();
}

void SyncServer::invite(Role role, std::function<void(const Expected<Invite> &)> answer,
                        const KitchenId &kitchen)
{
    Q_ASSERT(m_core);
    m_core->ask<Invite>(
        [role, kitchen, url = m_core->url(), key = m_core->ownKey(), wallMs = m_clock.wallMs()](
            Kitchens &kitchens) -> Expected<Invite> { // also while the server stops
            const Expected<QString> code =
                syncserver::invite(kitchens.store(), kitchen, role, wallMs);
            if (!code)
                return code.error();
            return Invite{*code, url, limits::CodeLifetimeMs, key};
        },
        std::move(answer));
}

void SyncServer::makeKitchen(const QString &name,
                             std::function<void(const Expected<KitchenId> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<KitchenId>(
        [name, wallMs = m_clock.wallMs()](Kitchens &kitchens) -> Expected<KitchenId> {
            const Expected<storage::Kitchen> made = kitchens.store().make(name, wallMs);
            return made ? Expected(made->id) : made.error();
        },
        std::move(answer));
}

void SyncServer::measure(std::function<void(const Expected<LogSize> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<LogSize>(
        [](Kitchens &kitchens) -> Expected<LogSize> {
            const auto first = kitchens.workers().live(kitchens.store().first().id);
            return first ? sizeOf((*first)->store().log()) : first.error();
        },
        std::move(answer));
}

void SyncServer::devices(std::function<void(const Expected<QList<storage::Member>> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<QList<storage::Member>>(
        [](Kitchens &kitchens) {
            return kitchens.admissions().devices(kitchens.store().first().id);
        },
        std::move(answer));
}

void SyncServer::revoke(const DeviceId &device, std::function<void(const Outcome &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<std::monostate>([device](Kitchens &kitchens) { return kitchens.revoke(device); },
                                std::move(answer));
}

void SyncServer::kitchens(std::function<void(const Expected<QList<KitchenState>> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<QList<KitchenState>>([](Kitchens &kitchens) { return kitchens.states(); },
                                     std::move(answer));
}

void SyncServer::issueToken(const QString &name, Role role,
                            std::function<void(const Expected<QByteArray> &)> answer,
                            const KitchenId &kitchen)
{
    Q_ASSERT(m_core);
    m_core->ask<QByteArray>(
        [name, role, kitchen](Kitchens &kitchens) { return kitchens.issue(name, role, kitchen); },
        std::move(answer));
}

void SyncServer::probe(std::function<void()> answered)
{
    Q_ASSERT(m_core);
    m_core->probe(std::move(answered));
}

void SyncServer::stop()
{
    m_core.reset();
}

WorkerCounts SyncServer::workers() const
{
    return m_core ? m_core->workers() : WorkerCounts();
}

bool SyncServer::isHaunted() const
{
    return std::any_of(m_left.begin(), m_left.end(),
                       [](const auto &shift) { return !shift->isOver(); });
}

} // namespace simmer::syncserver
