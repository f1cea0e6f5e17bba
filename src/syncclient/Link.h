// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Messages.h"
#include "storage/device/DeviceLog.h"
#include "supervision/Mode.h"
#include "syncclient/BlobCourier.h"
#include "syncclient/Pairing.h"
#include "syncclient/SyncClient.h"
#include "syncclient/Wire.h"
#include "timers/KitchenClock.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace simmer::syncclient {

/// The inside of the SyncClient: one wire to the kitchen's server, opened again whenever it is
/// lost. Lives in the link thread; its commands are called through queued connections only.
class Link : public QObject
{
    Q_OBJECT

public:
    /// An heir takes the place of one that crashed: it asks the log, which was loaded before. In
    /// safe mode photos stay where they are.
    Link(const Clock &clock, storage::DeviceLog &log, std::unique_ptr<Wire> wire,
         supervision::Mode mode = supervision::Mode::Normal, bool isHeir = false);
    ~Link() override;

    void pair(const PairingRequest &request);
    /// Wants every pulse of the kitchen from now on, or not any more.
    void watch(bool on);

Q_SIGNALS:
    void statusChanged(const simmer::syncclient::LinkStatus &status);
    /// The status, with a count of the outbox that is fresh; and which DeviceLog::askWaiting() that
    /// answers, those before included.
    void reviewed(const simmer::syncclient::LinkStatus &status, quint64 question);
    void paired();
    void pairingFailed(const simmer::Error &error);
    void offsetMeasured(qint64 offsetMs);
    void pulseChanged(const simmer::syncclient::KitchenPulse &pulse);

private:
    /// A snapshot that is coming in.
    struct Incoming {
        qint64 count = 0; ///< as announced
        QList<timers::StampedOp> kept = {};
        std::optional<timers::Cursor> base = {}; ///< once it is complete
    };

    void inherit();
    void loaded(const storage::LoadedLog &log);
    void connectNow();
    void greet();
    void receive(const QByteArray &message);
    void lost();
    bool isReplacedOften();
    bool isOut() const;
    void giveUpPairing(const Error &error);
    void retryLater(const QString &why);

    void take(const protocol::Challenge &challenge);
    void take(const protocol::Paired &paired);
    void take(const protocol::Welcome &welcome);
    void take(const protocol::Page &page);
    void take(const protocol::SnapshotPage &page);
    void take(const protocol::Base &base);
    void take(const protocol::Settled &settled);
    void take(const protocol::Acked &) {}
    void take(const protocol::OpRefused &refused);
    void take(const protocol::Pong &pong);
    void take(const protocol::Devices &devices);
    void take(const protocol::Bye &bye);
    void take(const protocol::Pulse &pulse);
    /// Messages about photos.
    template<class AboutBlob>
    void take(const AboutBlob &message)
    {
        m_courier->take(message);
    }

    void merged(const QList<timers::StampedOp> &ops, const timers::Cursor &cursor);
    /// Whether the server's time is what this device goes by.
    bool isTimed() const { return m_timed && m_confirmed; }
    timers::ClockClaim clockClaim() const;
    void confirmTime(const timers::ClockSample &sample);
    void mergeHeld();
    void push(const QList<timers::Op> &ops);
    void pushNext();
    void answered(const QList<OpId> &ops);
    void giveUp(const QString &trouble);
    void ping();
    void say(const protocol::FromDevice &message);
    void setState(LinkState state);
    void review();

    const Clock &m_clock;
    storage::DeviceLog &m_log;
    const supervision::Mode m_mode;
    std::unique_ptr<Wire> m_wire;
    Alarm *m_retry;
    Alarm *m_pingAlarm;
    Alarm *m_silence; ///< the server owes an answer
    Alarm *m_unseen;  ///< pushed ops should be in the log by now
    DeviceId m_device;
    std::optional<storage::Membership> m_membership;
    std::optional<WireSecurity> m_security; ///< of m_membership once it was read: keys take long
    std::optional<Pairing> m_pairing;
    timers::Cursor m_cursor;
    qint64 m_head = 0;
    bool m_welcomed = false;
    bool m_knowsPulses = false; ///< the server does
    bool m_watching = false;    ///< somebody wants every pulse
    bool m_timed = false;       ///< the server's clock was met in this boot: stamps are right
    bool m_confirmed = false;   ///< and on this connection it still says so
    qint64 m_offset = 0;        ///< kitchen time − time since boot, when timed
    double m_offsetWithin = 0;  ///< how far that was off, ms, when it was
    qint64 m_measuredAt = 0;    ///< measured, in time since boot
    qint64 m_arrived = 0;       ///< the newest seq that came on this connection, or was here before
    bool m_rebuilding = false;  ///< much of the log comes anew; what it lacks is known at its end
    int m_failures = 0;
    QList<qint64> m_replacedAt;           ///< boot times
    QList<timers::LogEntry> m_held;       ///< until kitchen time is known
    std::optional<Incoming> m_snapshot;   ///< goes before what is held
    QSet<OpId> m_underWay;                ///< pushed, not yet seen in the log
    bool m_reading = false;               ///< the outbox is being read
    QList<timers::ClockSample> m_samples; ///< the newest pings
    int m_pingsLeft = 0;                  ///< of the burst after connecting
    LinkStatus m_status;
    BlobCourier *m_courier;
};

} // namespace simmer::syncclient
