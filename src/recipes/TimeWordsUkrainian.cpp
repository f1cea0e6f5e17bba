// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/TimeWords.h"

namespace simmer::recipes
{

const TimeWords &ukrainianTimeWords()
{
    static const TimeWords words{
        .languages = u"uk",
        .common = u"і й та в у на з із до по за не або хвилин при близько приблизно додати духовку "
                  u"духовці варити води сіль масло олія залишити випікати потім через до а ще "
                  u"вогні тісто дати готувати його все для перемішати градусів що",
        .one = u"один, одна, одну, одної, одного, ще одну",
        .numbers = {{2, u"два, дві, двох"},
                    {3, u"три, трьох"},
                    {4, u"чотири, чотирьох"},
                    {5, u"п'ять, пять, п'яти"},
                    {6, u"шість, шести"},
                    {7, u"сім, семи"},
                    {8, u"вісім, восьми"},
                    {9, u"дев'ять, дев'яти"},
                    {10, u"десять, десяти"},
                    {12, u"дванадцять"},
                    {15, u"п'ятнадцять, п'ятнадцяти"},
                    {20, u"двадцять, двадцяти"},
                    {30, u"тридцять, тридцяти"},
                    {40, u"сорок"},
                    {50, u"п'ятдесят"},
                    {60, u"шістдесят"},
                    {1.5, u"півтора, півтори"}},
        .fractions = {{0.5, u"пів, половину, половина"}, {0.25, u"чверть"}, {0.75, u"три чверті"}},
        .additions = {{0.5, u"з половиною"}},
        .units = {{1, UnitUse::Counted, u"секунди, секундах, сек."},
                  {1, UnitUse::Inverted, u"секунд"},
                  {1, UnitUse::Alone, u"секунду"},
                  {1, UnitUse::AfterFigure, u"с"},
                  {60, UnitUse::Counted, u"хвилини, хвилинах, хвилинки, хв."},
                  {60, UnitUse::Inverted, u"хвилин"},
                  {60, UnitUse::Alone, u"хвилину, хвилинку"},
                  {60, UnitUse::AfterFigure, u"м, ′, '"},
                  {3600, UnitUse::Counted, u"години, годинах, год."},
                  {3600, UnitUse::Inverted, u"годин"},
                  {3600, UnitUse::Alone, u"годину, годинку"},
                  {3600, UnitUse::AfterFigure, u"г, ч"},
                  {1800, UnitUse::Alone, u"півгодини"},
                  {5400, UnitUse::Alone, u"півторагодини"},
                  {86400, UnitUse::Counted, u"день, дні, днів, доби, діб"},
                  {86400, UnitUse::Alone, u"добу"},
                  {604800, UnitUse::Counted, u"тиждень, тижні, тижнів"}},
        .to = u"до",
        .orElse = u"або, чи",
        .plus = u"і, та, й, &",
        .between = u"між",
        .fillers = u"ще, повних, цілих, цілу, останні, останніх",
        .clock = u"о, об",
        .cancels = u"тому",
        .others = u"кожну хвилину, кожну годину, останню хвилину, раз на",
    };
    return words;
}

} // namespace simmer::recipes
