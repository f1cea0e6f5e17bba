// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Bytes32.h"
#include "protocol/Messages.h"
#include "storage/kitchen/Admissions.h"
#include "syncserver/net/Socket.h"
#include "syncserver/sessions/Guest.h"

namespace simmer::syncserver {

/// What a stranger may ask of the server. In the kitchen thread.
class Reception
{
public:
    Reception() = default;
    virtual ~Reception() = default;
    Q_DISABLE_COPY_MOVE(Reception)

    /// The server's key; nothing where it speaks plainly.
    virtual std::optional<identity::Fingerprint> ownKey() const = 0;
    /// The wall clock, ms: good enough for one-time codes.
    virtual qint64 wallMs() const = 0;
    virtual storage::Admissions &admissions() = 0;
    /// Errors: NotFound and those of the store.
    virtual Expected<QString> nameOf(const KitchenId &kitchen) = 0;
    /// A device was let into a kitchen by a code.
    virtual void joined(const KitchenId &kitchen, const storage::Member &device) = 0;
    /// A device that belongs to a kitchen said hello at `at`: who talks to it from now on. Errors:
    /// those of the store, and Unreachable for a kitchen that rests after too many faults.
    virtual Expected<std::unique_ptr<Guest>> seat(Socket &socket,
                                                  const storage::Admission &admission,
                                                  const protocol::Hello &hello, qint64 at) = 0;
};

} // namespace simmer::syncserver
