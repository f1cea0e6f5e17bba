// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/PairingProof.h"
#include "protocol/Messages.h"
#include "syncserver/sessions/Reception.h"

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
    /// A device that wants to join, and what was said about its proof so far.
    struct Pairing {
        storage::Member device;
        identity::PairingTalk talk;
    };

    void take(const protocol::Pair &pair);
    void take(const protocol::Prove &prove);
    void take(const protocol::Hello &hello, qint64 at);
    QByteArray peerKey() const;
    bool accepts(int version, const DeviceId &device);
    void say(const protocol::FromServer &message);
    void refuse(const Error &error, protocol::ByeReason refused);
    void bye(protocol::ByeReason reason, const QString &why);

    Reception &m_reception;
    Socket &m_socket;
    std::unique_ptr<Guest> m_successor;
    std::unique_ptr<Pairing> m_pairing;
    bool m_over = false;
};

} // namespace simmer::syncserver
