// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/Backups.h"

#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/safety/BackupDates.h"

#include <QFileInfo>

#include <algorithm>

namespace simmer::storage {

Backups::Backups(const QString &path, const Schema &schema)
    : m_path(path)
    , m_folder(QFileInfo(path).path() + QStringLiteral("/backups"))
    , m_stem(QFileInfo(path).completeBaseName())
    , m_schema(schema)
{
}

QString Backups::pathOf(const QDate &date) const
{
    return QStringLiteral("%1/%2-%3.db").arg(m_folder, m_stem, date.toString(Qt::ISODate));
}

QList<QDate> Backups::dates() const
{
    QList<QDate> found;
    const QStringList names = Files::used().list(m_folder);
    const QString before = m_stem + QLatin1Char('-');
    for (const QString &name : names) {
        if (!name.startsWith(before) || !name.endsWith(QLatin1String(".db")))
            continue;
        const QDate date = QDate::fromString(
            name.mid(before.size(), name.size() - before.size() - 3), Qt::ISODate);
        if (date.isValid())
            found += date;
    }
    return found;
}

Outcome Backups::copyAndCheck(const QString &into) const
{
    const auto living = Database::openReading(m_path, m_schema, Database::Reading::Living);
    if (!living)
        return living.error();
    if (const Outcome whole = (*living)->check(Database::Check::Quick); !whole)
        return whole;
    if (const Outcome copied = (*living)->copyInto(into); !copied)
        return copied;
    const auto copy = Database::openReading(into, m_schema, Database::Reading::Still);
    const Outcome whole = copy ? (*copy)->check(Database::Check::Quick) : Outcome(copy.error());
    if (!whole) // the disk lies, not the file
        return Error::because(ErrorCode::StoreBroken, QStringLiteral("the copy is not whole"),
                              whole.error());
    return done();
}

Outcome Backups::take(const QDate &today) const
{
    Files &files = Files::used();
    if (const Outcome made = files.makeFolder(m_folder); !made)
        return made;
    const QString unfinished = m_folder + QLatin1Char('/') + m_stem + QStringLiteral(".part");
    Outcome copied = copyAndCheck(unfinished);
    if (copied)
        copied = files.rename(unfinished, pathOf(today));
    if (!copied) {
        const Outcome removed = files.remove(unfinished);
        return removed ? copied : removed;
    }
    return tidy(today);
}

Outcome Backups::tidy(const QDate &today) const
{
    const QList<QDate> all = dates();
    const QList<QDate> kept = backupsToKeep(all, today);
    for (const QDate &date : all)
        if (!kept.contains(date))
            if (const Outcome removed = Files::used().remove(pathOf(date)); !removed)
                return removed;
    return done();
}

Backups::Copy Backups::newestGood(const QDate &today) const
{
    QList<QDate> all = dates();
    std::sort(all.begin(), all.end(), [&](const QDate &a, const QDate &b) {
        return std::pair(a <= today, a) > std::pair(b <= today, b);
    });
    for (const QDate &date : std::as_const(all)) {
        auto copy = Database::openReading(pathOf(date), m_schema, Database::Reading::Still);
        if (copy && (*copy)->check(Database::Check::Quick))
            return {date, *std::move(copy)};
    }
    return {};
}

} // namespace simmer::storage
