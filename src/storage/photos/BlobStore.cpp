// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/photos/BlobStore.h"

#include "recipes/PhotoHeader.h"
#include "storage/Database.h"
#include "storage/safety/Salvage.h"

#include <QDir>

namespace simmer::storage {

namespace {

constexpr qint32 PhotosFile = 0x53695068; // "SiPh"
constexpr qint64 WeekMs = 7LL * 24 * 3600 * 1000;

const QString InsertBlob =
    QStringLiteral("INSERT INTO blobs (hash, size, here, changed) VALUES (?, ?, 0, ?)");

Error notHere(const BlobHash &hash)
{
    return {
        ErrorCode::NotFound, QStringLiteral("photo %1 is not here").arg(hash.toHex().left(8)), {}};
}

Outcome checkImage(const QByteArray &bytes)
{
    const auto header = recipes::readPhotoHeader(bytes);
    return header ? done() : Outcome(header.error());
}

/// Why bytes that came must not stay, or nothing.
std::optional<QString> fault(const BlobHash &hash, const QByteArray &bytes)
{
    if (BlobHash::of(bytes) != hash)
        return QStringLiteral("its bytes do not have its name");
    if (const Outcome image = checkImage(bytes); !image)
        return image.error().context;
    return std::nullopt;
}

/// Pieces without the others of their photo are of no use: it comes anew.
Outcome keepWhatIsWhole(Salvage::Sources &sources, Salvage &salvage)
{
    const Expected<QStringList> tables = salvage.tables();
    if (!tables)
        return tables.error();
    for (const QString &table : *tables)
        if (sources.file)
            salvage.copyTable(*sources.file, table, [](Row row) { return std::optional(row); });
    const Expected<QSqlQuery> dropped = salvage.fresh().run(
        QStringLiteral("DELETE FROM blobs WHERE here <> (SELECT coalesce(sum(length(bytes)), 0)"
                       " FROM parts WHERE parts.hash = blobs.hash)"));
    return dropped ? done() : Outcome(dropped.error());
}

} // namespace

BlobStore::BlobStore(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

BlobStore::~BlobStore() = default;

void BlobStore::useTurnstile(Turnstile *turnstile)
{
    m_database->useTurnstile(turnstile);
}

Schema BlobStore::schema()
{
    return {QStringLiteral("photos"), PhotosFile};
}

QString BlobStore::fileIn(const QString &directory)
{
    return QDir(directory).filePath(QStringLiteral("photos.db"));
}

Expected<std::unique_ptr<BlobStore>> BlobStore::open(const QString &directory)
{
    const QString path = fileIn(directory);
    auto database = Database::open(path, schema());
    if (!database && database.error().code == ErrorCode::StoreDamaged) {
        const Expected<Salvaged> mended =
            Salvage::mend(path, schema(), QDate::currentDate(), keepWhatIsWhole);
        if (!mended)
            return mended.error();
        qWarning("photos.db was damaged; what is missing comes from other devices again, and the"
                 " damaged file is kept as %s",
                 qUtf8Printable(mended->damagedFile));
        database = Database::open(path, schema());
    }
    if (!database)
        return database.error();
    return std::unique_ptr<BlobStore>(new BlobStore(*std::move(database)));
}

Outcome BlobStore::command(const QString &sql, const QVariantList &values)
{
    const Expected<Rows> ran = m_database->ask(sql, values);
    return ran ? done() : Outcome(ran.error());
}

Outcome BlobStore::keep(const QByteArray &bytes, qint64 now)
{
    if (bytes.size() > MostBlobBytes)
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("a photo has at most %1 MiB").arg(MostBlobBytes >> 20),
                     {}};
    if (const Outcome image = checkImage(bytes); !image)
        return image;
    const BlobHash hash = BlobHash::of(bytes);
    const Expected<BlobState> known = find(hash);
    if (!known || known->isWhole())
        return known ? done() : Outcome(known.error());
    return m_database->transact([&]() -> Outcome {
        Outcome kept = begin({hash, bytes.size(), 0, {}}, *known, now);
        for (qint64 at = known->size == bytes.size() ? known->here : 0; kept && at < bytes.size();
             at += BlobPartBytes)
            kept = write({hash, bytes.size(), at, bytes.mid(at, BlobPartBytes)}, now);
        return kept;
    });
}

/// Makes the row of a photo; one of another size was told wrongly and gives way.
Outcome BlobStore::begin(const BlobPiece &piece, const BlobState &known, qint64 now)
{
    if (known.size == piece.size)
        return done();
    if (known.size != 0)
        if (const Outcome gone = drop(piece.hash); !gone)
            return gone;
    return command(InsertBlob, {piece.hash.toBytes(), piece.size, now});
}

Outcome BlobStore::write(const BlobPiece &piece, qint64 now)
{
    const Outcome written =
        command(QStringLiteral("INSERT INTO parts (hash, at, bytes) VALUES (?, ?, ?)"),
                {piece.hash.toBytes(), piece.at, piece.bytes});
    if (!written)
        return written;
    return command(QStringLiteral("UPDATE blobs SET here = ?, changed = ? WHERE hash = ?"),
                   {piece.at + piece.bytes.size(), now, piece.hash.toBytes()});
}

Expected<BlobState> BlobStore::put(const BlobPiece &piece, qint64 now)
{
    if (!isBlobPiece(piece))
        return Error{ErrorCode::BadArgument, QStringLiteral("a piece of another shape"), {}};
    Expected<BlobState> known = find(piece.hash);
    if (!known || known->isWhole())
        return known;
    const qint64 here = known->size == piece.size ? known->here : 0;
    if (piece.at != here)
        return *known;
    std::optional<QString> wrong;
    const Outcome taken = m_database->transact([&]() -> Outcome {
        if (const Outcome begun = begin(piece, *known, now); !begun)
            return begun;
        if (const Outcome written = write(piece, now); !written)
            return written;
        if (here + piece.bytes.size() < piece.size)
            return done();
        const Expected<QByteArray> all = joined(piece.hash);
        if (!all)
            return all.error();
        wrong = fault(piece.hash, *all);
        return wrong ? drop(piece.hash) : done();
    });
    if (!taken)
        return taken.error();
    if (wrong)
        return Error{ErrorCode::Refused, *wrong, {}};
    return BlobState{piece.size, here + piece.bytes.size()};
}

Outcome BlobStore::drop(const BlobHash &hash)
{
    return command(QStringLiteral("DELETE FROM blobs WHERE hash = ?"), {hash.toBytes()});
}

Outcome BlobStore::checkRoom(qint64 size, const BlobQuota &quota, qint64 now)
{
    const Outcome swept = command(QStringLiteral("DELETE FROM blobs WHERE here < size"
                                                 " AND changed NOT BETWEEN ? AND ?"),
                                  {now - WeekMs, now + WeekMs});
    if (!swept)
        return swept;
    Expected<Rows> rows =
        m_database->ask(QStringLiteral("SELECT count(*), coalesce(sum(size), 0) FROM blobs"));
    if (!rows)
        return rows.error();
    rows->next();
    if (rows->value(0).toLongLong() >= quota.count)
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("this kitchen has its %1 photos").arg(quota.count),
                     {}};
    if (rows->value(1).toLongLong() + size > quota.bytes)
        return Error{
            ErrorCode::TooLarge,
            QStringLiteral("this kitchen's photos have taken their %1 MiB").arg(quota.bytes >> 20),
            {}};
    return done();
}

