// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Messages.h"
#include "syncserver/sessions/BlobAnswer.h"
#include "syncserver/sessions/Guest.h"
#include "syncserver/sessions/Hub.h"
#include "syncserver/sessions/OpCheck.h"

namespace simmer::syncserver {

/// What is left of the log up to its base, for a device that was away longer than the server keeps
/// everything. Good for one edition of the log: when more is folded meanwhile it begins again.
struct Snapshot {
    quint64 edition = 0;
    qint64 sent = 0; ///< the seq of the newest entry that was sent
};

/// What the store says to a Hello.
struct HelloAnswer {
    std::optional<Error> refused;
    protocol::Welcome welcome;
    qint64 from = 0; ///< the seq after which the device wants the log
    std::optional<timers::ClockClaim> clock = {};
    qint64 saidAt = 0; ///< time since boot
    std::optional<Snapshot> snapshot;
};

/// What the store says to the wish for a page.
struct PageAnswer {
    std::optional<Error> error;
    QList<Stretch> pages;
    qint64 head = 0;
    std::optional<protocol::Cursor> base; ///< a snapshot's end
};

/// The talk of one device that belongs to the kitchen: hello, catching up by pages, then live.
/// Owned by its socket; all in the kitchen thread.
class Session final : public Guest
{
public:
    /// The device said hello at `at`, ms since boot.
    Session(Hub &hub, Socket &socket, SessionNumber number, const storage::Admission &admission,
            const protocol::Hello &hello, qint64 at);
    ~Session() override;

    SessionNumber number() const { return m_number; }
    const DeviceId &device() const { return m_admission.device; }
    KitchenId kitchen() const override { return m_admission.kitchen; }
    /// Whether it wants every pulse, and whether it would understand one.
    bool watches() const { return m_watches; }
    bool knowsPulses() const { return m_version >= protocol::PulseVersion; }

    void received(const QByteArray &message, bool isText, qint64 at) override;
    void receivedPush(const protocol::WrittenPush &push, const QByteArray &message,
                      qint64 at) override;
    void tookSome() override;
    void stalled() override;
    void silent() override {}
    void gone() override;

    // The store's answers
    void greeted(const HelloAnswer &answer);
    /// Kitchen time is known: a device that was greeted comes in.
    void letIn();
    void fed(const PageAnswer &answer);
    void pushed(const Committed::Push &push, const std::optional<Error> &error);
    void grew(const QList<Stretch> &fresh);
    void answered(const BlobAnswer &answer);

    void say(const Text &text);
    void say(const protocol::FromServer &message);
    void bye(protocol::ByeReason reason, const QString &why);

private:
    /// Waiting: the store is being asked where the device stands, or kitchen time is not known yet.
    enum class Stage { Waiting, In, Over };

    /// Only a stranger pairs or says hello.
    void take(const protocol::Pair &, qint64) { notNow(); }
    void take(const protocol::Prove &, qint64) { notNow(); }
    void take(const protocol::Hello &, qint64) { notNow(); }
    void take(const protocol::Push &push, const QByteArray &message, qint64 received);
    void take(const protocol::Push &, qint64) {} // comes with its message
    void take(const QList<timers::Op> &ops, const QList<QByteArray> &bodies, Read read,
              qint64 received);
    void take(const protocol::Ping &ping, qint64 received);
    void take(const protocol::Watch &watch, qint64 received);
    /// Messages about photos.
    template<class AboutBlob>
    void take(const AboutBlob &message, qint64 received);
    void notNow();
    /// A viewer pushes nothing and gives no photos; it may ask for them.
    bool mayCook() const { return suffices(m_admission.role, Role::Cook); }
    void wantPage();
    void cutOff(const QString &why);

    Hub &m_hub;
    Socket &m_socket;
    SessionNumber m_number;
    storage::Admission m_admission;
    int m_version; ///< that the device speaks
    bool m_watches = false;
    Stage m_stage = Stage::Waiting;
    qint64 m_sent = 0;                      ///< the newest seq that was sent
    qint64 m_head = 0;                      ///< the newest seq that is known to be there
    std::optional<Snapshot> m_snapshot;     ///< before the log, which begins at its base
    bool m_asking = false;                  ///< a page is on its way from the store
    int m_underWay = 0;                     ///< pushes that the store has not answered
    std::unique_ptr<HelloAnswer> m_greeted; ///< until kitchen time is known
    bool m_holding = false;                 ///< reading waits for one of these
    qint64 m_heldWaitMs = 0;
    qint64 m_blobWaitMs = 0; ///< from the answer about a photo to the next message
};

} // namespace simmer::syncserver
