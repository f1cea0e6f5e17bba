// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "syncserver/sessions/OpStore.h"

#include <QHash>
#include <QSet>

namespace simmer::syncserver {

/// Photos that connected devices asked for and the server lacks: whoever comes in may have them.
/// In the network thread.
class BlobWishes
{
public:
    /// Whether it is new: then all are to be asked. A device's wishes beyond the limit are not.
    bool add(SessionNumber session, const BlobHash &hash);
    void fulfil(const BlobHash &hash);
    /// The wishes of a session end with it.
    void leave(SessionNumber session);

    QSet<BlobHash> all() const;

private:
    QHash<SessionNumber, QSet<BlobHash>> m_wishes;
};

} // namespace simmer::syncserver
