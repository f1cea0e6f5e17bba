// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <memory>

namespace simmer::storage {

/// Which family of numbered SQL files (src/storage/sql/FAMILY/NNNN.sql) a file follows, and the
/// application_id that marks it.
struct Schema {
    QString family;
    qint32 applicationId = 0;
};

/// The rows of a kept statement, which is given back when they go.
class Rows
{
public:
    explicit Rows(QSqlQuery &statement)
        : m_statement(&statement, [](QSqlQuery *used) { used->finish(); })
    {
    }

    bool next() { return m_statement->next(); }
    QVariant value(int column) const { return m_statement->value(column); }
    int changed() const { return m_statement->numRowsAffected(); }

private:
    std::unique_ptr<QSqlQuery, void (*)(QSqlQuery *)> m_statement;
};

/// One SQLite file, opened as DESIGN section 5 has it: WAL, synchronous=FULL, mode 0600, migrated
/// to the newest schema; what an older one held is kept beside it as FILE.schema-N. Belongs to the
/// thread that opened it; one per file writes.
class Database
{
public:
    /// Errors: StoreBusy, StoreNewer, StoreBroken, DiskFull, FileUnreadable.
    static Expected<std::unique_ptr<Database>> open(const QString &path, const Schema &schema);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Runs one statement with its values bound in order.
    Expected<QSqlQuery> run(const QString &sql, const QVariantList &values = {});
    /// The same with a statement that is kept prepared under its text, for hot paths; one at a
    /// time.
    Expected<Rows> ask(const QString &sql, const QVariantList &values = {});
    /// A statement that is kept prepared under its text.
    Expected<QSqlQuery *> prepared(const QString &sql);
    /// Executes a prepared query with its values; DiskFull and StoreBroken told apart.
    static Outcome execute(QSqlQuery &query, const QVariantList &values);

    /// BEGIN IMMEDIATE … COMMIT around `work`; rolled back when it fails.
    template<class Work>
    Outcome transact(Work work)
    {
        if (const auto begun = ask(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return begun.error();
        if (Outcome worked = work(); !worked) {
            rollBack();
            return worked;
        }
        if (const auto committed = ask(QStringLiteral("COMMIT")); !committed) {
            rollBack();
            return committed.error();
        }
        return done();
    }

private:
    explicit Database(const QString &connection);

    Outcome command(const QString &sql);
    void rollBack();
    Outcome prepareFile(const QString &path, const Schema &schema);
    Outcome migrate(const QString &path, const Schema &schema);
    Outcome backUp(const QString &into);

    QString m_connection;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_prepared;
};

} // namespace simmer::storage
