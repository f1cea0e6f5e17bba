// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

namespace simmer::fakes {

/// Files that older programs wrote, FAMILY-SCHEMA.db.
inline const QString SchemaFiles = QStringLiteral(SIMMER_FIXTURES "/storage");

/// The schema's version in a file, by a connection of its own; -1 when it has none.
inline int versionOf(const QString &path)
{
    int version = -1;
    {
        QSqlDatabase file =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        file.setDatabaseName(path);
        file.open();
        QSqlQuery query(QStringLiteral("PRAGMA user_version"), file);
        if (query.next())
            version = query.value(0).toInt();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return version;
}

} // namespace simmer::fakes