Expected<BlobState> BlobStore::find(const BlobHash &hash)
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT size, here FROM blobs WHERE hash = ?"), {hash.toBytes()});
    if (!rows)
        return rows.error();
    return rows->next() ? BlobState{rows->value(0).toLongLong(), rows->value(1).toLongLong()}
                        : BlobState();
}

Expected<BlobPiece> BlobStore::piece(const BlobHash &hash, qint64 at)
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral(
            "SELECT size, bytes FROM blobs NATURAL JOIN parts WHERE hash = ? AND at = ?"),
        {hash.toBytes(), at});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return notHere(hash);
    return BlobPiece{hash, rows->value(0).toLongLong(), at, rows->value(1).toByteArray()};
}

Expected<QByteArray> BlobStore::joined(const BlobHash &hash)
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT bytes FROM parts WHERE hash = ? ORDER BY at"), {hash.toBytes()});
    if (!rows)
        return rows.error();
    QByteArray all;
    while (rows->next())
        all += rows->value(0).toByteArray();
    return all;
}

Expected<QByteArray> BlobStore::bytes(const BlobHash &hash)
{
    const Expected<BlobState> known = find(hash);
    if (!known)
        return known.error();
    return known->isWhole() ? joined(hash) : Expected<QByteArray>(notHere(hash));
}

