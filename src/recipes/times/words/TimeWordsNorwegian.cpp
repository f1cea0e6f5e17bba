// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &norwegianTimeWords()
{
    static const TimeWords words{
        .languages = u"no, nb, nn",
        .common = u"og i på med av til en et ca cirka det den som for la minutter til ovn ovnen "
                  u"vann salt kok stek rør hell tilsett ned opp heve trekke under legg grader smør "
                  u"eller over er minst ytterligere ved ikke deigen ha",
        .one = u"en, et, ei, én, ett, e",
        .numbers = {{1, u"en, ett, én, ei"},
                    {1.5, u"halvannen, halvannet"},
                    {2, u"to"},
                    {3, u"tre"},
                    {4, u"fire"},
                    {5, u"fem"},
                    {6, u"seks"},
                    {7, u"sju, syv"},
                    {8, u"åtte"},
                    {9, u"ni"},
                    {10, u"ti"},
                    {11, u"elleve"},
                    {12, u"tolv"},
                    {13, u"tretten"},
                    {14, u"fjorten"},
                    {15, u"femten"},
                    {16, u"seksten"},
                    {17, u"sytten"},
                    {18, u"atten"},
                    {19, u"nitten"},
                    {20, u"tjue, tyve"},
                    {30, u"tretti, tredve"},
                    {40, u"førti"},
                    {50, u"femti"},
                    {60, u"seksti"},
                    {70, u"sytti"},
                    {80, u"åtti"},
                    {90, u"nitti"}},
        .multipliers = {{100, u"hundre"}},
        .tensBeforeOnes = true,
        .fractions = {{0.5, u"halv, halvt, halve"}, {0.25, u"kvart"}, {0.75, u"trekvart"}},
        .units = {{1, UnitUse::Counted, u"sekund, sekunder, sek., sekundar"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted, u"minutt, minutter, min., minutters, minuttar"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"time, timer, timers, times, timar", Abroad::Homograph},
                  {3600, UnitUse::AfterFigure, u"t, t., h", Abroad::Homograph},
                  {900, UnitUse::Counted, u"kvarter"},
                  {86400, UnitUse::Counted, u"dag, dager, døgn, dagar"},
                  {604800, UnitUse::Counted, u"uke, uker, veke, veker", Abroad::Homograph}},
        .to = u"til, à, a, opp til",
        .orElse = u"eller",
        .plus = u"og, &, plus, samt",
        .between = u"mellom",
        .fillers = u"ytterligere, hel, hele, gode, god, godt, ekstra, lange, mer, siste, flere",
        .clock = u"kl, klokken, klokka",
        .cancels = u"gammel, gammelt, gamle",
        .others = u"et par, ganger om, gang om, ganger i",
    };
    return words;
}

} // namespace simmer::recipes
