// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Sharing.h"

#include <QStringList>

namespace simmer::fakes {

/// A shared kitchen of which the test says how it is; it keeps what was asked of it.
class FakeSharing : public ui::Sharing
{
public:
    const ui::SharingStatus &status() const override { return m_status; }
    qint64 codeLeftMs() const override { return m_status.invitation ? m_left : 0; }
    void switchOn() override { m_asked += QStringLiteral("on"); }
    void switchOff() override { m_asked += QStringLiteral("off"); }
    void takeOtherPort() override { m_asked += QStringLiteral("port"); }
    void invite(Role role) override { m_asked += QStringLiteral("invite ") + nameOf(role); }
    void remove(const DeviceId &device) override
    {
        m_asked += QStringLiteral("remove ") + device.toHex();
    }

    void be(const ui::SharingStatus &status)
    {
        m_status = status;
        Q_EMIT changed();
    }
    void setLeft(qint64 ms) { m_left = ms; }
    /// What was asked since the last call.
    QStringList asked() { return std::exchange(m_asked, {}); }

private:
    ui::SharingStatus m_status;
    qint64 m_left = 0;
    QStringList m_asked;
};

/// The kitchen of the mock-up: four devices, a code that is good. `now` is wall clock, ms.
inline ui::SharingStatus sharedKitchen(qint64 now)
{
    constexpr qint64 Day = 86'400'000;
    const auto device = [now](const char *name, Role role, qint64 joinedDaysAgo,
                              std::optional<qint64> seenDaysAgo) {
        ui::SharedDevice made{DeviceId::random(), QString::fromUtf8(name), role};
        made.joined = now - joinedDaysAgo * Day;
        if (seenDaysAgo)
            made.seen = now - *seenDaysAgo * Day;
        return made;
    };
    ui::SharingStatus status;
    status.state = ui::SharingStatus::State::On;
    status.addresses = {QStringLiteral("192.168.1.24:7464"), QStringLiteral("[fd00::24]:7464")};
    status.key = QStringLiteral("3f9a 11c2 7be0 54d1 90ac 6f2e 8d13 b7c5 "
                                "02e4 a91b 5c60 f7d8 1e33 4ab9 c0d2 65f7");
    status.devices = {device("Kitchen laptop", Role::Owner, 40, {}),
                      device("Ben’s phone", Role::Cook, 30, {}),
                      device("Study PC", Role::Owner, 20, 1),
                      device("Tablet on the fridge", Role::Viewer, 12, 20)};
    status.devices[0].isThis = true;
    status.devices[0].isHere = status.devices[1].isHere = true;
    const QString code = QStringLiteral("4R7K-2M9X-ABCD-EFGH");
    status.invitation = {
        code,
        QStringLiteral("simmer://pair?host=192.168.1.24&port=7464&code=4R7K2M9XABCDEFGH&key=") +
            QString(status.key).remove(QLatin1Char(' ')),
        Role::Cook};
    return status;
}

} // namespace simmer::fakes
