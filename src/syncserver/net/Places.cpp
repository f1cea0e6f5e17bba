// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/Places.h"

namespace simmer::syncserver {

Places::Places(const PlaceRules &rules, std::function<void()> onRoom)
    : m_rules(rules)
    , m_onRoom(std::move(onRoom))
{
}

std::unique_ptr<Place> Places::enter(const Neighbourhood *from)
{
    if (from) {
        const auto nearby = m_nearby.find(*from);
        if (nearby != m_nearby.end() && nearby->second.strangers >= m_rules.strangersNearby)
            return nullptr;
    }
    return std::unique_ptr<Place>(new Place(*this, from, m_all >= m_rules.all));
}

Place::Place(Places &places, const Neighbourhood *from, bool isBeyond)
    : m_places(places)
    , m_from(from ? *from : Neighbourhood())
    , m_isCounted(from != nullptr)
    , m_isBeyond(isBeyond)
{
    ++m_places.m_all;
    ++m_places.m_strangers;
    if (m_isCounted)
        ++m_places.m_nearby[m_from].strangers;
}

Place::~Place()
{
    --m_places.m_all;
    leaveRank();
}

bool Place::becomeGuest()
{
    if (m_rank != Rank::Stranger)
        return true;
    const bool nearbyFull =
        m_isCounted && m_places.m_nearby[m_from].guests >= m_places.m_rules.guestsNearby;
    if (nearbyFull || m_places.m_guests >= m_places.m_rules.guests)
        return false;
    ++m_places.m_guests; // before it leaves the strangers, which may bring in the next
    if (m_isCounted)
        ++m_places.m_nearby[m_from].guests;
    leaveRank();
    m_rank = Rank::Guest;
    return true;
}

void Place::becomeKnown()
{
    leaveRank();
    m_rank = Rank::Known;
}

void Place::leaveRank()
{
    const Rank left = std::exchange(m_rank, Rank::Known);
    if (left == Rank::Known)
        return;
    --(left == Rank::Stranger ? m_places.m_strangers : m_places.m_guests);
    if (m_isCounted) {
        const auto nearby = m_places.m_nearby.find(m_from);
        Places::Count &count = nearby->second;
        --(left == Rank::Stranger ? count.strangers : count.guests);
        if (count.strangers == 0 && count.guests == 0)
            m_places.m_nearby.erase(nearby);
    }
    if (left == Rank::Stranger)
        m_places.m_onRoom();
}

} // namespace simmer::syncserver
