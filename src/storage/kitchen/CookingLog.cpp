// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/CookingLog.h"

#include "storage/Database.h"
#include "storage/Files.h"

#include <QFile>

#include <algorithm>

namespace simmer::storage {

namespace {

constexpr qint32 ApplicationId = 0x53696d43; // "SimC"

Cooked cookedIn(const Rows &rows)
{
    Cooked cooked;
    cooked.kitchen = KitchenId::fromBytes(rows.value(0).toByteArray());
    cooked.run = OpId::fromBytes(rows.value(1).toByteArray());
    cooked.name = rows.value(2).toString();
    if (!rows.value(3).isNull())
        cooked.place = {RecipeId::fromBytes(rows.value(3).toByteArray()), rows.value(4).toInt(),
                        rows.value(5).toInt()};
    cooked.cook = rows.value(6).toString();
    cooked.started = rows.value(7).toLongLong();
    cooked.ended = rows.value(8).toLongLong();
    cooked.plannedMs = rows.value(9).toLongLong();
    cooked.how = Cooked::How(rows.value(10).toInt());
    cooked.overtimeMs = rows.value(11).toLongLong();
    return cooked;
}

Expected<QList<Cooked>> rowsSince(Database &database, qint64 ended, qsizetype most)
{
    Expected<Rows> rows = database.ask(
        QStringLiteral("SELECT kitchen, run, name, recipe, step, slot, cook, started, ended,"
                       " planned, how, overtime FROM cooked WHERE ended >= ?"
                       " ORDER BY ended DESC, run LIMIT ?"),
        {ended, qint64(most)});
    if (!rows)
        return rows.error();
    QList<Cooked> found;
    while (rows->next())
        found += cookedIn(*rows);
    if (const Outcome whole = rows->finished(); !whole)
        return whole.error();
    std::reverse(found.begin(), found.end());
    return found;
}

/// A name that is free.
QString asideOf(const QString &path, const QDate &today)
{
    const QString name = path + QStringLiteral(".damaged-") + today.toString(Qt::ISODate);
    QString free = name;
    for (int next = 2; QFile::exists(free); ++next)
        free = QStringLiteral("%1-%2").arg(name).arg(next);
    return free;
}

Expected<std::unique_ptr<Database>> openSound(const QString &path, CookingLog::Look look)
{
    auto database = Database::open(path, CookingLog::schema());
    if (!database || look == CookingLog::Look::Briefly)
        return database;
    if (const Outcome whole = (*database)->check(Database::Check::Quick); !whole)
        return whole.error();
    return database;
}

bool isDamage(ErrorCode code)
{
    return code == ErrorCode::StoreDamaged || code == ErrorCode::StoreBroken;
}

} // namespace

QString nameOf(Cooked::How how)
{
    switch (how) {
    case Cooked::How::Done:
        return QStringLiteral("done");
    case Cooked::How::Cancelled:
        return QStringLiteral("cancelled");
    case Cooked::How::Unanswered:
        return QStringLiteral("unanswered");
    }
    Q_UNREACHABLE();
}

CookingLog::CookingLog(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

CookingLog::~CookingLog() = default;

Schema CookingLog::schema()
{
    return {QStringLiteral("cooking"), ApplicationId};
}

Expected<std::unique_ptr<CookingLog>> CookingLog::open(const QString &path, const QDate &today,
                                                       Look look)
{
    auto database = openSound(path, look);
    QString aside;
    if (!database && isDamage(database.error().code)) {
        aside = asideOf(path, today);
        if (!QFile::rename(path, aside))
            return database.error();
        for (const QString &companion : {QStringLiteral("-wal"), QStringLiteral("-shm")})
            QFile::rename(path + companion, aside + companion); // mostly there is none
        database = openSound(path, look);
    }
    if (!database)
        return database.error();
    std::unique_ptr<CookingLog> log(new CookingLog(*std::move(database)));
    log->m_setAside = aside;
    return log;
}

Outcome CookingLog::write(const QList<Cooked> &rows)
{
    const QVariant none;
    return m_database->transact([&]() -> Outcome {
        for (const Cooked &row : rows) {
            const auto &place = row.place;
            const Expected<Rows> written = m_database->ask(
                QStringLiteral("INSERT OR REPLACE INTO cooked (kitchen, run, name, recipe, step,"
                               " slot, cook, started, ended, planned, how, overtime)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {row.kitchen.toBytes(), row.run.toBytes(), row.name,
                 place ? place->recipe.toBytes() : none, place ? place->step : none,
                 place ? place->slot : none, row.cook, row.started, row.ended, row.plannedMs,
                 int(row.how), row.overtimeMs});
            if (!written)
                return written.error();
        }
        return done();
    });
}

Outcome CookingLog::prune(qint64 endedBefore)
{
    const Expected<Rows> gone =
        m_database->ask(QStringLiteral("DELETE FROM cooked WHERE ended < ?"), {endedBefore});
    return gone ? done() : Outcome(gone.error());
}

Expected<QList<Cooked>> CookingLog::since(qint64 ended, qsizetype most) const
{
    return rowsSince(*m_database, ended, most);
}

Expected<QList<Cooked>> CookingLog::read(const QString &path, qint64 endedSince, qsizetype most)
{
    if (!QFile::exists(path))
        return QList<Cooked>();
    auto database = Database::openReading(path, schema(), Database::Reading::Living);
    return database ? rowsSince(**database, endedSince, most) : database.error();
}

} // namespace simmer::storage
