// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &czechTimeWords()
{
    static const TimeWords words{
        .languages = u"cs, sk",
        .common = u"a na do v ve se je po asi poté až s z pak nebo minut přidejte nechte vařte "
                  u"pečte troubě vodu sůl za při těsto smícháme dáme necháme pečeme vaříme cca "
                  u"přibližně dalších každé stupňů ještě ke jsou",
        .one = u"jeden, jedna, jednu, jedné, jednoho, další",
        .numbers =
            {{2, u"dva, dvě, dvou"},   {3, u"tři, tří"},           {4, u"čtyři, čtyř"},
             {5, u"pět, pěti"},        {6, u"šest, šesti"},        {7, u"sedm, sedmi"},
             {8, u"osm, osmi"},        {9, u"devět, devíti"},      {10, u"deset, deseti"},
             {11, u"jedenáct"},        {12, u"dvanáct, dvanácti"}, {13, u"třináct"},
             {14, u"čtrnáct"},         {15, u"patnáct, patnácti"}, {16, u"šestnáct"},
             {17, u"sedmnáct"},        {18, u"osmnáct"},           {19, u"devatenáct"},
             {20, u"dvacet, dvaceti"}, {30, u"třicet, třiceti"},   {40, u"čtyřicet, čtyřiceti"},
             {50, u"padesát"},         {60, u"šedesát"},           {70, u"sedmdesát"},
             {80, u"osmdesát"},        {90, u"devadesát"},         {1.5, u"jeden a půl"}},
        .multipliers = {{100, u"sto"}},
        .fractions = {{0.5, u"půl, polovinu"}, {0.25, u"čtvrt"}, {0.75, u"tři čtvrtě"}},
        .units = {{1, UnitUse::Counted,
                   u"sekunda, sekundy, sekund, sekundách, sek., vteřin, vteřiny, vteřina"},
                  {1, UnitUse::Alone, u"sekundu, vteřinu"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted,
                   u"minuta, minuty, minut, minutách, minutami, min., minutový, minutové, minútu, "
                   u"minúty, minút"},
                  {60, UnitUse::Alone, u"minutu"},
                  {60, UnitUse::AfterFigure, u"m, ′"},
                  {3600, UnitUse::Counted, u"hodina, hodiny, hodin, hodinách, hodinami, hodinové"},
                  {3600, UnitUse::Counted, u"hod.", Abroad::Homograph},
                  {3600, UnitUse::Alone, u"hodinu, hodinku"},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {1800, UnitUse::Alone,
                   u"půlhodina, půlhodinu, půlhodiny, půlhodince, půlhodinku, půlhodinové"},
                  {900, UnitUse::Alone, u"čtvrthodina, čtvrthodinu, čtvrthodinku, čtvrthodiny"},
                  {2700, UnitUse::Alone, u"třičtvrtěhodina, třičtvrtěhodinu"},
                  {86400, UnitUse::Counted, u"den, dny, dní, dnů, dnech", Abroad::Homograph},
                  {604800, UnitUse::Counted, u"týden, týdny, týdnů"}},
        .to = u"až, do, po, až do",
        .orElse = u"nebo, či, anebo",
        .plus = u"a, &, i",
        .between = u"mezi",
        .fillers = u"další, dalších, dobrých, celé, celou, celých, ještě, poslední, posledních",
        .clock = u"v, ve",
        .cancels = u"starý, staré, stará",
        .others = u"každou hodinu, každou minutu, poslední minutu, za den",
    };
    return words;
}

} // namespace simmer::recipes
