// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Device.h"
#include "app/HomeServer.h"
#include "models/Sharing.h"

namespace simmer::app {

/// The kitchen's server inside the desktop program. Off until somebody switches it on; from then on
/// it serves whenever the program runs, with its files in PROFILE/server. This device joins it like
/// any other, over loopback, so that its log goes there by the outbox and nothing is lost. GUI
/// thread, which waits for nothing here but at the program's end; ends before its device does.
class SharedKitchen final : public ui::Sharing
{
    Q_OBJECT

public:
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
    void opened(const HomeServer::Place &place);
    void failToOpen(const Error &error);
    void fail(const Error &error);
    void noteFailed(const Error &error);
    void joinOwn();
    void isJoined(const storage::Membership &membership);
    void becomeOn();
    void close();
    bool isOurs(const storage::Membership &membership) const;
    void mend();
    void hear(const Error &trouble);
    void giveUp(const Error &error);
    void letIn(const DeviceId &device, const QString &name);
    void readDevices();
    void take(const QList<storage::Member> &members);
    void forgetCode();
    void setState(ui::SharingStatus::State state);

    SystemClock m_clock;
    Device &m_device;
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
    HomeServer m_server;
};

} // namespace simmer::app
