// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/OneKitchen.h"
#include "protocol/MessageCodec.h"
#include "syncserver/net/Socket.h"
#include "syncserver/sessions/Guest.h"
#include "syncserver/sessions/OpStore.h"

#include <QList>

#include <deque>
#include <functional>

/// What stands around a session, held by the test.
namespace simmer::tests {

using namespace syncserver;

/// A socket whose other side takes messages only when the test says so.
class HeldSocket final : public Socket
{
public:
    const Peer &peer() const override { return itsPeer; }
    void send(Text message) override
    {
        queued += message->size();
        waiting += message;
    }
    qsizetype queuedBytes() const override { return queued; }
    void readNext(qint64 waitMs) override { reads += waitMs; }
    void trust() override { trusted = true; }
    void finish(Text word) override { lastWord = word; }
    void cutOff(Text word) override
    {
        wasCutOff = true;
        lastWord = word;
    }

    /// The other side takes one message.
    protocol::FromServer take(Guest &guest)
    {
        const Text first = waiting.takeFirst();
        queued -= first->size();
        guest.tookSome();
        return *protocol::decodeFromServer(*first);
    }
    std::optional<protocol::ByeReason> bye() const
    {
        if (!lastWord)
            return std::nullopt;
        return std::get<protocol::Bye>(*protocol::decodeFromServer(*lastWord)).reason;
    }

    Peer itsPeer;
    QList<Text> waiting;
    qsizetype queued = 0;
    QList<qint64> reads;
    bool trusted = false;
    bool wasCutOff = false;
    Text lastWord;
};

/// The kitchen thread, whose tasks wait until the test lets them go; and its only kitchen.
class HeldStore final : public OpStore
{
public:
    HeldStore(fakes::OneKitchen &kitchen, std::function<void(const Committed &)> onCommit)
        : m_kitchen(kitchen)
        , m_onCommit(std::move(onCommit))
    {
    }

    void push(PushedOps ops) override
    {
        m_waiting.push_back(std::move(ops));
        if (m_waiting.size() == 1)
            m_tasks.push_back(
                [this] { m_onCommit(commit(m_kitchen.log(), std::exchange(m_waiting, {}))); });
    }
    void ask(std::function<void(storage::KitchenStore &)> task) override
    {
        m_tasks.push_back([this, task = std::move(task)] { task(m_kitchen.store()); });
    }
    /// Lets the next one go, if there is one.
    bool runOne()
    {
        if (m_tasks.empty())
            return false;
        const auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        task();
        return true;
    }

private:
    fakes::OneKitchen &m_kitchen;
    std::function<void(const Committed &)> m_onCommit;
    std::deque<PushedOps> m_waiting;
    std::deque<std::function<void()>> m_tasks;
};

/// Whoever talks through a socket at the moment.
class Chair final : public Guest
{
public:
    explicit Chair(std::unique_ptr<Guest> stranger)
        : m_guest(std::move(stranger))
    {
    }

    void received(const QByteArray &message, bool isText, qint64 at) override
    {
        m_guest->received(message, isText, at);
        if (auto next = m_guest->successor())
            m_guest = std::move(next);
    }
    void receivedPush(const protocol::WrittenPush &push, const QByteArray &message,
                      qint64 at) override
    {
        m_guest->receivedPush(push, message, at);
    }
    void tookSome() override { m_guest->tookSome(); }
    void stalled() override { m_guest->stalled(); }
    void silent() override { m_guest->silent(); }

private:
    std::unique_ptr<Guest> m_guest;
};

} // namespace simmer::tests
