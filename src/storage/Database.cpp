// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Database.h"

#include "storage/Files.h"

#include <QAtomicInteger>
#include <QFile>
#include <QSqlError>
#include <QStorageInfo>
#include <QUrl>
#include <QtEndian>

#include <unistd.h>

namespace simmer::storage {

namespace {

// SQLite's primary result codes, https://www.sqlite.org/rescode.html
constexpr int SqliteBusy = 5;
constexpr int SqliteIoError = 10;
constexpr int SqliteCorrupt = 11;
constexpr int SqliteFull = 13;
constexpr int SqliteNotADatabase = 26;

// Of the file's header, https://www.sqlite.org/fileformat2.html
constexpr qint64 HeaderBytes = 100;
constexpr qsizetype UserVersionAt = 60;
constexpr qsizetype ApplicationIdAt = 68;

// All application ids of ours begin with "Si".
constexpr int FamilyMark = 0x5369;

constexpr qsizetype WalBytes = 8 * 1024 * 1024; // a slow card writes them in half a second
constexpr qint64 LeastRoom = 256LL * 1024 * 1024;
constexpr qsizetype WalPiece = 4096;
constexpr int LongestWalPages = 16 * 1024; // 64 MiB
constexpr int CacheKiB = 16 * 1024;        // a page for each of 4000 busy kitchens

// Far above what there will ever be: a larger one is no version but damage.
constexpr int HighestVersion = 9999;

Error errorOf(const QSqlError &error, const QString &doing)
{
    const int primary = error.nativeErrorCode().toInt() & 0xff;
    const QString context = doing + QStringLiteral(": ") + error.databaseText();
    if (primary == SqliteFull || primary == SqliteIoError)
        return {ErrorCode::DiskFull, context, {}};
    if (primary == SqliteBusy)
        return {ErrorCode::StoreBusy, context, {}};
    if (primary == SqliteCorrupt || primary == SqliteNotADatabase)
        return {ErrorCode::StoreDamaged, QStringLiteral("the file is damaged: ") + context, {}};
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

/// As the file itself has it, which its WAL may know better; 0 where there is none of ours.
int versionInHeader(const QString &path, const Schema &schema)
{
    const auto file = Files::used().read(path);
    const QByteArray header = file ? file->read(HeaderBytes) : QByteArray();
    const bool isOurs =
        header.size() == HeaderBytes &&
        qFromBigEndian<qint32>(header.constData() + ApplicationIdAt) == schema.applicationId;
    return isOurs ? qFromBigEndian<qint32>(header.constData() + UserVersionAt) : 0;
}

/// Zeros behind its frames are no frames,
/// https://www.sqlite.org/fileformat2.html#the_write_ahead_log A disk that has little room keeps
/// it. In small pieces: what was written at once Linux keeps as one large piece of memory, which
/// ext4 walks through at each of SQLite's writes into it (a tenth of the kitchen thread's time).
void lengthenWal(const QString &path)
{
    QFile wal(path);
    if (QStorageInfo(path).bytesAvailable() < LeastRoom ||
        !wal.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return;
    const qint64 before = wal.size();
    const QByteArray zeros(WalPiece, 0);
    bool whole = wal.seek(before);
    for (qint64 size = before; whole && size < WalBytes; size += WalPiece)
        whole = wal.write(zeros) == WalPiece;
    if (!whole || ::fdatasync(wal.handle()) != 0)
        wal.resize(before);
}

Error tooNew(const QString &what)
{
    return {ErrorCode::StoreNewer,
            what + QStringLiteral(": this kitchen's file was written by a newer Simmer"),
            {}};
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

Outcome Database::connect(const QString &name, const QString &options)
{
    QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    connection.setDatabaseName(name);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000") + options);
    if (!connection.open())
        return errorOf(connection.lastError(), name);
    return command(QStringLiteral("PRAGMA trusted_schema=OFF"));
}

Expected<std::unique_ptr<Database>> Database::open(const QString &path, const Schema &schema)
{
    if (isNewer(path, schema))
        return tooNew(path);
    if (Outcome created = createPrivately(path); !created)
        return created.error();
    // A full disk has no room for the index of the WAL that connections share: one that is alone
    // keeps it in memory, https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory
    auto database = openOwn(path, schema, Sharing::Shared);
    if (!database && database.error().code == ErrorCode::DiskFull)
        database = openOwn(path, schema, Sharing::Alone);
    return database;
}

Expected<std::unique_ptr<Database>> Database::openOwn(const QString &path, const Schema &schema,
                                                      Sharing sharing)
{
    std::unique_ptr<Database> database(new Database(newConnection()));
    if (const Outcome connected = database->connect(path, {}); !connected)
        return connected.error();
    if (sharing == Sharing::Alone)
        if (const Outcome alone =
                database->command(QStringLiteral("PRAGMA locking_mode=EXCLUSIVE"));
            !alone)
            return alone.error();
    if (Outcome prepared = database->prepareFile(path, schema); !prepared)
        return Error::because(prepared.error().code, path, prepared.error());
    return database;
}

Expected<std::unique_ptr<Database>> Database::openBeside(const QString &path, const Schema &schema)
{
    return openOwn(path, schema, Sharing::Shared);
}

Expected<std::unique_ptr<Database>> Database::openReading(const QString &path, const Schema &schema,
                                                          Reading reading)
{
    const QString address =
        QStringLiteral("file:%1?mode=ro%2")
            .arg(QString::fromLatin1(QUrl::toPercentEncoding(path, "/")),
                 reading == Reading::Still ? QStringLiteral("&immutable=1") : QString());
    std::unique_ptr<Database> database(new Database(newConnection()));
    if (const Outcome connected =
            database->connect(address, QStringLiteral(";QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"));
        !connected)
        return connected.error();
    const Expected<int> version = database->knownVersion(schema);
    if (!version && version.error().code != ErrorCode::StoreNewer)
        return Error::because(version.error().code, path, version.error());
    return database;
}

/// Found out without a connection that may write: that one would tidy up behind itself.
bool Database::isNewer(const QString &path, const Schema &schema)
{
    const int version = versionInHeader(path, schema);
    if (version > newestVersion(schema) && version <= HighestVersion)
        return true;
    if (Files::used().size(path) == 0 || Files::used().size(path + QStringLiteral("-wal")) == 0)
        return false;
    const auto reading = openReading(path, schema, Reading::Living);
    const Expected<int> known = reading ? (*reading)->knownVersion(schema) : reading.error();
    return !known && known.error().code == ErrorCode::StoreNewer;
}

Expected<int> Database::number(const QString &pragma)
{
    Expected<QSqlQuery> row = run(pragma);
    if (!row)
        return row.error();
    return row->next() ? row->value(0).toInt() : 0;
}

/// The schema's version in the file: 0 for a new one. Nothing is written for this.
Expected<int> Database::knownVersion(const Schema &schema)
{
    const Expected<int> id = number(QStringLiteral("PRAGMA application_id"));
    const Expected<int> version = number(QStringLiteral("PRAGMA user_version"));
    const Expected<int> ours =
        number(QStringLiteral("SELECT count(*) FROM sqlite_schema WHERE name IN ('ops', 'log', "
                              "'blobs', 'cooked', 'vocabulary')"));
    if (!id || !version || !ours)
        return !id ? id.error() : !version ? version.error() : ours.error();
    const bool isOurs = *id == schema.applicationId || (*id == 0 && *ours == 0);
    const bool isKnown = *id >> 16 == FamilyMark && schema.applicationId != *id;
    if (!isOurs && (*ours == 0 || isKnown))
        return Error{ErrorCode::StoreBroken, QStringLiteral("a file of another program"), {}};
    const bool makesSense =
        isOurs && *version >= 0 && *version <= HighestVersion && (*version == 0) == (*ours == 0);
    if (!makesSense)
        return Error{ErrorCode::StoreDamaged, QStringLiteral("the file's header is damaged"), {}};
    if (*version > newestVersion(schema))
        return tooNew(QStringLiteral("schema %1").arg(*version));
    return *version;
}

Outcome Database::prepareFile(const QString &path, const Schema &schema)
{
    const Expected<int> version = knownVersion(schema);
    if (!version)
        return version.error();
    const QStringList pragmas{QStringLiteral("PRAGMA journal_mode=WAL"),
                              QStringLiteral("PRAGMA synchronous=FULL"),
                              QStringLiteral("PRAGMA foreign_keys=ON")};
    for (const QString &pragma : pragmas)
        if (Outcome set = command(pragma); !set)
            return set;
    return migrate(path, schema, *version);
}

Outcome Database::copyInto(const QString &path)
{
    if (const Outcome removed = Files::used().remove(path); !removed)
        return removed;
    const Expected<QSqlQuery> copied = run(QStringLiteral("VACUUM INTO ?"), {path});
    if (!copied)
        return copied.error();
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return Files::used().sync(path);
}

Outcome Database::expectMuch(const QString &path)
{
    lengthenWal(path + QStringLiteral("-wal"));
    if (const Outcome cached = command(QStringLiteral("PRAGMA cache_size=-%1").arg(CacheKiB));
        !cached)
        return cached;
    return command(QStringLiteral("PRAGMA wal_autocheckpoint=%1").arg(LongestWalPages));
}

/// What moves into the file is synced all the same, and the WAL before it is begun anew,
/// https://www.sqlite.org/pragma.html#pragma_synchronous What a process left that was told of an
/// error of the disk is written once more: it may be in the system's memory only.
Outcome Database::commitEarly()
{
    const Outcome moved = checkpoint();
    if (!moved && moved.error().code != ErrorCode::DiskFull) // which takes nothing, and keeps all
        return moved;
    return command(QStringLiteral("PRAGMA synchronous=NORMAL"));
}

Outcome Database::checkpoint()
{
    return command(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)"));
}

Outcome Database::check(Check how)
{
    Expected<QSqlQuery> rows =
        run(how == Check::Quick ? QStringLiteral("PRAGMA quick_check(1)")
                                : QStringLiteral("PRAGMA integrity_check(1)"));
    if (!rows)
        return rows.error();
    const QString said = rows->next() ? rows->value(0).toString() : QString();
    if (said != QLatin1String("ok"))
        return Error{ErrorCode::StoreDamaged, QStringLiteral("the file is damaged: ") + said, {}};
    return done();
}

Outcome Database::migrate(const QString &path, const Schema &schema, int version)
{
    const int newest = newestVersion(schema);
    if (version > 0 && version < newest)
        if (Outcome kept = copyInto(QStringLiteral("%1.schema-%2").arg(path).arg(version)); !kept)
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

Expected<Use> Database::use()
{
    if (m_turnstile && !m_turnstile->enter())
        return Error{ErrorCode::Crashed, QStringLiteral("this thread was replaced"), {}};
    return Use(m_turnstile);
}

/// Also what failed may have written, as a commit whose end was not told.
void Database::count(const QString &sql)
{
    if (!sql.startsWith(QLatin1String("SELECT")))
        ++m_writes;
}

Expected<QSqlQuery> Database::run(const QString &sql, const QVariantList &values)
{
    const Expected<Use> held = use();
    if (!held)
        return held.error();
    count(sql);
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
    Expected<Use> held = use();
    if (!held)
        return held.error();
    const Expected<QSqlQuery *> statement = prepared(sql);
    if (!statement)
        return statement.error();
    count(sql);
    if (Outcome executed = execute(**statement, values); !executed) {
        (*statement)->finish();
        return executed.error();
    }
    return Rows(**statement, *std::move(held));
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

Outcome Rows::finished() const
{
    return Database::finished(*m_statement);
}

Outcome Database::finished(const QSqlQuery &query)
{
    if (query.lastError().type() == QSqlError::NoError)
        return done();
    return errorOf(query.lastError(), query.lastQuery().left(60));
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
