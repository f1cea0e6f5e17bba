// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/OneKitchen.h"
#include "simulation/Disk.h"
#include "simulation/Net.h"
#include "syncserver/sessions/Hub.h"
#include "syncserver/sessions/Reception.h"

#include <QHash>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace simmer::simulation {

/// The production hub, sessions and store on a simulated machine.
class Server
{
public:
    /// Timers that ended `horizonMs` ago are folded into history.
    Server(World &world, Net &net, Disk &disk, qint64 horizonMs);
    ~Server();
    Q_DISABLE_COPY_MOVE(Server)

    void start();
    /// What a day does: folds what is old enough, step by step between other tasks.
    void compact();
    bool isUp() const { return m_run != nullptr; }
    /// kill -9: the disk keeps what was written.
    void kill();
    /// The power fails: the disk keeps what was synced, and of the rest what chance wills.
    void cutPower();
    /// The next time when ops were written that the disk does not have, in this run. Null: never.
    void atNextSync(std::function<void()> what);
    void setDiskFull(bool full) { m_disk.setFull(m_folder, full); }
    Disk::Files backup() const { return m_disk.image(m_folder); }
    void restoreFrom(const Disk::Files &backup);
    MachineClock &clock() { return m_clock; }
    /// Who knows whether some device could tell this server how kitchen time went on.
    void setWitnesses(std::function<bool()> witnesses) { m_witnesses = std::move(witnesses); }
    qint64 boots() const { return m_boots; }

    /// Lets a device in, as a person with a code does.
    /// Nothing while its disk refuses.
    std::optional<storage::Admission> admit(const storage::Member &device);
    QString kitchenName() const;
    KitchenId kitchen() const;
    /// All ops of the log, in the order of before().
    QList<timers::StampedOp> ops();
    /// All that were folded into its history, as they were when they were in the log.
    QList<timers::StampedOp> folded();

private:
    class Store;
    struct Run;

    QList<storage::LogEntry> entries();

    void reviewClock();
    void judgeClock();

    World &m_world;
    Net &m_net;
    Disk &m_disk;
    QString m_folder;
    qint64 m_horizonMs;
    QHash<QByteArray, storage::LogEntry>
        m_remembered; ///< by their links, from before each compaction
    MachineClock m_clock;
    std::function<bool()> m_witnesses;
    std::optional<qint64> m_error; ///< kitchen time − true time, when last known
    qint64 m_boots = 1;
    qint64 m_told = 0; ///< seq of the newest entry of which a device may know
    std::unique_ptr<Run> m_run;
};

} // namespace simmer::simulation
