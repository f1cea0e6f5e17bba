// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimeLanguages.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace simmer::recipes {

namespace {

/// Names shorter than this mean too many things across languages.
constexpr qsizetype ShortestNameAbroad = 3;

using LanguageMask = quint32;

/// All lexicons, and which of them knows a word.
struct Languages {
    std::vector<std::unique_ptr<TimeLexicon>> lexicons;
    QHash<QString, LanguageMask> knownBy;

    Languages()
    {
        for (const TimeWords *words : allTimeWords()) {
            const LanguageMask bit = LanguageMask(1) << lexicons.size();
            lexicons.push_back(std::make_unique<TimeLexicon>(*words));
            const QStringList vocabulary = lexicons.back()->vocabulary();
            for (const QString &word : vocabulary)
                knownBy[word] |= bit;
        }
    }
};

const Languages &languages()
{
    static const Languages all;
    return all;
}

/// Only distances count here: how many words of the text each language knows.
std::vector<int> familiarWords(const QList<TimeToken> &tokens)
{
    const Languages &all = languages();
    std::vector<int> familiar(all.lexicons.size());
    for (const TimeToken &token : tokens) {
        const LanguageMask mask =
            token.kind == TimeToken::Kind::Word ? all.knownBy.value(token.folded) : LanguageMask(0);
        for (size_t i = 0; mask >> i; ++i)
            familiar[i] += mask >> i & 1;
    }
    return familiar;
}

/// The place of the language with this tag, or that of none.
size_t hinted(QStringView hint)
{
    const Languages &all = languages();
    const QString tag = hint.left(hint.indexOf(u'-')).toString().toLower();
    for (size_t i = 0; i < all.lexicons.size(); ++i) {
        const QString tags = all.lexicons[i]->words().languages.toString();
        if (tags.split(QStringLiteral(", ")).contains(tag))
            return i;
    }
    return all.lexicons.size();
}

UnitsAbroad namesAbroad()
{
    UnitsAbroad names;
    for (const TimeWords *words : allTimeWords()) {
        for (const TimeWords::Unit &unit : words->units) {
            if (unit.abroad == Abroad::Homograph)
                continue;
            const QStringList phrases = unit.phrases.toString().split(QStringLiteral(", "));
            for (const QString &phrase : phrases) {
                QString folded = foldedWord(phrase);
                folded = folded.endsWith(u'.') ? folded.chopped(1) : folded;
                if (folded.size() < ShortestNameAbroad || folded.contains(u' '))
                    continue;
                names.insert(folded, unit.seconds);
                names.insert(withoutAccents(folded), unit.seconds);
            }
        }
    }
    return names;
}

} // namespace

const QList<const TimeWords *> &allTimeWords()
{
    static const QList<const TimeWords *> all{
        &englishTimeWords(),   &germanTimeWords(),     &frenchTimeWords(),    &spanishTimeWords(),
        &italianTimeWords(),   &portugueseTimeWords(), &dutchTimeWords(),     &swedishTimeWords(),
        &danishTimeWords(),    &norwegianTimeWords(),  &czechTimeWords(),     &polishTimeWords(),
        &hungarianTimeWords(), &russianTimeWords(),    &turkishTimeWords(),   &japaneseTimeWords(),
        &finnishTimeWords(),   &romanianTimeWords(),   &ukrainianTimeWords(), &greekTimeWords(),
        &chineseTimeWords(),   &koreanTimeWords(),
    };
    return all;
}

const TimeLexicon &lexiconFor(const QList<TimeToken> &tokens, QStringView hint)
{
    const Languages &all = languages();
    const std::vector<int> familiar = familiarWords(tokens);
    const auto best = std::max_element(familiar.begin(), familiar.end());
    const size_t wanted = hinted(hint);
    // The hint yields only to a language that knows half as many words more.
    const bool hintFits = wanted < familiar.size() && familiar[wanted] * 3 >= *best * 2;
    return *all.lexicons[hintFits ? wanted : size_t(best - familiar.begin())];
}

const UnitsAbroad &unitsAbroad()
{
    static const UnitsAbroad names = namesAbroad();
    return names;
}

} // namespace simmer::recipes
