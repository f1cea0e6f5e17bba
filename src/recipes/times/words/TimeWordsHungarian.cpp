// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &hungarianTimeWords()
{
    static const TimeWords words{
        .languages = u"hu",
        .common = u"a az és egy hogy majd kb körülbelül nem is meg fokon perc percig sütőben "
                  u"hozzáadjuk sütjük főzzük vízzel só tegyük keverjük legalább további még amíg "
                  u"után alatt rá bele el fel sütő félretesszük hagyjuk pihenni",
        .one = u"egy, további egy, még egy",
        .numbers = {{1, u"egy"},
                    {2, u"két, kettő"},
                    {3, u"három"},
                    {4, u"négy"},
                    {5, u"öt"},
                    {6, u"hat"},
                    {7, u"hét"},
                    {8, u"nyolc"},
                    {9, u"kilenc"},
                    {10, u"tíz, tizen"},
                    {20, u"húsz, huszon"},
                    {30, u"harminc"},
                    {40, u"negyven"},
                    {50, u"ötven"},
                    {60, u"hatvan"},
                    {70, u"hetven"},
                    {80, u"nyolcvan"},
                    {90, u"kilencven"},
                    {1.5, u"másfél"}},
        .multipliers = {{100, u"száz"}},
        .tensBeforeOnes = true,
        .fractions = {{0.5, u"fél"}, {0.25, u"negyed"}, {0.75, u"háromnegyed"}},
        .units = {{1, UnitUse::Counted,
                   u"másodperc, másodpercig, másodpercet, másodpercre, másodperces, "
                   u"másodpercenként, mp., mp"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted,
                   u"perc, percig, percet, percre, percen, percben, perces, perce, perccel, "
                   u"percnyi, percre, perctől, percek, min."},
                  {60, UnitUse::AfterFigure, u"p, m, ′"},
                  {3600, UnitUse::Counted,
                   u"óra, óráig, órát, órára, órán, órában, órás, órája, órányi, órával, órácskát",
                   Abroad::Homograph},
                  {3600, UnitUse::AfterFigure, u"ó, h"},
                  {1800, UnitUse::Alone, u"félóra, félórát, félóráig, félórára, félórás"},
                  {900, UnitUse::Alone,
                   u"negyedóra, negyedórát, negyedóráig, negyedórára, negyedórás"},
                  {2700, UnitUse::Alone, u"háromnegyedóra, háromnegyedórát, háromnegyedóráig"},
                  {5400, UnitUse::Alone, u"másfélóra, másfélórát, másfélórás, másfélóráig"},
                  {86400, UnitUse::Counted, u"nap, napig, napot, napra, napos", Abroad::Homograph},
                  {604800, UnitUse::Counted, u"hétig, hetet, hetes", Abroad::Homograph}},
        .to = u"től, tól, -tól, -től, és legfeljebb",
        .orElse = u"vagy, esetleg",
        .plus = u"és, &, plusz, meg",
        .fillers = u"további, jó, teljes, egész, még, bő, újabb, kerek",
        .cancels = u"régi",
        .others = u"perc múlva",
    };
    return words;
}

} // namespace simmer::recipes
