// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &frenchTimeWords()
{
    static const TimeWords words{
        .languages = u"fr",
        .common = u"le la les et de des du dans pendant avec à au aux en sur four environ jusqu "
                  u"laisser cuire puis ou un une est pour faire ajouter mettre feu eau sel pâte "
                  u"mélanger reposer sans votre bien encore plus après toutes l qu n d par",
        .one = u"un, une",
        .numbers = {{2, u"deux"},
                    {3, u"trois"},
                    {4, u"quatre"},
                    {5, u"cinq"},
                    {6, u"six"},
                    {7, u"sept"},
                    {8, u"huit"},
                    {9, u"neuf"},
                    {10, u"dix, dizaine"},
                    {11, u"onze"},
                    {12, u"douze, douzaine"},
                    {13, u"treize"},
                    {14, u"quatorze"},
                    {15, u"quinze, quinzaine"},
                    {16, u"seize"},
                    {17, u"dix-sept"},
                    {18, u"dix-huit"},
                    {19, u"dix-neuf"},
                    {20, u"vingt, vingtaine"},
                    {30, u"trente, trentaine"},
                    {40, u"quarante, quarantaine"},
                    {50, u"cinquante, cinquantaine"},
                    {60, u"soixante, soixantaine"},
                    {70, u"soixante-dix, septante"},
                    {71, u"soixante et onze, soixante-et-onze"},
                    {72, u"soixante-douze"},
                    {73, u"soixante-treize"},
                    {74, u"soixante-quatorze"},
                    {75, u"soixante-quinze"},
                    {76, u"soixante-seize"},
                    {77, u"soixante-dix-sept"},
                    {78, u"soixante-dix-huit"},
                    {79, u"soixante-dix-neuf"},
                    {80, u"quatre-vingt, quatre-vingts, huitante"},
                    {90, u"quatre-vingt-dix, nonante"},
                    {91, u"quatre-vingt-onze"},
                    {92, u"quatre-vingt-douze"},
                    {93, u"quatre-vingt-treize"},
                    {94, u"quatre-vingt-quatorze"},
                    {95, u"quatre-vingt-quinze"},
                    {96, u"quatre-vingt-seize"},
                    {97, u"quatre-vingt-dix-sept"},
                    {98, u"quatre-vingt-dix-huit"},
                    {99, u"quatre-vingt-dix-neuf"}},
        .multipliers = {{100, u"cent, centaine"}},
        .fractions = {{0.5, u"demi, demie"}, {0.25, u"quart, quarts"}},
        .units = {{1, UnitUse::Counted, u"sec., secondes"},
                  {1, UnitUse::Ordinal, u"seconde"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {1, UnitUse::InSum, u"″"},
                  {60, UnitUse::Counted, u"minute, minutes, min., mn., mins."},
                  {60, UnitUse::AfterFigure, u"m, ′, '"},
                  {3600, UnitUse::Counted, u"heure, heures"},
                  {3600, UnitUse::AfterFigure, u"h, hr, hrs"},
                  {86400, UnitUse::Counted, u"jour, jours, journée"},
                  {604800, UnitUse::Counted, u"semaine, semaines"}},
        .to = u"à, jusqu'à, a",
        .orElse = u"ou, voire, ou bien",
        .plus = u"et, &",
        .between = u"entre",
        .fillers = u"de, d, bonne, bonnes, bon, bons, petite, petites, grosse, grosses, autre, "
                   u"autres, longues, supplémentaire, supplémentaires, grande, pleine, pleines, "
                   u"dernière, dernières, premières, première, belle, belles, ou deux de plus",
        .clock = u"vers, dès",
        .cancels = u"fois",
        .others = u"une fois, par, quelques, la seconde",
    };
    return words;
}

} // namespace simmer::recipes
