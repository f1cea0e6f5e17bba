// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &swedishTimeWords()
{
    static const TimeWords words{
        .languages = u"sv",
        .common = u"och i på med av till en ett ca cirka det den som för låt minuter tills ugn "
                  u"ugnen vatten salt koka stek rör häll tillsätt ner upp vispa jäsa sjud under "
                  u"lägg mitten grader smör eller över är minst ytterligare",
        .one = u"en, ett, et, ytterligare en, ytterligare ett, enkel",
        .numbers = {{1, u"en, ett"},  {2, u"två"},      {3, u"tre"},     {4, u"fyra"},
                    {5, u"fem"},      {6, u"sex"},      {7, u"sju"},     {8, u"åtta"},
                    {9, u"nio"},      {10, u"tio"},     {11, u"elva"},   {12, u"tolv"},
                    {13, u"tretton"}, {14, u"fjorton"}, {15, u"femton"}, {16, u"sexton"},
                    {17, u"sjutton"}, {18, u"arton"},   {19, u"nitton"}, {20, u"tjugo"},
                    {30, u"trettio"}, {40, u"fyrtio"},  {50, u"femtio"}, {60, u"sextio"},
                    {70, u"sjuttio"}, {80, u"åttio"},   {90, u"nittio"}},
        .multipliers = {{100, u"hundra"}},
        .tensBeforeOnes = true,
        .fractions = {{0.5, u"halv, halva"}, {0.75, u"trekvarts"}, {0.25, u"kvarts"}},
        .units = {{1, UnitUse::Counted, u"sekund, sekunder, sek., sekunderna"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted, u"minut, minuter, min., minuters, minuterna"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"timme, timmar, timmes, timmars, timma, timmarna"},
                  {3600, UnitUse::Counted, u"tim.", Abroad::Homograph},
                  {3600, UnitUse::AfterFigure, u"h, t", Abroad::Homograph},
                  {1800, UnitUse::Alone, u"halvtimme, halvtimmes, halvtimma"},
                  {900, UnitUse::Counted, u"kvart"},
                  {2700, UnitUse::Alone, u"trekvart"},
                  {86400, UnitUse::Counted, u"dag, dagar, dygn, dagars"},
                  {604800, UnitUse::Counted, u"vecka, veckor"}},
        .to = u"till, à, a, upp till",
        .orElse = u"eller, alt",
        .plus = u"och, &, plus, samt",
        .between = u"mellan",
        .fillers = u"ytterligare, hel, hela, bra, god, goda, extra, långa, fler, mer, sista",
        .clock = u"kl, klockan",
        .cancels = u"gammal, gammalt, gamla",
        .others = u"ett par, en gång om, gånger per, gånger om",
    };
    return words;
}

} // namespace simmer::recipes
