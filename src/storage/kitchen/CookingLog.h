// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "storage/Schema.h"
#include "timers/Timer.h"

#include <QDate>
#include <QList>

#include <memory>
#include <optional>

namespace simmer::storage {

class Database;

/// A countdown that was cooked by. Kitchen time and lengths, ms.
struct Cooked {
    /// How it ended: somebody came to its ring, stopped it, or nobody came.
    enum class How { Done, Cancelled, Unanswered };

    KitchenId kitchen;
    OpId run; ///< the start: names one run of a timer
    QString name;
    std::optional<timers::Place> place;
    QString cook; ///< who started it
    qint64 started = 0;
    qint64 ended = 0;
    qint64 plannedMs = 0; ///< as it was started, before anything was added
    How how = How::Done;
    qint64 overtimeMs = 0; ///< for how long it rang

    bool operator==(const Cooked &) const = default;
};

/// "done", "cancelled", "unanswered": as programs read it.
QString nameOf(Cooked::How how);

/// What was cooked, in a file of its own beside the kitchens': it may be lost without harm. Belongs
/// to the thread that opened it. Errors beside those named: DiskFull, StoreBusy, StoreBroken.
class CookingLog
{
public:
    /// What is older goes.
    static constexpr qint64 KeepMs = 2 * 366 * 24 * 3600 * 1000LL;

    static Schema schema();
    /// How closely a file is looked at that is opened.
    enum class Look { EveryPage, Briefly };
    /// A damaged file is set aside, as FILE.damaged-DATE, and begun anew; setAside() tells.
    static Expected<std::unique_ptr<CookingLog>> open(const QString &path, const QDate &today,
                                                      Look look = Look::EveryPage);
    ~CookingLog();
    Q_DISABLE_COPY_MOVE(CookingLog)

    /// Where a damaged file went, if there was one.
    const QString &setAside() const { return m_setAside; }
    /// All or none; a run that is known already is told anew.
    Outcome write(const QList<Cooked> &rows);
    /// Lets go of what ended before that.
    Outcome prune(qint64 endedBefore);
    /// What ended since then, the oldest first; at most so many of the newest.
    Expected<QList<Cooked>> since(qint64 ended, qsizetype most) const;

    /// Reads a file that a server may be writing. Nothing when there is none yet. Errors: as
    /// Database::openReading.
    static Expected<QList<Cooked>> read(const QString &path, qint64 endedSince, qsizetype most);

private:
    explicit CookingLog(std::unique_ptr<Database> database);

    std::unique_ptr<Database> m_database;
    QString m_setAside;
};

} // namespace simmer::storage
