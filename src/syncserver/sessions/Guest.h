// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "protocol/WrittenPush.h"

#include <QByteArray>

#include <memory>

namespace simmer::syncserver {

/// Who talks through a socket: a stranger at first, then a device's session. In the kitchen thread.
class Guest
{
public:
    Guest() = default;
    virtual ~Guest() = default;
    Q_DISABLE_COPY_MOVE(Guest)

    /// A whole message came in, at `at` (time since boot, ms); `isText` is false for a binary one.
    virtual void received(const QByteArray &message, bool isText, qint64 at) = 0;
    /// The same, when it is a push that was read on its way here.
    virtual void receivedPush(const protocol::WrittenPush &, const QByteArray &message, qint64 at)
    {
        received(message, true, at);
    }
    /// The other side took so much of what was queued that more may be said.
    virtual void tookSome() = 0;
    /// The other side took nothing for too long.
    virtual void stalled() = 0;
    /// It said nothing that makes it trusted in time.
    virtual void silent() = 0;
    /// The socket is closed; nothing is asked of it any more. Unlike its destructor, this may
    /// throw.
    virtual void gone() {}
    /// Who talks from now on in its place, if somebody does.
    virtual std::unique_ptr<Guest> successor() { return nullptr; }
    /// Null for strangers.
    virtual KitchenId kitchen() const { return {}; }
};

} // namespace simmer::syncserver
