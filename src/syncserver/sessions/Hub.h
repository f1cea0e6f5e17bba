// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Limits.h"
#include "protocol/Messages.h"
#include "storage/kitchen/Admissions.h"
#include "syncserver/sessions/BlobWishes.h"
#include "syncserver/sessions/OpStore.h"
#include "syncserver/sessions/RateLimit.h"
#include "timers/ServerClock.h"

#include <QObject>

#include <map>

namespace simmer::syncserver {

class Session;

/// All open sessions of a kitchen: brings them the store's answers and the log's growth. Its
/// functions run in the kitchen thread, from which its signals come too.
class Hub : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it. `members` are those that joined before. A device may push so many ops
    /// a second on end.
    Hub(timers::ServerClock &clock, OpStore &store, const QList<storage::Member> &members,
        int opsPerSecond = protocol::limits::OpsPerSecond);

    /// A device that belongs to the kitchen said hello at `at`, ms since boot.
    std::unique_ptr<Session> greet(Socket &socket, const storage::Admission &admission,
                                   const protocol::Hello &hello, qint64 at);
    /// The log grew, or could not be written.
    void committed(const Committed &commit);
    /// Lets time do to the clock what it may: at the start, each second until the clock is settled,
    /// and at least every 30 s then.
    void reviewClock();
    /// Does what is due at `boot`, and when something is next, ms since boot.
    void beat(qint64 boot);
    std::optional<qint64> nextBeat() const { return m_listDue; }
    /// Says goodbye to everybody, or to one device.
    void close(const QString &why);
    void expel(const DeviceId &device);
    /// Nothing is asked of it any more: it may be broken.
    void abandon() { m_abandoned = true; }
    bool isEmpty() const { return m_sessions.empty(); }
    qsizetype onlineCount() const { return qsizetype(m_online.size()); }
    const QList<storage::Member> &members() const { return m_members; }
    QString nameOf(const DeviceId &device) const;
    /// A number for pushes that come from no session.
    SessionNumber newNumber() { return ++m_newest; }
    enum class Hearers { Watching, Everybody };
    void tellPulse(const protocol::Pulse &pulse, Hearers hearers);
    /// Whether any device watches the pulse.
    bool isWatched() const;

    // What a session may ask of it
    /// Time since boot, ms, and kitchen time, for sessions that were let in.
    qint64 bootMs() const { return m_clock.machine().bootMs(); }
    qint64 kitchenTime(qint64 bootMs) const { return m_clock.at(bootMs); }
    void push(PushedOps ops);
    /// Puts `question` to the store and gives the answer to `then`, if the session still lives.
    template<class Answer>
    void ask(SessionNumber session, std::function<Answer(storage::KitchenStore &)> question,
             void (Session::*then)(const Answer &))
    {
        m_store.ask([this, session, then, question = std::move(question)](auto &store) {
            const Answer answer = question(store);
            if (Session *asker = find(session))
                (asker->*then)(answer);
        });
    }
    void join(const storage::Member &device);
    /// A device that belongs to the kitchen said hello at `bootMs`: lets it in, at once or as soon
    /// as kitchen time is known.
    void arrive(Session &session, const std::optional<timers::ClockClaim> &claim, qint64 bootMs);
    void enter(Session &session);
    void leave(Session &session);
    /// It is being destroyed. Never throws.
    void forget(const Session &session) noexcept;
    /// A device asked for a photo of which the server has no more than `from` bytes.
    void wishBlob(SessionNumber session, const BlobHash &hash, qint64 from);
    /// A photo is whole here since just now.
    void blobArrived(const BlobHash &hash);
    /// An op was refused for good.
    void refused() { Q_EMIT opRefused(); }
    /// A device watches from now on.
    void watched() { Q_EMIT pulseWanted(); }
    void complain(const Error &error) { Q_EMIT troubled(error); }
    /// How long a device has to wait before it may push more, ms.
    qint64 countOps(const DeviceId &device, qint64 ops);

Q_SIGNALS:
    void joined(const simmer::DeviceId &device, const QString &name);
    void connected(const simmer::DeviceId &device, const QString &name);
    void disconnected(const simmer::DeviceId &device, const QString &name);
    void grew(qint64 count, qint64 head);
    void troubled(const simmer::Error &error);
    void opRefused();
    void pulseWanted();
    /// What kitchen time goes by now.
    void clockJudged(const simmer::timers::ClockStatus &status);

private:
    /// Whether no op came in, or is on its way to the disk, since that one.
    bool isUntouchedSince(qint64 head) const { return m_pushes == 0 && m_head <= head; }
    void clockMoved();
    Session *find(SessionNumber number) const;
    void tellClock();
    void keepClock();
    void jumpWhenNothingRuns();
    void tellDevices();
    void listDevices();
    QList<Session *> tellOthers(const Committed &commit);
    void tellAll(const protocol::FromServer &message);

    timers::ServerClock &m_clock;
    std::optional<timers::ClockStatus> m_told;
    bool m_keeping = false; ///< the clock is being written
    qint64 m_head = 0;      ///< the newest seq that was committed here, and
    qint64 m_settledAt = 0; ///< when the clock was settled
    int m_pushes = 0;       ///< that the store has not answered
    OpStore &m_store;
    QList<storage::Member> m_members;
    SessionNumber m_newest = 0;
    QList<Session *> sessions() const;
    QList<Session *> online() const;

    // Maps: a hash of one takes a KiB.
    std::map<SessionNumber, Session *> m_sessions; ///< all, also those that wait for kitchen time
    std::map<DeviceId, Session *> m_online;        ///< those that are in
    std::optional<qint64> m_listDue;               ///< of the devices
    std::optional<qint64> m_listedAt;
    int m_opsPerSecond;
    std::map<DeviceId, RateLimit> m_rates;
    BlobWishes m_blobWishes;
    bool m_abandoned = false;
};

} // namespace simmer::syncserver
