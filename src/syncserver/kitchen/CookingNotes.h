// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/CookingLog.h"
#include "syncserver/onlookers/Liveliness.h"

#include <QHash>

namespace simmer::syncserver {

/// Notes what was cooked by: each countdown that came to an end, or whose ring nobody answered for
/// an hour. Comes behind its Liveliness among the onlookers; in the kitchen's thread.
class CookingNotes final : public QObject, public Onlooker
{
    Q_OBJECT

public:
    using Noted = std::function<void(const storage::Cooked &)>;

    /// `lively` must outlive it.
    CookingNotes(Liveliness &lively, const KitchenId &kitchen, Noted noted);

    void committed(const QList<timers::StampedOp> &, qint64) override {} // its liveliness tells
    void tick(qint64) override {}
    std::optional<qint64> nextAt() override { return std::nullopt; }

private:
    void look(const QSet<TimerId> &timers);
    void note(const timers::Timer &timer);
    void missed(const TimerId &id);
    qint64 plannedMs(const timers::Timer &timer) const;

    Liveliness &m_lively;
    const KitchenId m_kitchen;
    Noted m_noted;
    QHash<TimerId, timers::Timer> m_rings; ///< that are open, as they rang
};

/// What became of a countdown that is over, or whose ring became history at `now`.
storage::Cooked cookedOf(const timers::Timer &timer, const KitchenId &kitchen, qint64 plannedMs);

} // namespace simmer::syncserver
