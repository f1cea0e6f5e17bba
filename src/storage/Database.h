// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "storage/Schema.h"
#include "storage/Turnstile.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <memory>

namespace simmer::storage {

/// How a turnstile is left.
struct Leaving {
    void operator()(Turnstile *turnstile) const { turnstile->leave(); }
};
/// A use of the file, for as long as it is held; null where there is no turnstile.
using Use = std::unique_ptr<Turnstile, Leaving>;

/// The rows of a kept statement, which is given back when they go.
class Rows
{
public:
    Rows(QSqlQuery &statement, Use use)
        : m_use(std::move(use))
        , m_statement(&statement, [](QSqlQuery *used) { used->finish(); })
    {
    }

    bool next() { return m_statement->next(); }
    QVariant value(int column) const { return m_statement->value(column); }
    int changed() const { return m_statement->numRowsAffected(); }
    /// As Database::finished().
    Outcome finished() const;

private:
    Use m_use; ///< until the statement is given back
    std::unique_ptr<QSqlQuery, void (*)(QSqlQuery *)> m_statement;
};

/// One SQLite file, opened as DESIGN section 5 has it: WAL, synchronous=FULL, mode 0600, migrated
/// to the newest schema; what an older one held is kept beside it as FILE.schema-N. Belongs to the
/// thread that opened it; one per file writes.
class Database
{
public:
    /// Whether somebody else may write the file meanwhile: only then SQLite looks for its WAL.
    enum class Reading { Still, Living };
    /// How thoroughly check() looks: Quick sees damaged pages, Full also indexes that tell
    /// something else than their table (45 MB here: 0.2 s and 1 s).
    enum class Check { Quick, Full };

    /// Errors: StoreBusy, StoreNewer, StoreBroken, StoreDamaged, DiskFull, FileUnreadable. A newer
    /// file is not touched.
    static Expected<std::unique_ptr<Database>> open(const QString &path, const Schema &schema);
    /// One more connection to a file that another thread has open in this process, and may never
    /// give back: of today's schema, and nothing looks into the file but SQLite. (Whoever opens and
    /// closes it beside SQLite takes the locks of the process away,
    /// https://www.sqlite.org/howtocorrupt.html section 2.2.)
    static Expected<std::unique_ptr<Database>> openBeside(const QString &path,
                                                          const Schema &schema);
    /// Whatever its schema's version; nothing is written, also not beside it. Errors: as open().
    static Expected<std::unique_ptr<Database>> openReading(const QString &path,
                                                           const Schema &schema, Reading reading);
    /// Whether a newer Simmer wrote it: open() refuses it then.
    static bool isNewer(const QString &path, const Schema &schema);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// From now on every use goes through it; it must outlive this. Errors of all then: Crashed
    /// when it lets nobody in.
    void useTurnstile(Turnstile *turnstile) { m_turnstile = turnstile; }
    Turnstile *turnstile() const { return m_turnstile; }

    /// Runs one statement with its values bound in order.
    Expected<QSqlQuery> run(const QString &sql, const QVariantList &values = {});
    /// The same with a statement that is kept prepared under its text, for hot paths; one at a
    /// time.
    Expected<Rows> ask(const QString &sql, const QVariantList &values = {});
    /// A statement that is kept prepared under its text.
    Expected<QSqlQuery *> prepared(const QString &sql);
    /// Executes a prepared query with its values; DiskFull and StoreBroken told apart.
    static Outcome execute(QSqlQuery &query, const QVariantList &values);
    /// Whether a loop over next() came to its end, and not to a page that cannot be read.
    static Outcome finished(const QSqlQuery &query);

    /// For a file into which is written all day. Who commits moves the WAL's pages into the file
    /// only when it is very long: somebody else has to, meanwhile. And the WAL has its size from
    /// the start: to write over what is there costs the disk half of what it costs to append
    /// (fdatasync 85 µs and 165 µs here). Errors: StoreBroken.
    Outcome expectMuch(const QString &path);
    /// Moves what was committed from the WAL into the file, but what is still read, and waits for
    /// nobody. Errors: DiskFull, StoreBroken.
    Outcome checkpoint();
    /// From now on a commit does not wait for the disk, and is not durable before somebody synced
    /// the WAL (WalSync). Errors: StoreBroken.
    Outcome commitEarly();
    /// Grows with whatever may have written: what it was when a WalSync began is on the disk then.
    qint64 writes() const { return m_writes; }

    /// Errors: StoreDamaged.
    Outcome check(Check how);
    /// A copy of all there is now, as one file with no companions; durable, for its owner alone.
    /// What stands there gives way. Errors: DiskFull, StoreDamaged.
    Outcome copyInto(const QString &path);

    /// BEGIN IMMEDIATE … COMMIT around `work`; rolled back when it fails or throws.
    template<class Work>
    Outcome transact(Work work)
    {
        const Expected<Use> whole = use();
        if (!whole)
            return whole.error();
        if (const auto begun = ask(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return begun.error();
        Unfinished unfinished(this);
        if (Outcome worked = work(); !worked)
            return worked;
        if (const auto committed = ask(QStringLiteral("COMMIT")); !committed)
            return committed.error();
        (void)unfinished.release();
        return done();
    }

private:
    enum class Sharing : quint8 { Shared, Alone };
    struct RollingBack {
        void operator()(Database *database) const { database->rollBack(); }
    };
    using Unfinished = std::unique_ptr<Database, RollingBack>;

    explicit Database(const QString &connection);

    static Expected<std::unique_ptr<Database>> openOwn(const QString &path, const Schema &schema,
                                                       Sharing sharing);
    Expected<Use> use();
    void count(const QString &sql);
    Outcome command(const QString &sql);
    void rollBack();
    Outcome connect(const QString &name, const QString &options);
    Expected<int> number(const QString &pragma);
    Expected<int> knownVersion(const Schema &schema);
    Outcome prepareFile(const QString &path, const Schema &schema);
    Outcome migrate(const QString &path, const Schema &schema, int version);

    QString m_connection;
    Turnstile *m_turnstile = nullptr;
    qint64 m_writes = 0;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_prepared;
};

} // namespace simmer::storage
