// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/search/CatalogueFile.h"

#include "recipes/SearchWords.h"
#include "storage/Database.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QFile>
#include <QtEndian>

namespace simmer::storage {

namespace {

constexpr qint32 CatalogueMark = 0x53694c69; // "SiLi"
constexpr qsizetype EntriesAtOnce = 1000;
constexpr int TidyPages = 200; // some 10 ms

/// The same in every run, unlike qHash().
qint64 printOf(const QByteArray &bytes)
{
    return qFromBigEndian<qint64>(
        QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).constData());
}

qint64 wordsPrintOf(const recipes::Recipe &recipe)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << recipe.title << recipe.notes << recipe.tags << recipe.ingredients;
    return printOf(bytes);
}

QByteArray toBytes(const recipes::Entry &entry)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << entry.title << entry.tags << qint32(entry.minutes.value_or(-1)) << qint32(entry.times)
           << entry.isFavourite << entry.photo.toBytes() << entry.origin.kt << entry.origin.cook
           << entry.origin.device.toBytes() << entry.origin.isMine;
    return bytes;
}

recipes::Entry entryFrom(const RecipeId &id, const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_0);
    recipes::Entry entry;
    entry.id = id;
    qint32 minutes = -1;
    qint32 times = 0;
    QByteArray photo;
    QByteArray device;
    stream >> entry.title >> entry.tags >> minutes >> times >> entry.isFavourite >> photo >>
        entry.origin.kt >> entry.origin.cook >> device >> entry.origin.isMine;
    if (minutes >= 0)
        entry.minutes = minutes;
    entry.times = times;
    entry.photo = BlobHash::fromBytes(photo);
    entry.origin.device = DeviceId::fromBytes(device);
    return entry;
}

QString wordsOf(const QStringList &lines)
{
    return recipes::searchWords(lines.join(u'\n')).join(u' ');
}

} // namespace

CatalogueFile::CatalogueFile(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

CatalogueFile::~CatalogueFile() = default;

Schema CatalogueFile::schema()
{
    return {QStringLiteral("catalogue"), CatalogueMark};
}

QString CatalogueFile::fileIn(const QString &directory)
{
    return directory + QStringLiteral("/library.db");
}

void CatalogueFile::discard(const QString &directory)
{
    for (const char *companion : {"", "-wal", "-shm"})
        QFile::remove(fileIn(directory) + QLatin1String(companion));
}

Expected<std::unique_ptr<CatalogueFile>> CatalogueFile::open(const QString &directory)
{
    const QString path = fileIn(directory);
    auto file = openSound(path);
    if (file || file.error().code == ErrorCode::DiskFull ||
        file.error().code == ErrorCode::FileUnreadable)
        return file;
    discard(directory);
    return openSound(path);
}

Expected<std::unique_ptr<CatalogueFile>> CatalogueFile::openSound(const QString &path)
{
    auto database = Database::open(path, schema());
    if (!database)
        return database.error();
    std::unique_ptr<CatalogueFile> file(new CatalogueFile(*std::move(database)));
    const auto mapped = file->m_database->run(QStringLiteral("PRAGMA mmap_size=268435456"));
    if (!mapped)
        return mapped.error();
    // What a power cut takes is made again.
    const auto lazy = file->m_database->run(QStringLiteral("PRAGMA synchronous=OFF"));
    if (!lazy)
        return lazy.error();
    return file;
}

Outcome CatalogueFile::load(const std::function<void(const QList<recipes::Entry> &)> &handOn)
{
    Expected<QSqlQuery> rows = m_database->run(
        QStringLiteral("SELECT number, id, words_print, entry_print, entry FROM recipes"));
    if (!rows)
        return rows.error();
    QList<recipes::Entry> entries;
    while (rows->next()) {
        const RecipeId id = RecipeId::fromBytes(rows->value(1).toByteArray());
        const Card card{rows->value(0).toLongLong(), rows->value(2).toLongLong(),
                        rows->value(3).toLongLong()};
        m_cards.insert(id, card);
        name(card.number, id);
        entries += entryFrom(id, rows->value(4).toByteArray());
        if (entries.size() >= EntriesAtOnce)
            handOn(std::exchange(entries, {}));
    }
    if (!entries.isEmpty())
        handOn(entries);
    if (const Outcome whole = Database::finished(*rows); !whole)
        return whole;
    return loadVocabulary();
}

Outcome CatalogueFile::loadVocabulary()
{
    Expected<QSqlQuery> rows = m_database->run(QStringLiteral("SELECT word FROM vocabulary"));
    if (!rows)
        return rows.error();
    while (rows->next()) {
        const QString word = rows->value(0).toString();
        m_vocabulary.insert(word);
        m_allWords += u'\n' + word;
    }
    return Database::finished(*rows);
}

Expected<bool> CatalogueFile::put(const QList<recipes::Recipe> &recipes,
                                  const QList<recipes::Origin> &origins)
{
    bool anything = false;
    const Outcome outcome = m_database->transact([&]() -> Outcome {
        for (qsizetype i = 0; i < recipes.size(); ++i) {
            const auto one = putOne(recipes.at(i), origins.at(i));
            if (!one)
                return one.error();
            anything = anything || *one;
        }
        return done();
    });
    return outcome ? Expected(anything) : outcome.error();
}

Expected<bool> CatalogueFile::putOne(const recipes::Recipe &recipe, const recipes::Origin &origin)
{
    const QByteArray entry = toBytes(recipes::entryOf(recipe, origin));
    Card card = m_cards.value(recipe.id);
    const qint64 wordsPrint = wordsPrintOf(recipe);
    const qint64 entryPrint = printOf(entry);
    if (card.number > 0 && card.wordsPrint == wordsPrint && card.entryPrint == entryPrint)
        return false;
    const bool isSaid = card.number > 0 && card.wordsPrint == wordsPrint;
    card.wordsPrint = wordsPrint;
    card.entryPrint = entryPrint;
    Expected<Rows> row = m_database->ask(
        QStringLiteral("INSERT INTO recipes (id, words_print, entry_print, entry)"
                       " VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                       " words_print = excluded.words_print, entry_print = excluded.entry_print,"
                       " entry = excluded.entry RETURNING number"),
        {recipe.id.toBytes(), wordsPrint, entryPrint, entry});
    if (!row)
        return row.error();
    row->next();
    card.number = row->value(0).toLongLong();
    row = Error{ErrorCode::StoreBroken, {}, {}}; // gives the statement back
    if (!isSaid)
        if (const Outcome indexed = index(card.number, recipe); !indexed)
            return indexed.error();
    m_cards.insert(recipe.id, card);
    name(card.number, recipe.id);
    return true;
}

/// Numbers are given one after the other.
void CatalogueFile::name(qint64 number, const RecipeId &recipe)
{
    if (size_t(number) >= m_ids.size())
        m_ids.resize(size_t(number) + 1);
    m_ids[size_t(number)] = recipe;
}

Outcome CatalogueFile::index(qint64 number, const recipes::Recipe &recipe)
{
    m_letters.clear();
    for (const QString &sql : {QStringLiteral("DELETE FROM words WHERE rowid = ?"),
                               QStringLiteral("DELETE FROM titles WHERE rowid = ?")})
        if (const auto gone = m_database->ask(sql, {number}); !gone)
            return gone.error();
    const QStringList texts{wordsOf({recipe.title}), wordsOf(recipe.tags),
                            wordsOf(recipe.ingredients), wordsOf({recipe.notes})};
    const auto there =
        m_database->ask(QStringLiteral("INSERT INTO words (rowid, title, tags, ingredients, notes)"
                                       " VALUES (?, ?, ?, ?, ?)"),
                        {number, texts[0], texts[1], texts[2], texts[3]});
    if (!there)
        return there.error();
    const auto titled = m_database->ask(
        QStringLiteral("INSERT INTO titles (rowid, title) VALUES (?, ?)"), {number, texts[0]});
    if (!titled)
        return titled.error();
    for (const QString &text : texts)
        if (const Outcome learned = learn(text); !learned)
            return learned;
    return done();
}

Outcome CatalogueFile::learn(const QString &words)
{
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : list) {
        if (m_vocabulary.contains(word))
            continue;
        const auto kept = m_database->ask(
            QStringLiteral("INSERT INTO vocabulary (word) VALUES (?) ON CONFLICT DO NOTHING"),
            {word});
        if (!kept)
            return kept.error();
        m_vocabulary.insert(word);
        m_allWords += u'\n' + word;
    }
    return done();
}

