// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "simulation/Disk.h"
#include "simulation/Server.h"
#include "storage/device/StoredRecipeBook.h"
#include "syncclient/Link.h"
#include "timerserver/CookingSessions.h"
#include "timerserver/TimerWorker.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace simmer::simulation {

/// The production log, timer worker, recipe book, cooking sessions and link on a simulated machine,
/// watched while they run.
class Device
{
public:
    Device(World &world, Net &net, Disk &disk, const QString &name, qint64 wallErrorMs,
           int driftPpm);
    ~Device();
    Q_DISABLE_COPY_MOVE(Device)

    const QString &name() const { return m_name; }
    MachineClock &clock() { return m_clock; }
    bool isUp() const { return m_run != nullptr; }

    void start();
    void kill();
    void cutPower();
    void sleepFor(qint64 ms);
    void setDiskFull(bool full);
    Disk::Files backup() const { return m_disk.image(m_folder); }
    void restoreFrom(const Disk::Files &backup);
    /// What a person does who sees that the device is alone, was removed, or that another machine
    /// is connected as this device.
    void pairIfNeeded(Server &server);

    /// One press, as a cook who looks at this screen might do it.
    void pressSomething();

    /// Null while it is down.
    DeviceId id() const;
    /// Whether it could tell a server how kitchen time went on.
    bool isWitness() const;
    bool isLevel() const;
    /// How its link stands, in words.
    QString link() const;
    /// Of all timers on its disk that count, but not those, and of the recipes and cookings that it
    /// shows.
    QByteArray digest(const QSet<TimerId> &without) const;
    /// As the timer worker last announced them.
    const QHash<TimerId, timers::Timer> &timers() const;
    /// As the faces show them; only while it is up.
    const QHash<RecipeId, recipes::Recipe> &recipes() const;
    const QHash<RecipeId, timers::Cooking> &cookings() const;
    /// Presses that this device's screen confirmed and its disk must still hold.
    const QSet<OpId> &confirmed() const { return m_confirmed; }
    /// Ops on its disk; `listed` are those that could not be applied.
    QSet<OpId> onDisk(QSet<OpId> &listed);
    /// Photos that this device said to have kept, and that its disk must still hold.
    const QSet<BlobHash> &keptPhotos() const { return m_photos; }
    /// Those that its recipes name.
    QSet<BlobHash> namedPhotos() const;
    /// Whole ones; ends the device's process, as onDisk() does.
    QSet<BlobHash> photosOnDisk();
    /// Kitchen time as this device has it; 0 while it does not run.
    qint64 kitchenNow() const;
    /// Everything that rings and was not silenced must have been heard here.
    void checkRings();

private:
    struct Run;
    friend struct Run;

    void wish(const TimerId &timer, const timers::Action &action);
    void pressTimer();
    void pressRecipe(const RecipeId &recipe);
    void pressCooking(const RecipeId &recipe);
    void join(Server &server);
    void stop();

    World &m_world;
    Net &m_net;
    Disk &m_disk;
    QString m_name;
    QString m_folder;
    MachineClock m_clock;
    std::unique_ptr<Run> m_run;
    QSet<OpId> m_confirmed;
    QSet<BlobHash> m_photos;
    qint64 m_wokeAt = 0; ///< true time
};

} // namespace simmer::simulation
