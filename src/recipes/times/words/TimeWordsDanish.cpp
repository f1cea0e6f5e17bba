// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &danishTimeWords()
{
    static const TimeWords words{
        .languages = u"da",
        .common = u"og i på med af til en et ca cirka det den som for lad minutter indtil ovn "
                  u"ovnen vand salt kog steg rør hæld tilsæt ned op hæve simre under læg grader "
                  u"smør eller over er mindst yderligere ved ikke dejen",
        .one = u"en, et, én, ét, endnu en, endnu et",
        .numbers = {{1, u"en, et"},      {2, u"to"},
                    {3, u"tre"},         {4, u"fire"},
                    {5, u"fem"},         {6, u"seks"},
                    {7, u"syv"},         {8, u"otte"},
                    {9, u"ni"},          {10, u"ti"},
                    {11, u"elleve"},     {12, u"tolv"},
                    {13, u"tretten"},    {14, u"fjorten"},
                    {15, u"femten"},     {16, u"seksten"},
                    {17, u"sytten"},     {18, u"atten"},
                    {19, u"nitten"},     {20, u"tyve"},
                    {30, u"tredive"},    {40, u"fyrre"},
                    {50, u"halvtreds"},  {60, u"tres"},
                    {70, u"halvfjerds"}, {80, u"firs"},
                    {90, u"halvfems"},   {1.5, u"halvanden, halvandet"}},
        .multipliers = {{100, u"hundrede"}},
        .onesBeforeTens = u"og",
        .fractions = {{0.5, u"halv, halvt, halve"}, {0.25, u"kvart"}, {0.75, u"trekvart"}},
        .units = {{1, UnitUse::Counted, u"sekund, sekunder, sek."},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted, u"minut, minutter, min., minutters"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"time, timer, timers, times", Abroad::Homograph},
                  {3600, UnitUse::AfterFigure, u"t, t., h", Abroad::Homograph},
                  {900, UnitUse::Counted, u"kvarter"},
                  {86400, UnitUse::Counted, u"dag, dage, døgn"},
                  {604800, UnitUse::Counted, u"uge, uger"}},
        .to = u"til, à, a, op til",
        .orElse = u"eller",
        .plus = u"og, &, plus, samt",
        .between = u"mellem",
        .fillers = u"yderligere, hel, hele, gode, god, godt, ekstra, lange, mere, sidste, flere",
        .clock = u"kl, klokken",
        .cancels = u"gammel, gammelt, gamle",
        .others = u"et par, gange om, gang om, gange i",
    };
    return words;
}

} // namespace simmer::recipes
