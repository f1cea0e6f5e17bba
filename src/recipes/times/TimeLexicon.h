// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/times/TimeTokens.h"
#include "recipes/times/words/TimeWords.h"

#include <QHash>
#include <QStringView>

namespace simmer::recipes {

/// What a word does in a phrase about time.
enum class TimeRole {
    Other,
    Number,
    Multiplier,
    One,
    Fraction,
    Addition,
    Unit,
    To,
    Or,
    Plus,
    Between,
    Filler,
    Clock,
    Cancel,
    Comma,
    Dash,
    Slash,
};

/// A word of the text together with its role: what the grammar reads.
struct TimeTerm {
    TimeRole role = TimeRole::Other;
    double value = 0; ///< of a number or fraction; a unit's seconds
    UnitUse use = UnitUse::Counted;
    bool figure = false;     ///< written in digits
    bool fraction = false;   ///< "1/2" or "½", which may follow a whole figure
    int above = 0;           ///< the numerator where it was written with a slash
    bool endsClause = false; ///< a mark or the end of the text follows
    bool beforeWord = false; ///< a word follows
    bool spaceBefore = false;
    bool spaceAfter = false;
    int start = 0; ///< in UTF-16 units
    int end = 0;
};

/// Seconds by the folded names of units that any language has.
using UnitsAbroad = QHash<QString, int>;

/// One language's words, ready for look-up. Built once, then never changed.
class TimeLexicon
{
public:
    explicit TimeLexicon(const TimeWords &words);

    const TimeWords &words() const { return m_words; }
    /// The roles of all tokens; longest phrases first, then units abroad, what is
    /// unknown as Other.
    QList<TimeTerm> terms(const QList<TimeToken> &tokens, const UnitsAbroad &abroad = {}) const;
    /// The single words of all phrases, by which a language is recognized.
    QStringList vocabulary() const;

private:
    struct Meaning {
        TimeRole role = TimeRole::Other;
        double value = 0;
        UnitUse use = UnitUse::Counted;
        bool abbreviation = false;
        bool complete = false; ///< false where a phrase only begins
    };
    struct Match {
        Meaning meaning;
        qsizetype tokens = 0;
    };

    void add(QStringView phrases, const Meaning &meaning);
    void addKey(const QString &key, const Meaning &meaning);
    void addPhrase(const QString &phrase, const Meaning &meaning);
    void addCounting();
    void addComposedNumbers();
    void addComposed(const QString &one, const QString &ten, const Meaning &meaning);
    void addHalves();
    QStringList wordsFor(double value) const;
    static TimeTerm termOf(const Meaning &meaning);
    static TimeTerm termOf(const TimeToken &token, bool behindUnit, const UnitsAbroad &abroad);
    Match longestMatch(const QList<TimeToken> &tokens, qsizetype at) const;

    const TimeWords &m_words;
    QStringList m_common;
    QHash<QString, Meaning> m_meanings;
};

} // namespace simmer::recipes
