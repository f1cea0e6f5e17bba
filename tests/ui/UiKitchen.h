// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "models/PhotoSource.h"
#include "storage/device/DeviceLog.h"
#include "storage/device/StoredRecipeBook.h"
#include "storage/search/RecipeCatalogue.h"
#include "syncclient/SyncClient.h"
#include "timerserver/CookingSessions.h"
#include "timerserver/TimerServer.h"

#include <QTemporaryDir>

#include <memory>

namespace simmer::fakes {

/// A whole device for tests of the window: real storage in a folder of its own, real timer thread,
/// a clock whose hands the test holds. Ops written before open() are as if from earlier.
class UiKitchen
{
public:
    /// Kitchen time at the start, 18:12:00 of a winter's day in local time.
    static qint64 evening();

    /// `early` ms before evening().
    explicit UiKitchen(qint64 early = 0);
    ~UiKitchen();

    /// Puts an op on the disk; before open().
    void write(const timers::StampedOp &op);
    /// A timer as its ops made it; returns its id. All lengths in ms, ago before evening().
    TimerId started(OpMaker &cook, const QString &name, qint64 checkMs, qint64 totalMs, qint64 ago,
                    const std::optional<timers::Place> &place = {});
    void paused(OpMaker &cook, const TimerId &timer, qint64 ago);
    void acknowledged(OpMaker &cook, const TimerId &timer, qint64 ago);
    void addRecipe(const recipes::Recipe &recipe);
    /// Reads log and recipes; returns when both are loaded.
    void open();

    /// Ends the device and makes it anew over the same folder; open() follows.
    void restart();

    /// Keeps a photo's bytes on this device's shelf; returns when they are durable.
    BlobHash keepPhoto(const QByteArray &bytes);
    /// Answers its wishes from that shelf, as the program does.
    void bringPhotos(ui::PhotoSource &photos);

    /// Time passes, and its tick has come.
    void pass(qint64 ms);

    ManualClock &clock() { return m_clock; }
    timerserver::TimerServer &server() { return *m_server; }
    recipes::RecipeBook &book() { return *m_book; }
    timerserver::CookingSessions &cooking() { return *m_cooking; }
    syncclient::SyncClient &client() { return *m_client; }
    storage::DeviceLog &log() { return *m_log; }
    /// In the same folder; made when it is first asked for.
    recipes::Catalogue &catalogue();
    QString folder() const { return m_folder.path(); }

private:
    void make();

    QTemporaryDir m_folder;
    ManualClock m_clock;
    QList<timers::StampedOp> m_early;
    QHash<QUuid, OpId> m_lastOp;
    OpMaker m_scribe;
    storage::DeviceLog *m_log = nullptr; ///< owned by m_logThread
    OwnedThread m_logThread;
    std::unique_ptr<storage::StoredRecipeBook> m_book;
    std::unique_ptr<storage::RecipeCatalogue> m_catalogue;
    std::unique_ptr<timerserver::CookingSessions> m_cooking;
    std::unique_ptr<timerserver::TimerServer> m_server;
    std::unique_ptr<syncclient::SyncClient> m_client;
};

/// All sample recipes that the program brings, by file name.
QHash<QString, recipes::Recipe> sampleRecipes();

} // namespace simmer::fakes
