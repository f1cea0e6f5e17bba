// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &finnishTimeWords()
{
    static const TimeWords words{
        .languages = u"fi",
        .common = u"ja on se ei että noin kunnes anna minuuttia uunissa vesi suola lisää sekoita "
                  u"keitä paista kuumenna asteessa sitten päälle voi öljy pannulla vähintään vielä "
                  u"välillä kypsennä taikina kohota hauduta kattilassa tai kun myös",
        .one = u"yhden, yksi, toinen, toisen",
        .numbers = {{1, u"yksi, yhden"},
                    {1.5, u"puolitoista, puolentoista"},
                    {2, u"kaksi, kahden"},
                    {3, u"kolme, kolmen"},
                    {4, u"neljä, neljän"},
                    {5, u"viisi, viiden"},
                    {6, u"kuusi, kuuden"},
                    {7, u"seitsemän"},
                    {8, u"kahdeksan"},
                    {9, u"yhdeksän"},
                    {10, u"kymmenen"},
                    {11, u"yksitoista, yhdentoista"},
                    {12, u"kaksitoista, kahdentoista"},
                    {13, u"kolmetoista, kolmentoista"},
                    {14, u"neljätoista, neljäntoista"},
                    {15, u"viisitoista, viidentoista"},
                    {16, u"kuusitoista, kuudentoista"},
                    {17, u"seitsemäntoista"},
                    {18, u"kahdeksantoista"},
                    {19, u"yhdeksäntoista"},
                    {20, u"kaksikymmentä, kahdenkymmenen"},
                    {30, u"kolmekymmentä, kolmenkymmenen"},
                    {40, u"neljäkymmentä, neljänkymmenen"},
                    {50, u"viisikymmentä, viidenkymmenen"},
                    {60, u"kuusikymmentä, kuudenkymmenen"},
                    {70, u"seitsemänkymmentä, seitsemänkymmenen"},
                    {80, u"kahdeksankymmentä, kahdeksankymmenen"},
                    {90, u"yhdeksänkymmentä, yhdeksänkymmenen"}},
        .tensBeforeOnes = true,
        .fractions = {{0.5, u"puoli, puolen"}, {0.25, u"neljännes"}, {0.75, u"kolme varttia"}},
        .units = {{1, UnitUse::Counted, u"sekunti, sekuntia, sekunnin, sek., sekunniksi"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted,
                   u"minuutti, minuuttia, minuutin, min., minuutiksi, minuutissa"},
                  {60, UnitUse::Alone, u"minuutiksi, minuutin"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"tunti, tuntia, tuntiin, tunnissa"},
                  {3600, UnitUse::Alone, u"tunnin, tunniksi"},
                  {3600, UnitUse::AfterFigure, u"t, h"},
                  {1800, UnitUse::Alone, u"puolituntia, puolituntinen"},
                  {900, UnitUse::Counted, u"vartti, varttia, vartin"},
                  {86400, UnitUse::Counted,
                   u"päivä, päivää, päivän, vuorokausi, vuorokautta, vuorokauden, vrk"},
                  {604800, UnitUse::Counted, u"viikko, viikkoa, viikon"}},
        .orElse = u"tai",
        .plus = u"ja, &",
        .fillers = u"vielä, noin, täyttä, kokonaista",
        .clock = u"kello, klo",
        .cancels = u"vanha, vanhaa",
        .others = u"joka tunti",
    };
    return words;
}

} // namespace simmer::recipes
