// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Database.h"

#include <QAtomicInteger>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>

namespace simmer::storage {

namespace {

// SQLite's primary result codes, https://www.sqlite.org/rescode.html
constexpr int SqliteBusy = 5;
constexpr int SqliteIoError = 10;
constexpr int SqliteCorrupt = 11;
constexpr int SqliteFull = 13;
constexpr int SqliteNotADatabase = 26;

Error errorOf(const QSqlError &error, const QString &doing)
{
    const int primary = error.nativeErrorCode().toInt() & 0xff;
    const QString context = doing + QStringLiteral(": ") + error.databaseText();
    if (primary == SqliteFull || primary == SqliteIoError)
        return {ErrorCode::DiskFull, context, {}};
    if (primary == SqliteBusy)
        return {ErrorCode::StoreBusy, context, {}};
    if (primary == SqliteCorrupt || primary == SqliteNotADatabase)
        return {ErrorCode::StoreBroken, QStringLiteral("the file is damaged: ") + context, {}};
    return {ErrorCode::StoreBroken, context, {}};
}

QString newConnection()
{
    static QAtomicInteger<int> number = 0;
    return QStringLiteral("simmer-%1").arg(number.fetchAndAddRelaxed(1));
}

/// The file must exist with its mode before SQLite opens it: its WAL files take the same mode.
Outcome createPrivately(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return Error{
            ErrorCode::FileUnreadable, path + QStringLiteral(": ") + file.errorString(), {}};
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return done();
}

/// The statements of a migration: split at lines that end with a semicolon.
QStringList statements(const QByteArray &sql)
{
    QStringList list;
    QString open;
    for (const QString &line : QString::fromUtf8(sql).split(QLatin1Char('\n'))) {
        if (line.trimmed().startsWith(QLatin1String("--")))
            continue;
        open += line + QLatin1Char('\n');
        if (line.trimmed().endsWith(QLatin1Char(';'))) {
            list += open.trimmed();
            open.clear();
        }
    }
    return list;
}

QString migrationFile(const Schema &schema, int version)
{
    return QStringLiteral(":/simmer/sql/%1/%2.sql")
        .arg(schema.family)
        .arg(version, 4, 10, QLatin1Char('0'));
}

int newestVersion(const Schema &schema)
{
    int version = 0;
    while (QFile::exists(migrationFile(schema, version + 1)))
        ++version;
    return version;
}

} // namespace

Database::Database(const QString &connection)
    : m_connection(connection)
{
}

Database::~Database()
{
    m_prepared.clear();
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Expected<std::unique_ptr<Database>> Database::open(const QString &path, const Schema &schema)
{
    if (Outcome created = createPrivately(path); !created)
        return created.error();
    std::unique_ptr<Database> database(new Database(newConnection()));
    QSqlDatabase connection =
        QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_connection);
    connection.setDatabaseName(path);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!connection.open())
        return errorOf(connection.lastError(), path);
    if (Outcome prepared = database->prepareFile(path, schema); !prepared)
        return Error::because(prepared.error().code, path, prepared.error());
    return database;
}

Outcome Database::prepareFile(const QString &path, const Schema &schema)
{
    const QStringList pragmas{
        QStringLiteral("PRAGMA trusted_schema=OFF"), QStringLiteral("PRAGMA journal_mode=WAL"),
        QStringLiteral("PRAGMA synchronous=FULL"), QStringLiteral("PRAGMA foreign_keys=ON")};
    for (const QString &pragma : pragmas)
        if (Outcome set = command(pragma); !set)
            return set;
    Expected<QSqlQuery> id = run(QStringLiteral("PRAGMA application_id"));
    if (!id)
        return id.error();
    id->next();
    const int found = id->value(0).toInt();
    id->finish();
    if (found != 0 && found != schema.applicationId)
        return Error{ErrorCode::StoreBroken, QStringLiteral("a file of another program"), {}};
    return migrate(path, schema);
}

/// A copy of everything, as one file; an older copy of that name gives way.
Outcome Database::backUp(const QString &into)
{
    if (QFile::exists(into) && !QFile::remove(into))
        return Error{ErrorCode::FileUnreadable, into, {}};
    Expected<QSqlQuery> copied = run(QStringLiteral("VACUUM INTO ?"), {into});
    if (!copied)
        return copied.error();
    QFile::setPermissions(into, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return done();
}

Outcome Database::migrate(const QString &path, const Schema &schema)
{
    Expected<QSqlQuery> current = run(QStringLiteral("PRAGMA user_version"));
    if (!current)
        return current.error();
    current->next();
    const int version = current->value(0).toInt();
    current->finish();
    const int newest = newestVersion(schema);
    if (version > newest)
        return Error{ErrorCode::StoreNewer,
                     QStringLiteral("written by a newer Simmer (schema %1)").arg(version),
                     {}};
    if (version > 0 && version < newest)
        if (Outcome kept = backUp(QStringLiteral("%1.schema-%2").arg(path).arg(version)); !kept)
            return kept;
    for (int next = version + 1; next <= newest; ++next) {
        QFile file(migrationFile(schema, next));
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::StoreBroken, file.errorString(), {}};
        QStringList steps = statements(file.readAll());
        steps += QStringLiteral("PRAGMA user_version=%1").arg(next);
        steps += QStringLiteral("PRAGMA application_id=%1").arg(schema.applicationId);
        const Outcome migrated = transact([&]() -> Outcome {
            for (const QString &step : std::as_const(steps))
                if (Outcome ran = command(step); !ran)
                    return ran;
            return done();
        });
        if (!migrated)
            return migrated;
    }
    return done();
}

Outcome Database::command(const QString &sql)
{
    Expected<QSqlQuery> ran = run(sql);
    return ran ? done() : Outcome(ran.error());
}

void Database::rollBack()
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.exec(QStringLiteral("ROLLBACK")); // fails when SQLite already rolled back: as wanted
}

Expected<QSqlQuery> Database::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return errorOf(query.lastError(), sql.left(60));
    if (Outcome executed = execute(query, values); !executed)
        return executed.error();
    return query;
}

Expected<Rows> Database::ask(const QString &sql, const QVariantList &values)
{
    const Expected<QSqlQuery *> statement = prepared(sql);
    if (!statement)
        return statement.error();
    if (Outcome executed = execute(**statement, values); !executed) {
        (*statement)->finish();
        return executed.error();
    }
    return Rows(**statement);
}

Expected<QSqlQuery *> Database::prepared(const QString &sql)
{
    std::shared_ptr<QSqlQuery> &query = m_prepared[sql];
    if (!query) {
        query = std::make_shared<QSqlQuery>(QSqlDatabase::database(m_connection, false));
        query->setForwardOnly(true);
        if (!query->prepare(sql)) {
            const Error error = errorOf(query->lastError(), sql.left(60));
            m_prepared.remove(sql);
            return error;
        }
    }
    return query.get();
}

Outcome Database::execute(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), values[i]);
    if (!query.exec())
        return errorOf(query.lastError(), query.lastQuery().left(60));
    return done();
}

} // namespace simmer::storage
