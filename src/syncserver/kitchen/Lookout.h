// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/kitchen/CookingLog.h"
#include "storage/kitchen/KitchenStore.h"
#include "syncserver/api/ApiKitchen.h"
#include "syncserver/api/Displays.h"
#include "syncserver/kitchen/CookingNotes.h"
#include "syncserver/onlookers/Liveliness.h"
#include "syncserver/onlookers/Webhooks.h"
#include "syncserver/sessions/Hub.h"

namespace simmer::syncserver {

/// Everybody who looks on in one live kitchen: its liveliness, displays, cooking notes, webhooks,
/// and the devices that watch its pulse. Begins where the last worker left off, in steps, so that
/// no other kitchen waits for it. In the kitchen thread; belongs to a LiveKitchen, and a kitchen
/// in safe mode has none.
class Lookout : public QObject
{
    Q_OBJECT

public:
    /// Where it reports what others beyond the kitchen should know.
    struct Reports {
        std::function<void(const HookEvent &)> event = [](const HookEvent &) {};
        std::function<void(const storage::Cooked &)> cooked = [](const storage::Cooked &) {};
        std::function<void(const Error &)> troubled = [](const Error &) {};
    };

    /// All must outlive it.
    Lookout(storage::KitchenStore &store, const timers::ServerClock &clock, Hub &hub,
            Reports reports);

    /// Reads some of what may be under way, at most about a thousand ops; whether there is more.
    /// Kitchen time must be known.
    bool readSome();
    bool isReady() const { return m_stage == Stage::Ready; }

    void committed(const QList<timers::StampedOp> &ops);
    void tick();
    /// When it wants that, ms since boot.
    std::optional<qint64> nextAt();
    /// Whether somebody looks at it, or something runs or rings.
    bool isNeeded() const;
    /// Writes down where it is, if that changed: the next worker goes on from there.
    void keepStand();

    const Liveliness &lively() const { return m_lively; }
    Displays &displays() { return m_displays; }
    /// Above that of every op that still matters.
    qint64 nextCounter() const { return m_counter + 1; }
    /// Newly read recipes; empty when they changed since, or were never asked for.
    std::optional<QList<RecipeHead>> &recipeHeads() { return m_heads; }
    quint64 recipeEdition() const { return m_recipeEdition; }

private:
    enum class Stage { Waiting, Listing, Reading, Ready };

    void begin();
    void list();
    void read();
    void end();
    void take(const QList<timers::StampedOp> &ops);
    void note(const timers::Timer &timer, HookEvent::Kind kind);
    void beat(const PulseState &pulse, Hub::Hearers hearers);
    void moodChanged(const PulseState &pulse);

    storage::KitchenStore &m_store;
    const timers::ServerClock &m_clock;
    Hub &m_hub;
    Reports m_reports;
    Liveliness m_lively;
    Displays m_displays;
    CookingNotes m_notes;
    Onlookers m_all;
    Stage m_stage = Stage::Waiting;
    qint64 m_listed = 0;                ///< seq up to which timers were listed, of
    qint64 m_listUpTo = 0;              ///< these
    QSet<TimerId> m_known;              ///< that are to be read, or were
    QList<TimerId> m_toRead;            ///< whole, each
    QList<timers::StampedOp> m_waiting; ///< committed meanwhile
    storage::Stand m_stand;             ///< as the file has it
    qint64 m_newestSeq = 0;             ///< that came by
    qint64 m_counter = 0;               ///< the highest
    std::optional<qint64> m_pulseAt;    ///< the next for those who watch, kitchen ms
    Mood m_mood = Mood::Quiet;          ///< as last told
    std::optional<QList<RecipeHead>> m_heads;
    quint64 m_recipeEdition = 0; ///< counts what was written into recipes
};

} // namespace simmer::syncserver
