// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Device.h"
#include "app/ServerPlace.h"
#include "app/SharingNote.h"
#include "models/Sharing.h"
#include "syncserver/Beacon.h"
#include "syncserver/SyncServer.h"

namespace simmer::app {

/// The kitchen's server inside the desktop program. Off until somebody switches it on; from then on
/// it serves whenever the program runs, with its files in PROFILE/server. This device joins it like
/// any other, over loopback, so that its log goes there by the outbox and nothing is lost. GUI
/// thread; ends before its device does.
class SharedKitchen final : public ui::Sharing
{
    Q_OBJECT

public:
    /// So many ports are tried, from the first.
    static constexpr int MostPorts = 16;

    /// `device` is not started yet. `firstPort` 0: any free one.
    explicit SharedKitchen(Device &device, Reach reach, quint16 firstPort = syncserver::DefaultPort,
                           QObject *parent = nullptr);
    ~SharedKitchen() override;

    const ui::SharingStatus &status() const override { return m_status; }
    qint64 codeLeftMs() const override;
    void switchOn() override;
    void switchOff() override;
    void takeOtherPort() override;
    void invite(Role role) override;
    void remove(const DeviceId &device) override;

private:
    void begin();
    void open();
    Expected<QUrl> listen();
    Expected<QUrl> listenAt(quint16 port);
    void failToListen(const Error &error);
    void fail(const Error &error);
    void failSoon(const Error &error);
    void joinOwn();
    void isJoined(const storage::Membership &membership);
    void becomeOn();
    void close();
    bool isOurs(const storage::Membership &membership) const;
    bool keep();
    void mend();
    void readDevices();
    void take(const QList<storage::Member> &members);
    void forgetCode();
    void setState(ui::SharingStatus::State state);

    SystemClock m_clock;
    Device &m_device;
    const Reach m_reach;
    const quint16 m_firstPort;
    Alarm *m_codeEnds;
    SharingNote m_note;
    ui::SharingStatus m_status;
    DeviceId m_me;
    std::optional<storage::Membership> m_membership;
    bool m_isLoaded = false; ///< what the disk held is known
    bool m_isReady = false;  ///< and so are timers and recipes
    bool m_rejoined = false; ///< once in a run: the server did not know this device
    int m_mended = 0;        ///< how often the server was started anew over a damaged file
    qint64 m_codeUntil = 0;  ///< in boot time
    QUrl m_url;              ///< of the server, for this device
    std::unique_ptr<syncserver::SyncServer> m_server; ///< while it runs
    std::unique_ptr<syncserver::Beacon> m_beacon;     ///< while others can come
};

} // namespace simmer::app
