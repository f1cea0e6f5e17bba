// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &englishTimeWords()
{
    static const TimeWords words{
        .languages = u"en",
        .common = u"the and with in for to of until into on then add over heat from it is as at "
                  u"or if pan oven bowl water salt cook bake stir mix time times timer let place "
                  u"remove serve simmer boil at least about each side chill rest cool minimum "
                  u"through up out are be this that your you",
        .one = u"a, an, another",
        .numbers = {{1, u"one"},        {2, u"two"},
                    {3, u"three"},      {4, u"four"},
                    {5, u"five"},       {6, u"six"},
                    {7, u"seven"},      {8, u"eight"},
                    {9, u"nine"},       {10, u"ten"},
                    {11, u"eleven"},    {12, u"twelve"},
                    {13, u"thirteen"},  {14, u"fourteen"},
                    {15, u"fifteen"},   {16, u"sixteen"},
                    {17, u"seventeen"}, {18, u"eighteen"},
                    {19, u"nineteen"},  {20, u"twenty"},
                    {30, u"thirty"},    {40, u"forty, fourty"},
                    {50, u"fifty"},     {60, u"sixty"},
                    {70, u"seventy"},   {80, u"eighty"},
                    {90, u"ninety"},    {12, u"dozen"}},
        .multipliers = {{100, u"hundred"}},
        .fractions = {{0.5, u"half, halves"}, {0.25, u"quarter, quarters"}},
        .units = {{1, UnitUse::Counted, u"sec., secs., seconds"},
                  {1, UnitUse::Ordinal, u"second"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {1, UnitUse::InSum, u"″"},
                  {60, UnitUse::Counted, u"minute, minutes, min., mins., minuts"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"hour, hours, hr., hrs."},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {86400, UnitUse::Counted, u"day, days"},
                  {604800, UnitUse::Counted, u"week, weeks, wk., wks."}},
        .to = u"to, up to, and up to",
        .orElse = u"or, or up to, or even, and/or",
        .plus = u"and, &, plus",
        .between = u"between, anywhere between",
        .fillers = u"more, further, additional, extra, full, whole, entire, final, last, good, "
                   u"long, solid, total, other, of, or so, or more, +",
        .cancels = u"old, steak, steaks, meal, meals, recipe, recipes, clock, clocks, rice, oats",
        .others = u"once a, twice a, times a, time a, per, second hand, half and half",
    };
    return words;
}

} // namespace simmer::recipes
