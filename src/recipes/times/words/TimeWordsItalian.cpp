// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &italianTimeWords()
{
    static const TimeWords words{
        .languages = u"it",
        .common = u"il lo la i gli le e di con in per a fuoco fino che un una acqua sale lasciare "
                  u"forno circa al del della nel nella da poi minuti cuocere aggiungere mescolare "
                  u"riposare olio ogni dopo si almeno come alla",
        .one = u"un, uno, una, altro, altra, altr, un altro, un'altra, un altr",
        .numbers = {{2, u"due"},
                    {3, u"tre, tré"},
                    {4, u"quattro"},
                    {5, u"cinque"},
                    {6, u"sei"},
                    {7, u"sette"},
                    {8, u"otto"},
                    {9, u"nove"},
                    {10, u"dieci, decina"},
                    {11, u"undici"},
                    {12, u"dodici, dozzina"},
                    {13, u"tredici"},
                    {14, u"quattordici"},
                    {15, u"quindici, quindicina"},
                    {16, u"sedici"},
                    {17, u"diciassette"},
                    {18, u"diciotto"},
                    {19, u"diciannove"},
                    {20, u"venti, ventina"},
                    {21, u"ventuno, ventun, ventuna"},
                    {28, u"ventotto"},
                    {30, u"trenta, trentina"},
                    {31, u"trentuno, trentun, trentuna"},
                    {38, u"trentotto"},
                    {40, u"quaranta, quarantina"},
                    {41, u"quarantuno, quarantun, quarantuna"},
                    {48, u"quarantotto"},
                    {50, u"cinquanta, cinquantina"},
                    {51, u"cinquantuno, cinquantun, cinquantuna"},
                    {58, u"cinquantotto"},
                    {60, u"sessanta, sessantina"},
                    {61, u"sessantuno, sessantun, sessantuna"},
                    {68, u"sessantotto"},
                    {70, u"settanta"},
                    {71, u"settantuno, settantun, settantuna"},
                    {78, u"settantotto"},
                    {80, u"ottanta"},
                    {81, u"ottantuno, ottantun, ottantuna"},
                    {88, u"ottantotto"},
                    {90, u"novanta"},
                    {91, u"novantuno, novantun, novantuna"},
                    {98, u"novantotto"}},
        .multipliers = {{100, u"cento"}},
        .tensBeforeOnes = true,
        .fractions = {{0.5, u"mezzo, mezza, mezz"}, {0.25, u"quarto, quarti"}},
        .units = {{1, UnitUse::Counted, u"sec., secondi"},
                  {1, UnitUse::Ordinal, u"secondo"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {1, UnitUse::InSum, u"″"},
                  {60, UnitUse::Counted, u"minuto, minuti, min., minutini, minutino"},
                  {60, UnitUse::AfterFigure, u"m, ′, '"},
                  {3600, UnitUse::Counted, u"ora, ore, oretta", Abroad::Homograph},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {1800, UnitUse::Alone, u"mezzora, mezzoretta, mezz'oretta"},
                  {86400, UnitUse::Counted, u"giorno, giorni"},
                  {604800, UnitUse::Counted, u"settimana, settimane"}},
        .to = u"a, ai, fino a, alle, ad, agli",
        .orElse = u"o, oppure, od, o anche",
        .plus = u"e, ed, &",
        .between = u"tra, fra, tra i, fra i, tra le, fra le",
        .fillers = u"di, d, buon, buona, buoni, buone, altri, altre, altra, lunghi, intera, "
                   u"intere, interi, in più, ulteriori, ulteriore, abbondante, abbondanti, ultimi, "
                   u"ultimo, bei, scarsi, scarsa",
        .clock = u"alle ore",
        .cancels = u"fa",
        .others = u"una volta, un paio, secondo piatto",
    };
    return words;
}

} // namespace simmer::recipes
