// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Messages.h"
#include "syncserver/kitchen/Reception.h"

namespace simmer::syncserver {

/// A device that has not shown yet where it belongs: may join by a code, or say hello and become a
/// session of its kitchen. Owned by its socket; in the kitchen thread.
class Stranger final : public Guest
{
public:
    /// Both must outlive it.
    Stranger(Reception &reception, Socket &socket);

    void received(const QByteArray &message, bool isText, qint64 at) override;
    void tookSome() override {}
    void stalled() override;
    void silent() override;
    std::unique_ptr<Guest> successor() override { return std::move(m_successor); }

private:
    void take(const protocol::Pair &pair, qint64 at);
    void take(const protocol::Hello &hello, qint64 at);
    bool accepts(int version, const DeviceId &device);
    void say(const protocol::FromServer &message);
    void refuse(const Error &error, protocol::ByeReason refused);
    void bye(protocol::ByeReason reason, const QString &why);

    Reception &m_reception;
    Socket &m_socket;
    std::unique_ptr<Guest> m_successor;
    bool m_over = false;
};

} // namespace simmer::syncserver
