// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/search/CatalogueFile.h"

#include "recipes/SearchWords.h"
#include "storage/Database.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QFile>
#include <QtEndian>

#include <algorithm>

namespace simmer::storage {

namespace {

constexpr qint32 CatalogueMark = 0x53694c69; // "SiLi"
constexpr qsizetype EntriesAtOnce = 1000;
constexpr qsizetype MostWords = 12;   // of a search; what somebody pastes is longer
constexpr qsizetype MostAround = 400; // words that hold a part of one
constexpr qsizetype WaysAtOnce = 16;
constexpr QLatin1String And(" AND ");
constexpr qsizetype ManyRecipes = 20'000; // each word costs the more the more there are
constexpr qsizetype MostAroundOfMany = 80;
constexpr qsizetype LeastInside = 3;            // letters: "in" is inside of too many words
constexpr char32_t FirstWithoutSpaces = 0x2e80; // CJK: what we call a word is a whole clause
constexpr qsizetype MostWeighed = 20'000;       // findings times ways: a millisecond or two
constexpr size_t MostLetters = 64;              // that are made ready: an alphabet
constexpr int TidyPages = 200;                  // some 10 ms

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

/// Words have no quotes in them, so they need no escaping.
QString quoted(const QString &word)
{
    return u'"' + word + u'"';
}

QString anyOf(const QStringList &ways)
{
    return u'(' + ways.join(QLatin1String(" OR ")) + u')';
}

/// Keeps those that are in `others`, which ascend.
void keepCommon(QList<qint64> &numbers, const QList<qint64> &others)
{
    numbers.removeIf([&others](qint64 number) {
        return !std::binary_search(others.cbegin(), others.cend(), number);
    });
}

/// As one text: a row of its own for each would cost more than the search.
QList<qint64> numbersIn(Rows &rows)
{
    QList<qint64> list;
    if (!rows.next())
        return list;
    const QByteArray text = rows.value(0).toByteArray();
    qint64 number = 0;
    for (const char letter : text)
        if (letter == ',')
            list += std::exchange(number, 0);
        else
            number = 10 * number + (letter - '0');
    if (!text.isEmpty())
        list += number;
    return list;
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

/// The vocabulary's words in which `part` stands, but not at the beginning; the shortest are the
/// nearest.
QStringList CatalogueFile::wordsAround(const QString &part) const
{
    const bool isClause = part.toUcs4().constFirst() >= FirstWithoutSpaces;
    if (part.size() < LeastInside && !isClause)
        return {};
    QStringList words;
    qsizetype at = m_allWords.indexOf(part);
    while (at >= 0) {
        const qsizetype begin = m_allWords.lastIndexOf(u'\n', at) + 1;
        const qsizetype next = m_allWords.indexOf(u'\n', at);
        const qsizetype end = next < 0 ? m_allWords.size() : next;
        if (begin < at)
            words += m_allWords.mid(begin, end - begin);
        at = m_allWords.indexOf(part, end);
    }
    const qsizetype most = m_cards.size() > ManyRecipes ? MostAroundOfMany : MostAround;
    if (words.size() > most) {
        std::nth_element(words.begin(), words.begin() + most, words.end(),
                         [](const QString &a, const QString &b) { return a.size() < b.size(); });
        words.resize(most);
    }
    return words;
}

QStringList CatalogueFile::waysOf(const QString &word) const
{
    QStringList ways{quoted(word) + u'*'};
    const QStringList around = wordsAround(word);
    for (const QString &each : around)
        ways += quoted(each);
    return ways;
}

Expected<QList<qint64>> CatalogueFile::numbers(Where where, const QString &expression)
{
    Expected<Rows> rows = m_database->ask(
        where == Where::Titles
            ? QStringLiteral("SELECT group_concat(rowid) FROM titles WHERE titles MATCH ?")
            : QStringLiteral("SELECT group_concat(rowid) FROM words WHERE words MATCH ?"),
        {expression});
    return rows ? numbersIn(*rows) : Expected<QList<qint64>>(rows.error());
}

/// FTS5 looks at each way for each recipe that it finds: many ways are asked for some at a time.
Expected<QList<qint64>> CatalogueFile::numbersOfAny(Where where, const QStringList &ways)
{
    std::vector<bool> isFound(m_ids.size(), false);
    for (qsizetype at = 0; at < ways.size(); at += WaysAtOnce) {
        const auto some = numbers(where, anyOf(ways.mid(at, WaysAtOnce)));
        if (!some)
            return some.error();
        for (const qint64 number : *some)
            if (size_t(number) < isFound.size())
                isFound[size_t(number)] = true;
    }
    QList<qint64> list;
    for (size_t number = 0; number < isFound.size(); ++number)
        if (isFound[number])
            list += qint64(number);
    return list;
}

/// What has one of the ways of each word, ascending.
Expected<QList<qint64>> CatalogueFile::numbersOfAll(Where where, const QList<QStringList> &words)
{
    std::optional<QList<qint64>> common;
    const auto keep = [&common](const QList<qint64> &some) {
        common ? keepCommon(*common, some) : void(common = some);
    };
    QStringList together;
    for (const QStringList &ways : words) {
        if (ways.size() <= WaysAtOnce) {
            together += anyOf(ways);
            continue;
        }
        const auto some = numbersOfAny(where, ways);
        if (!some)
            return some.error();
        keep(*some);
    }
    if (!together.isEmpty()) {
        const auto some = numbers(where, together.join(And));
        if (!some)
            return some.error();
        keep(*some);
    }
    return common.value_or(QList<qint64>());
}

Expected<QList<qint64>> CatalogueFile::ranked(const QString &expression)
{
    Expected<Rows> rows =
        m_database->ask(QStringLiteral("SELECT group_concat(rowid) FROM (SELECT rowid FROM words"
                                       " WHERE words MATCH ? ORDER BY bm25(words, 10, 4, 2, 1))"),
                        {expression});
    return rows ? numbersIn(*rows) : Expected<QList<qint64>>(rows.error());
}

/// A single letter begins words of most recipes, and FTS5 needs a tenth of a second to name 100,000
/// of them: those are remembered until words change. Nothing for letters that find few.
Expected<const CatalogueFile::Hits *> CatalogueFile::letter(const QString &word)
{
    if (word.size() != 1 || m_cards.size() <= ManyHits)
        return nullptr;
    auto known = m_letters.find(word);
    if (known == m_letters.end()) {
        const QStringList ways = waysOf(word);
        const auto anywhere = numbersOfAny(Where::Anywhere, ways);
        const auto inTitle = numbersOfAny(Where::Titles, ways);
        if (!anywhere || !inTitle)
            return anywhere ? inTitle.error() : anywhere.error();
        known = m_letters.emplace(word, Hits{*anywhere, *inTitle}).first;
    }
    return known->second.anywhere.size() > ManyHits ? &known->second : nullptr;
}

Expected<bool> CatalogueFile::learnLetter()
{
    if (m_cards.size() <= ManyHits || m_letters.size() >= MostLetters)
        return false;
    for (qsizetype at = m_allWords.indexOf(u'\n'); at >= 0; at = m_allWords.indexOf(u'\n', at + 1))
        if (const QString first = m_allWords.mid(at + 1, 1);
            !first.isEmpty() && !m_letters.contains(first)) {
            const auto learned = letter(first);
            return learned ? Expected(true) : learned.error();
        }
    return false;
}

Expected<recipes::Findings> CatalogueFile::find(const QString &text)
{
    recipes::Findings findings{text, {}, 0, false};
    QList<QStringList> ways;
    QList<const Hits *> letters;
    const QStringList words = recipes::searchWords(text).mid(0, MostWords);
    for (const QString &word : words) {
        const auto known = letter(word);
        if (!known)
            return known.error();
        if (*known)
            letters += *known;
        else
            ways += waysOf(word);
    }
    if (words.isEmpty())
        return findings;
    return ways.isEmpty() ? findLetters(findings, letters) : findWords(findings, ways, letters);
}

recipes::Findings CatalogueFile::findLetters(recipes::Findings findings,
                                             const QList<const Hits *> &letters) const
{
    Hits hits = *letters.constFirst();
    for (const Hits *letter : letters) {
        keepCommon(hits.anywhere, letter->anywhere);
        keepCommon(hits.inTitle, letter->inTitle);
    }
    list(hits, findings);
    return findings;
}

/// By merit where few are found; a single letter says nothing of that.
Expected<recipes::Findings> CatalogueFile::findWords(recipes::Findings findings,
                                                     const QList<QStringList> &words,
                                                     const QList<const Hits *> &letters)
{
    auto hits = numbersOfAll(Where::Anywhere, words);
    if (!hits)
        return hits.error();
    QStringList parts;
    qsizetype ways = 0;
    for (const QStringList &each : words) {
        parts += anyOf(each);
        ways += each.size();
    }
    const QString all = parts.join(And);
    const bool canRank = hits->size() * ways <= MostWeighed;
    for (const Hits *letter : letters)
        keepCommon(*hits, letter->anywhere);
    findings.isRanked = canRank && hits->size() <= MostRanked;
    auto titles = findings.isRanked ? ranked(QStringLiteral("title : (") + all + u')')
                                    : numbersOfAll(Where::Titles, words);
    auto inOrder = findings.isRanked ? ranked(all) : hits;
    if (!titles || !inOrder)
        return titles ? inOrder.error() : titles.error();
    for (const Hits *letter : letters) {
        keepCommon(*titles, letter->inTitle);
        if (findings.isRanked)
            keepCommon(*inOrder, letter->anywhere);
    }
    list({*inOrder, *titles}, findings);
    return findings;
}

/// Those with every word in the title, then the others.
void CatalogueFile::list(const Hits &hits, recipes::Findings &findings) const
{
    findings.inTitle = hits.inTitle.size();
    findings.recipes.reserve(hits.anywhere.size());
    std::vector<bool> isListed(m_ids.size(), false);
    for (const QList<qint64> &some : {hits.inTitle, hits.anywhere})
        for (const qint64 number : some)
            if (size_t(number) < isListed.size() && !isListed[size_t(number)]) {
                isListed[size_t(number)] = true;
                findings.recipes += m_ids[size_t(number)];
            }
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
