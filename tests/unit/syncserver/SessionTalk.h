// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "HeldTalk.h"
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "syncserver/sessions/Session.h"
#include "syncserver/sessions/Stranger.h"
#include "timers/OpCodec.h"
#include "timers/Timer.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <deque>

using namespace simmer;
using namespace simmer::syncserver;
using namespace simmer::tests;
namespace limits = protocol::limits;

inline constexpr storage::AdmissionRules Rules{limits::CodeLifetimeMs, limits::CodeTries,
                                               limits::DevicesPerKitchen};
inline const QDate Today(2026, 11, 21);

/// A hub with sessions whose sockets, store and clock the test moves.
class SessionTalk : public Reception
{
protected:
    void begin();
    void end();
    QList<timers::Op> endedTimer(int slot);
    void foldAll();
    template<class Message>
    std::optional<Message> next(HeldSocket &socket, Guest &session)
    {
        while (!socket.waiting.isEmpty()) {
            const protocol::FromServer message = socket.take(session);
            settle();
            if (const auto *found = std::get_if<Message>(&message))
                return *found;
        }
        return std::nullopt;
    }

    void settle()
    {
        while (m_store->runOne()) {
        }
    }
    /// Up to the moment when something was said.
    void settleUntilHeard(const HeldSocket &socket)
    {
        while (socket.waiting.isEmpty() && m_store->runOne()) {
        }
    }
    Guest &open(HeldSocket &socket)
    {
        m_guests.push_back(std::make_unique<Chair>(std::make_unique<Stranger>(*this, socket)));
        return *m_guests.back();
    }
    void say(Guest &guest, const protocol::FromDevice &message)
    {
        guest.received(protocol::encode(message), true, m_clock.bootMs());
    }
    Guest &comeIn(HeldSocket &socket);
    timers::Op op(const timers::Action &action = timers::Pause{})
    {
        timers::Op made = m_maker.make(QUuid::createUuid(), action, m_clock.wallMs()).op;
        made.device = m_device;
        return made;
    }
    timers::Op bigOp(qsizetype bytes)
    {
        return op(
            timers::WriteRecipe{{{QStringLiteral("title"), QString(bytes, QLatin1Char('x'))}}});
    }
    /// As if another device had pushed it.
    void commit(const QList<timers::Op> &ops)
    {
        PushedOps pushed;
        for (const timers::Op &one : ops)
            pushed.arrivals +=
                {one.id, one.at, one.at, timers::canonical(one), timers::timerOf(one)};
        m_store->push(pushed);
        settle();
    }
    /// As the hatch hands on what it could read.
    void handOn(Guest &guest, const timers::Op &one)
    {
        const QByteArray message = protocol::encode(protocol::Push{{one}});
        const auto push = protocol::readWrittenPush(message);
        QVERIFY(push);
        guest.receivedPush(*push, message, m_clock.bootMs());
    }
    QList<qint64> takeAll(HeldSocket &socket, Guest &session);

    fakes::ManualClock m_clock;
    timers::ServerClock m_kitchenClock{m_clock, {}};
    fakes::OpMaker m_maker;
    DeviceId m_device;
    QByteArray m_token;
    std::unique_ptr<QTemporaryDir> m_folder;
    // As the strangers' reception
    std::optional<identity::Fingerprint> ownKey() const override { return std::nullopt; }
    qint64 wallMs() const override { return m_clock.wallMs(); }
    storage::Admissions &admissions() override { return m_kitchen->admissions(); }
    Expected<QString> nameOf(const KitchenId &) override { return m_kitchen->kitchen().name; }
    void joined(const KitchenId &, const storage::Member &device) override { m_hub->join(device); }
    Expected<std::unique_ptr<Guest>> seat(Socket &socket, const storage::Admission &admission,
                                          const protocol::Hello &hello, qint64 at) override
    {
        return std::unique_ptr<Guest>(m_hub->greet(socket, admission, hello, at));
    }

    std::unique_ptr<fakes::OneKitchen> m_kitchen;
    std::unique_ptr<HeldStore> m_store;
    std::unique_ptr<Hub> m_hub;
    std::vector<std::unique_ptr<Guest>> m_guests;
};

inline void SessionTalk::begin()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto kitchen =
        fakes::OneKitchen::open(m_folder->filePath(QStringLiteral("k.db")), Rules, Today);
    QVERIFY(kitchen);
    m_kitchen = *std::move(kitchen);
    m_store = std::make_unique<HeldStore>(
        *m_kitchen, [this](const Committed &commit) { m_hub->committed(commit); });
    m_hub = std::make_unique<Hub>(m_kitchenClock, *m_store, QList<storage::Member>());
    m_device = DeviceId::random();
    const auto code =
        m_kitchen->admissions().invite(m_kitchen->kitchen().id, Role::Cook, m_clock.wallMs());
    m_token = m_kitchen->redeem(*code, {m_device, QStringLiteral("t")}, m_clock.wallMs())->token;
}

inline void SessionTalk::end()
{
    m_guests.clear();
    m_hub.reset();
    m_store.reset();
    m_kitchen.reset();
}

inline Guest &SessionTalk::comeIn(HeldSocket &socket)
{
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    settleUntilHeard(socket);
    return session;
}

/// The seqs of all entries that came, in their order.
inline QList<qint64> SessionTalk::takeAll(HeldSocket &socket, Guest &session)
{
    QList<qint64> seqs;
    do {
        while (!socket.waiting.isEmpty()) {
            const protocol::FromServer message = socket.take(session);
            if (const auto *page = std::get_if<protocol::Page>(&message))
                for (const protocol::Entry &entry : page->entries)
                    seqs += entry.seq;
        }
        settle();
    } while (!socket.waiting.isEmpty());
    return seqs;
}
