// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &turkishTimeWords()
{
    static const TimeWords words{
        .languages = u"tr",
        .common = u"ve bir ile için kadar dakika pişirin ekleyip ekleyin karıştırın fırında derece "
                  u"su tuz da de daha sonra üzerine yaklaşık en az olarak altını kısık ateşte bu "
                  u"koyun alın saat boyunca bekletin dinlendirin yağı suyu ilave",
        .one = u"bir",
        .numbers = {{2, u"iki"},
                    {3, u"üç"},
                    {4, u"dört"},
                    {5, u"beş"},
                    {6, u"altı"},
                    {7, u"yedi"},
                    {8, u"sekiz"},
                    {9, u"dokuz"},
                    {10, u"on"},
                    {20, u"yirmi"},
                    {30, u"otuz"},
                    {40, u"kırk"},
                    {50, u"elli"},
                    {60, u"altmış"},
                    {70, u"yetmiş"},
                    {80, u"seksen"},
                    {90, u"doksan"},
                    {11, u"on bir, onbir"},
                    {12, u"on iki, oniki"},
                    {13, u"on üç"},
                    {14, u"on dört"},
                    {15, u"on beş, onbeş"},
                    {16, u"on altı"},
                    {17, u"on yedi"},
                    {18, u"on sekiz"},
                    {19, u"on dokuz"}},
        .multipliers = {{100, u"yüz"}},
        .fractions = {{0.5, u"yarım"}, {0.25, u"çeyrek"}},
        .additions = {{0.5, u"buçuk"}},
        .units = {{1, UnitUse::Counted, u"saniye, saniyelik, sn., sn, saniyede"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {60, UnitUse::Counted,
                   u"dakika, dakikalık, dakikada, dakikaya, dk., dk, dakikadan, dakikası"},
                  {60, UnitUse::AfterFigure, u"′, '"},
                  {3600, UnitUse::Counted, u"saat, saatlik, saatte, saate, sa."},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {86400, UnitUse::Counted, u"gün, günlük, günde", Abroad::Homograph},
                  {604800, UnitUse::Counted, u"hafta, haftalık"}},
        .to = u"ila, ilâ, ile, den, dan",
        .orElse = u"veya, ya da, yahut",
        .plus = u"ve, &, artı",
        .fillers = u"daha, tam, ek, kadar, uzun",
        .cancels = u"önceki",
        .others = u"bir kez, birer, günde bir",
    };
    return words;
}

} // namespace simmer::recipes