Outcome BlobStore::wish(const QList<BlobHash> &hashes)
{
    return m_database->transact([&]() -> Outcome {
        Outcome wished = done();
        for (auto hash = hashes.cbegin(); wished && hash != hashes.cend(); ++hash)
            wished = command(QStringLiteral("INSERT INTO wishes (hash) VALUES (?)"
                                            " ON CONFLICT DO NOTHING"),
                             {hash->toBytes()});
        return wished;
    });
}

Expected<BlobErrands> BlobStore::errands(qint64 answeredSince, qint64 now)
{
    const auto toOffer = offers(answeredSince, now);
    if (!toOffer)
        return toOffer.error();
    const auto lacks = lacking();
    if (!lacks)
        return lacks.error();
    const auto unwanted = refused();
    if (!unwanted)
        return unwanted.error();
    return BlobErrands{*toOffer, *lacks, *unwanted};
}

Expected<QList<BlobLack>> BlobStore::lacking()
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT hash, coalesce(here, 0) FROM wishes NATURAL LEFT JOIN blobs"
                       " WHERE here IS NULL OR here < size"));
    if (!rows)
        return rows.error();
    QList<BlobLack> lacks;
    while (rows->next())
        lacks += BlobLack{BlobHash::fromBytes(rows->value(0).toByteArray()),
                          rows->value(1).toLongLong()};
    return lacks;
}

Expected<QList<BlobOffer>> BlobStore::offers(qint64 answeredSince, qint64 now)
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT hash, size FROM blobs NATURAL LEFT JOIN answers WHERE here = size"
                       " AND (at IS NULL OR at < ? OR at > ?)"),
        {answeredSince, now});
    if (!rows)
        return rows.error();
    QList<BlobOffer> offers;
    while (rows->next())
        offers += BlobOffer{BlobHash::fromBytes(rows->value(0).toByteArray()),
                            rows->value(1).toLongLong()};
    return offers;
}

Outcome BlobStore::answer(const BlobHash &hash, const QString &refused, qint64 now)
{
    return command(QStringLiteral("INSERT INTO answers (hash, at, refused) VALUES (?, ?, ?)"
                                  " ON CONFLICT (hash) DO UPDATE SET at = excluded.at,"
                                  " refused = excluded.refused"),
                   {hash.toBytes(), now, refused.isEmpty() ? QVariant() : QVariant(refused)});
}

Outcome BlobStore::forgetAnswers(const BlobHash &hash)
{
    if (hash.isNull())
        return command(QStringLiteral("DELETE FROM answers"), {});
    return command(QStringLiteral("DELETE FROM answers WHERE hash = ?"), {hash.toBytes()});
}

Expected<QList<RefusedBlob>> BlobStore::refused()
{
    Expected<Rows> rows = m_database->ask(
        QStringLiteral("SELECT hash, refused FROM answers WHERE refused IS NOT NULL"));
    if (!rows)
        return rows.error();
    QList<RefusedBlob> refused;
    while (rows->next())
        refused += RefusedBlob{BlobHash::fromBytes(rows->value(0).toByteArray()),
                               rows->value(1).toString()};
    return refused;
}

} // namespace simmer::storage
