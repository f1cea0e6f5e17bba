// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Messages.h"
#include "storage/kitchen/KitchenStore.h"

namespace simmer::syncserver {

/// What the store says to a device's message about a photo.
struct BlobAnswer {
    std::optional<protocol::FromServer> said; ///< to the device
    BlobHash lacking;             ///< asked for, and not whole here: somebody else may have it
    qint64 from = 0;              ///< and so much of it is here
    BlobHash arrived;             ///< whole since just now
    std::optional<Error> broken;  ///< the store could not do it
    std::optional<Error> trouble; ///< the photos' file does not open: for whoever runs the server
};

// In the store's thread; `now` is kitchen time, ms.
BlobAnswer answerBlob(storage::KitchenStore &store, const protocol::BlobOffer &offer, qint64 now);
BlobAnswer answerBlob(storage::KitchenStore &store, const protocol::BlobPut &put, qint64 now);
BlobAnswer answerBlob(storage::KitchenStore &store, const protocol::BlobAsk &ask, qint64 now);

} // namespace simmer::syncserver
