// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &romanianTimeWords()
{
    static const TimeWords words{
        .languages = u"ro, mo",
        .common = u"și la se în cu de pe din o un pentru până minute cuptor sare apă adăugați "
                  u"aproximativ sau cam amestecați lăsați foc apoi minut circa ceapă ulei fierbeți "
                  u"coaceți încă într dacă",
        .one = u"un, o, unei, unui, încă un, încă o",
        .numbers = {{1, u"una, unu"},
                    {2, u"doi, două"},
                    {3, u"trei"},
                    {4, u"patru"},
                    {5, u"cinci"},
                    {6, u"șase, şase"},
                    {7, u"șapte, şapte"},
                    {8, u"opt"},
                    {9, u"nouă"},
                    {10, u"zece"},
                    {11, u"unsprezece"},
                    {12, u"doisprezece, douăsprezece, doișpe"},
                    {13, u"treisprezece"},
                    {14, u"paisprezece, patrusprezece"},
                    {15, u"cincisprezece"},
                    {16, u"șaisprezece, şaisprezece"},
                    {17, u"șaptesprezece, şaptesprezece"},
                    {18, u"optsprezece"},
                    {19, u"nouăsprezece"},
                    {20, u"douăzeci"},
                    {30, u"treizeci"},
                    {40, u"patruzeci"},
                    {50, u"cincizeci"},
                    {60, u"șaizeci"},
                    {70, u"șaptezeci"},
                    {80, u"optzeci"},
                    {90, u"nouăzeci"}},
        .multipliers = {{100, u"sută"}},
        .fractions = {{0.5, u"jumătate, jumatate"}, {0.25, u"sfert, sferturi"}},
        .units = {{1, UnitUse::Counted, u"secundă, secunde, sec., secunda"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted, u"minut, minute, min., minutul, minutele"},
                  {60, UnitUse::AfterFigure, u"m, ′, '"},
                  {3600, UnitUse::Counted, u"oră, ore, ora", Abroad::Homograph},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {86400, UnitUse::Counted, u"zi, zile"},
                  {604800, UnitUse::Counted, u"săptămână, săptămâni, săptămânile"}},
        .to = u"până la, la, pana la",
        .orElse = u"sau, ori",
        .plus = u"și, şi, &, cu",
        .between = u"între",
        .fillers = u"de, încă, bune, întregi, bune de",
        .clock = u"la ora",
        .cancels = u"vechi",
        .others = u"o dată, pe zi",
    };
    return words;
}

} // namespace simmer::recipes
