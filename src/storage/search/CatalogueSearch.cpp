// SPDX-License-Identifier: GPL-3.0-or-later
// How the catalogue is searched; CatalogueFile.cpp keeps it up to date.
#include "recipes/SearchWords.h"
#include "storage/Database.h"
#include "storage/search/CatalogueFile.h"

#include <algorithm>
#include <optional>

namespace simmer::storage {

namespace {

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

} // namespace simmer::storage
