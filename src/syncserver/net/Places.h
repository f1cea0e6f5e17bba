// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <functional>
#include <map>
#include <memory>

namespace simmer::syncserver {

/// An IPv4 address, or the network (/64) of an IPv6 address, of which one household has one.
using Neighbourhood = std::array<unsigned char, 8>;

/// How many connections a server takes. A stranger has shown nothing yet; a guest had a good
/// answer to a request and may ask more; a known one proved who it is.
struct PlaceRules {
    int strangers = 0;
    int strangersNearby = 0; ///< of one neighbourhood
    int guests = 0;
    int guestsNearby = 0;
    int all = 0;

    bool operator==(const PlaceRules &) const = default;
};

class Places;

/// A connection's place: held as long as it is open, given back by its end.
class Place
{
public:
    ~Place();
    Q_DISABLE_COPY_MOVE(Place)

    /// False when there are guests enough; then nothing changes.
    bool becomeGuest();
    void becomeKnown();
    /// There are more connections than the server takes.
    bool isBeyond() const { return m_isBeyond; }

private:
    friend class Places;
    enum class Rank { Stranger, Guest, Known };

    Place(Places &places, const Neighbourhood *from, bool isBeyond);
    void leaveRank();

    Places &m_places;
    Neighbourhood m_from{};
    bool m_isCounted;
    bool m_isBeyond;
    Rank m_rank = Rank::Stranger;
};

/// Who is there. Network thread only; outlives its places.
class Places
{
public:
    /// `onRoom` is called when a stranger left or is none any more.
    Places(const PlaceRules &rules, std::function<void()> onRoom);

    bool hasRoom() const { return m_strangers < m_rules.strangers; }
    /// Null when too many strangers are there from `from`; that is null for addresses that stand
    /// for many: of this machine, or of the proxy before it.
    std::unique_ptr<Place> enter(const Neighbourhood *from);

private:
    friend class Place;
    struct Count {
        int strangers = 0;
        int guests = 0;
    };

    PlaceRules m_rules;
    std::function<void()> m_onRoom;
    std::map<Neighbourhood, Count> m_nearby;
    int m_strangers = 0;
    int m_guests = 0;
    int m_all = 0;
};

} // namespace simmer::syncserver