Expected<bool> CatalogueFile::remove(const QList<RecipeId> &recipes)
{
    bool anything = false;
    const Outcome outcome = m_database->transact([&]() -> Outcome {
        for (const RecipeId &id : recipes) {
            const auto card = m_cards.constFind(id);
            if (card == m_cards.cend())
                continue;
            anything = true;
            for (const QString &sql : {QStringLiteral("DELETE FROM words WHERE rowid = ?"),
                                       QStringLiteral("DELETE FROM titles WHERE rowid = ?"),
                                       QStringLiteral("DELETE FROM recipes WHERE number = ?")})
                if (const auto gone = m_database->ask(sql, {card->number}); !gone)
                    return gone.error();
            m_letters.clear();
            name(card->number, {});
            m_cards.erase(card);
        }
        return done();
    });
    return outcome ? Expected(anything) : outcome.error();
}

QList<RecipeId> CatalogueFile::missingIn(const QList<RecipeId> &recipes) const
{
    const QSet<RecipeId> known(recipes.cbegin(), recipes.cend());
    QList<RecipeId> missing;
    for (auto it = m_cards.cbegin(); it != m_cards.cend(); ++it)
        if (!known.contains(it.key()))
            missing += it.key();
    return missing;
}

Expected<bool> CatalogueFile::tidy()
{
    const auto changes = [this]() -> Expected<qint64> {
        Expected<Rows> rows = m_database->ask(QStringLiteral("SELECT total_changes()"));
        if (!rows)
            return rows.error();
        rows->next();
        return rows->value(0).toLongLong();
    };
    bool more = false;
    for (const QString &table : {QStringLiteral("words"), QStringLiteral("titles")}) {
        const auto before = changes();
        const auto merged = m_database->run(
            QStringLiteral("INSERT INTO %1 (%1, rank) VALUES ('merge', ?)").arg(table),
            {-TidyPages});
        if (!before || !merged)
            return before ? merged.error() : before.error();
        const auto after = changes();
        if (!after)
            return after.error();
        more = more || *after - *before >= 2; // https://www.sqlite.org/fts5.html#the_merge_command
    }
    return more;
}

} // namespace simmer::storage
