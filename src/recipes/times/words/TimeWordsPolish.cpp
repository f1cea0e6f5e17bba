// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &polishTimeWords()
{
    static const TimeWords words{
        .languages = u"pl",
        .common = u"i w na do z po się przez około ok aż oraz lub minut dodaj dodać piec gotować "
                  u"odstawić wodę sól piekarnika piekarniku następnie od smażyć ciasto wymieszać "
                  u"stopni jest co za jeszcze razem tak aby",
        .one = u"jeden, jedna, jedną, jednej, jednego, kolejną, kolejna",
        .numbers = {{1.5, u"półtora, półtorej"},
                    {2, u"dwa, dwie, dwóch"},
                    {3, u"trzy, trzech"},
                    {4, u"cztery, czterech"},
                    {5, u"pięć, pięciu"},
                    {6, u"sześć, sześciu"},
                    {7, u"siedem, siedmiu"},
                    {8, u"osiem, ośmiu"},
                    {9, u"dziewięć, dziewięciu"},
                    {10, u"dziesięć, dziesięciu"},
                    {11, u"jedenaście, jedenastu"},
                    {12, u"dwanaście, dwunastu"},
                    {13, u"trzynaście, trzynastu"},
                    {14, u"czternaście, czternastu"},
                    {15, u"piętnaście, piętnastu"},
                    {16, u"szesnaście, szesnastu"},
                    {17, u"siedemnaście, siedemnastu"},
                    {18, u"osiemnaście, osiemnastu"},
                    {19, u"dziewiętnaście, dziewiętnastu"},
                    {20, u"dwadzieścia, dwudziestu"},
                    {30, u"trzydzieści, trzydziestu"},
                    {40, u"czterdzieści, czterdziestu"},
                    {50, u"pięćdziesiąt, pięćdziesięciu"},
                    {60, u"sześćdziesiąt, sześćdziesięciu"},
                    {70, u"siedemdziesiąt"},
                    {80, u"osiemdziesiąt"},
                    {90, u"dziewięćdziesiąt"}},
        .multipliers = {{100, u"sto"}},
        .fractions = {{0.5, u"pół"}, {0.25, u"ćwierć"}, {0.75, u"trzy czwarte"}},
        .units = {{1, UnitUse::Counted, u"sekunda, sekundy, sekund, sek."},
                  {1, UnitUse::Alone, u"sekundę"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted,
                   u"minuta, minuty, minut, minutach, min., minutowy, minutowe"},
                  {60, UnitUse::Alone, u"minutę, minutkę"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"godzina, godziny, godzin, godzinach, godz."},
                  {3600, UnitUse::Alone, u"godzinę, godzinkę"},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {1800, UnitUse::Alone, u"półgodziny, półgodzinie"},
                  {900, UnitUse::Alone, u"kwadrans"},
                  {900, UnitUse::Counted, u"kwadranse, kwadransów"},
                  {86400, UnitUse::Counted, u"dzień, dni, dnia, doba, doby, dób"},
                  {86400, UnitUse::Alone, u"dobę"},
                  {604800, UnitUse::Counted, u"tydzień, tygodnie, tygodni, tygodnia"}},
        .to = u"do, aż do, a",
        .orElse = u"lub, albo, czy",
        .plus = u"i, oraz, &",
        .between = u"między, pomiędzy",
        .fillers = u"kolejne, kolejnych, dobre, dobrych, całe, całą, całych, dodatkowe, "
                   u"dodatkowych, ostatnie, ostatnich, następne, następnych, pełne, pełnych",
        .clock = u"o, godzinie",
        .cancels = u"stary, stare, stara",
        .others = u"co godzinę, co minutę, każdą minutę, ostatnią minutę, na godzinę przed",
    };
    return words;
}

} // namespace simmer::recipes
