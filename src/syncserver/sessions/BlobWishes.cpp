// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/BlobWishes.h"

#include "protocol/Limits.h"

#include <algorithm>

namespace simmer::syncserver {

bool BlobWishes::add(SessionNumber session, const BlobHash &hash)
{
    const bool known = std::any_of(m_wishes.cbegin(), m_wishes.cend(),
                                   [&](const auto &wishes) { return wishes.contains(hash); });
    QSet<BlobHash> &own = m_wishes[session];
    if (own.size() >= protocol::limits::BlobWishes)
        return false;
    own.insert(hash);
    return !known;
}

void BlobWishes::fulfil(const BlobHash &hash)
{
    for (QSet<BlobHash> &wishes : m_wishes)
        wishes.remove(hash);
}

void BlobWishes::leave(SessionNumber session)
{
    m_wishes.remove(session);
}

QSet<BlobHash> BlobWishes::all() const
{
    QSet<BlobHash> all;
    for (const QSet<BlobHash> &wishes : m_wishes)
        all.unite(wishes);
    return all;
}

} // namespace simmer::syncserver
