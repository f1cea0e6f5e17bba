// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

namespace simmer::recipes {

/// How a word for a length of time may stand in a sentence.
enum class UnitUse {
    Counted,     ///< needs a number or an article: "five minutes", "a minute"
    AfterFigure, ///< means a time only behind figures: "5 m"
    Alone,       ///< is a length by itself: "Viertelstunde", "полчаса"
    Ordinal,     ///< also means "2nd": an article is not enough ("a second bowl")
    Inverted, ///< counted, or with the number behind it, as Russian says "about": "минут 10"
    InSum,    ///< only behind a larger unit: the ″ of 5′30″, which else are inches
};

/// Whether a unit is still known when the text is taken for another language.
enum class Abroad {
    Known,
    Homograph, ///< means something else elsewhere: Danish "time" is an hour
};

/// What a language says about time: words only, all rules are in the finder. Phrases are separated
/// by commas; letter case doesn't matter, and accents only where a word without them is a frequent
/// one ("pięć" is five, "piec" is to bake). A phrase that ends in "." is an abbreviation.
struct TimeWords {
    struct Number {
        double value;
        QStringView phrases;
    };
    struct Unit {
        int seconds;
        UnitUse use;
        QStringView phrases;
        Abroad abroad = Abroad::Known;
    };

    QStringView languages = {};      ///< BCP 47 primary tags
    QStringView common = {};         ///< frequent words, by which the language is recognized
    QStringView one = {};            ///< articles and the like that count as 1: "a", "another"
    QList<Number> numbers = {};      ///< cardinals; units 1–9 and tens are composed
    QList<Number> multipliers = {};  ///< what a smaller number before them multiplies: "hundred"
    QStringView onesBeforeTens = {}; ///< what joins "fünf" + "zwanzig" to one word
    bool tensBeforeOnes = false;     ///< whether "tjugo" + "fem" make one word
    QStringView halfEnding = {};     ///< what makes "zwei" two and a half: "einhalb"
    QList<Number> fractions = {};    ///< before a unit or after "and": "half", "quarter"
    QList<Number> additions = {};    ///< added to the number or unit before them: "einhalb", "半"
    QList<Unit> units = {};
    QStringView to = {};          ///< between the ends of a range
    QStringView orElse = {};      ///< between alternatives, which are a range too
    QStringView plus = {};        ///< joins a sum: "and"
    QStringView between = {};     ///< announces a range whose ends `plus` joins
    QStringView fillers = {};     ///< may stand between number and unit: "more", "of"
    QStringView clock = {};       ///< what follows is a time of day
    QStringView cancels = {};     ///< behind a time, it names a thing: "old", "steak"
    QStringView others = {};      ///< phrases with words from above that mean something else
    bool orIsApproximate = false; ///< "a minute or 10" means about ten (Dutch)
};

const TimeWords &englishTimeWords();
const TimeWords &germanTimeWords();
const TimeWords &frenchTimeWords();
const TimeWords &spanishTimeWords();
const TimeWords &italianTimeWords();
const TimeWords &portugueseTimeWords();
const TimeWords &dutchTimeWords();
const TimeWords &swedishTimeWords();
const TimeWords &danishTimeWords();
const TimeWords &norwegianTimeWords();
const TimeWords &czechTimeWords();
const TimeWords &polishTimeWords();
const TimeWords &hungarianTimeWords();
const TimeWords &russianTimeWords();
const TimeWords &turkishTimeWords();
const TimeWords &japaneseTimeWords();
const TimeWords &finnishTimeWords();
const TimeWords &romanianTimeWords();
const TimeWords &ukrainianTimeWords();
const TimeWords &greekTimeWords();
const TimeWords &chineseTimeWords();
const TimeWords &koreanTimeWords();

} // namespace simmer::recipes
