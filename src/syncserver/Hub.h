// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Messages.h"
#include "syncserver/BlobWishes.h"
#include "syncserver/OpStore.h"
#include "syncserver/RateLimit.h"
#include "timers/KitchenClock.h"

#include <QHash>
#include <QObject>

#include <map>

namespace simmer::syncserver {

class Session;

/// All open sessions of the kitchen: brings them the store's answers and the log's growth. Its
/// functions run in the network thread, from which its signals come too.
class Hub : public QObject
{
    Q_OBJECT

public:
    /// Runs a task in the network thread.
    using Post = std::function<void(std::function<void()>)>;

    /// All three must outlive it. `members` are those that joined before.
    Hub(const timers::KitchenClock &clock, OpStore &store, Post post,
        const QList<storage::Member> &members);

    std::unique_ptr<Talker> greet(Socket &socket);
    /// The log grew, or could not be written.
    void committed(const Committed &commit);
    /// Says goodbye to everybody.
    void close();

    // What a session may ask of it
    /// Kitchen time, ms.
    qint64 now() const { return m_clock.now(); }
    void push(PushedOps ops) { m_store.push(std::move(ops)); }
    /// Puts `question` to the store and gives the answer to `then`, if the session still lives.
    template<class Answer>
    void ask(SessionNumber session, std::function<Answer(storage::KitchenStore &)> question,
             void (Session::*then)(const Answer &))
    {
        m_store.ask([this, session, then, question = std::move(question)](auto &store) {
            m_post([this, session, then, answer = question(store)] {
                if (Session *asker = m_sessions.value(session))
                    (asker->*then)(answer);
            });
        });
    }
    void join(const storage::Member &device);
    void enter(Session &session);
    void leave(Session &session);
    /// A device asked for a photo of which the server has no more than `from` bytes.
    void wishBlob(SessionNumber session, const BlobHash &hash, qint64 from);
    /// A photo is whole here since just now.
    void blobArrived(const BlobHash &hash);
    /// How long a device has to wait before it may push more, ms.
    qint64 countOps(const DeviceId &device, qint64 ops);

Q_SIGNALS:
    void joined(const simmer::DeviceId &device, const QString &name);
    void connected(const simmer::DeviceId &device, const QString &name);
    void disconnected(const simmer::DeviceId &device, const QString &name);
    void grew(qint64 count, qint64 head);
    void troubled(const simmer::Error &error);

private:
    QString nameOf(const DeviceId &device) const;
    void tellDevices();
    void tellAll(const protocol::FromServer &message);

    const timers::KitchenClock &m_clock;
    OpStore &m_store;
    Post m_post;
    QList<storage::Member> m_members;
    SessionNumber m_newest = 0;
    QHash<SessionNumber, Session *> m_sessions; ///< all, also strangers
    QHash<DeviceId, Session *> m_online;        ///< those that are in
    std::map<DeviceId, RateLimit> m_rates;
    BlobWishes m_blobWishes;
};

} // namespace simmer::syncserver
