// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/Catalogue.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace simmer::storage {

class Database;
struct Schema;

/// The catalogue in one SQLite file (FTS5). It can be made again from the log at any time, so what
/// is damaged or of a newer version is thrown away. Belongs to one thread.
class CatalogueFile
{
public:
    /// Above this many findings nobody looks for the best one: they are not ranked, which would
    /// cost some microseconds each.
    static constexpr qsizetype MostRanked = 300;
    /// What finds more is slow to name.
    static constexpr qsizetype ManyHits = 5000;

    /// DIR/library.db. Errors: as Database::open.
    static Expected<std::unique_ptr<CatalogueFile>> open(const QString &directory);
    ~CatalogueFile();
    Q_DISABLE_COPY_MOVE(CatalogueFile)

    static Schema schema();
    static QString fileIn(const QString &directory);
    /// Throws it away, to be made again.
    static void discard(const QString &directory);

    /// Reads all entries, handed on some thousand at a time; before anything else.
    Outcome load(const std::function<void(const QList<recipes::Entry> &)> &handOn);
    /// Brings these up to date in one commit; what is so already costs nothing but a look. Returns
    /// whether anything was not.
    Expected<bool> put(const QList<recipes::Recipe> &recipes,
                       const QList<recipes::Origin> &origins);
    Expected<bool> remove(const QList<RecipeId> &recipes);
    /// Those that are here and not among `recipes`.
    QList<RecipeId> missingIn(const QList<RecipeId> &recipes) const;
    Expected<recipes::Findings> find(const QString &text);
    /// In spare time: makes the search for one more letter ready, where there are many recipes;
    /// false when all are.
    Expected<bool> learnLetter();
    /// Joins some of the index's pieces, so that searching stays fast; false when none are left.
    Expected<bool> tidy();

private:
    struct Card {
        qint64 number = 0;
        qint64 wordsPrint = 0;
        qint64 entryPrint = 0;
    };

    /// Numbers of recipes; ascending, unless by merit.
    struct Hits {
        QList<qint64> anywhere;
        QList<qint64> inTitle;
    };

    explicit CatalogueFile(std::unique_ptr<Database> database);

    static Expected<std::unique_ptr<CatalogueFile>> openSound(const QString &path);
    Outcome loadVocabulary();
    Expected<bool> putOne(const recipes::Recipe &recipe, const recipes::Origin &origin);
    void name(qint64 number, const RecipeId &recipe);
    Outcome index(qint64 number, const recipes::Recipe &recipe);
    Outcome learn(const QString &words);
    QStringList waysOf(const QString &word) const;
    QStringList wordsAround(const QString &part) const;
    Expected<const Hits *> letter(const QString &word);
    recipes::Findings findLetters(recipes::Findings findings,
                                  const QList<const Hits *> &letters) const;
    Expected<recipes::Findings> findWords(recipes::Findings findings,
                                          const QList<QStringList> &words,
                                          const QList<const Hits *> &letters);
    void list(const Hits &hits, recipes::Findings &findings) const;
    enum class Where { Anywhere, Titles };
    Expected<QList<qint64>> numbers(Where where, const QString &expression);
    Expected<QList<qint64>> numbersOfAny(Where where, const QStringList &ways);
    Expected<QList<qint64>> numbersOfAll(Where where, const QList<QStringList> &words);
    Expected<QList<qint64>> ranked(const QString &expression);

    std::unique_ptr<Database> m_database;
    QHash<RecipeId, Card> m_cards;
    std::vector<RecipeId> m_ids;       ///< by number; null for none
    std::map<QString, Hits> m_letters; ///< that were searched for since words changed
    QSet<QString> m_vocabulary;
    QString m_allWords; ///< the vocabulary, each after a line's end: to look inside of words
};

} // namespace simmer::storage
