// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &germanTimeWords()
{
    static const TimeWords words{
        .languages = u"de",
        .common =
            u"der die das und mit in für den dem auf bei ca etwa noch nach dann lassen geben oder "
            u"ist sind wird im zu kochen backen grad salz wasser ofen aus von circa mindestens vor "
            u"ungefähr weitere alles nicht köcheln hinzufügen zugeben rühren ruhen braten pfanne",
        .one = u"ein, eine, einer, einem, einen, eines",
        .numbers = {{1, u"ein, eins"},
                    {2, u"zwei, zwo"},
                    {3, u"drei"},
                    {4, u"vier"},
                    {5, u"fünf, fuenf"},
                    {6, u"sechs"},
                    {7, u"sieben"},
                    {8, u"acht"},
                    {9, u"neun"},
                    {10, u"zehn"},
                    {11, u"elf"},
                    {12, u"zwölf, zwoelf"},
                    {13, u"dreizehn"},
                    {14, u"vierzehn"},
                    {15, u"fünfzehn, fuenfzehn"},
                    {16, u"sechzehn"},
                    {17, u"siebzehn"},
                    {18, u"achtzehn"},
                    {19, u"neunzehn"},
                    {20, u"zwanzig"},
                    {30, u"dreißig"},
                    {40, u"vierzig"},
                    {50, u"fünfzig, fuenfzig"},
                    {60, u"sechzig"},
                    {70, u"siebzig"},
                    {80, u"achtzig"},
                    {90, u"neunzig"},
                    {1.5, u"anderthalb"}},
        .multipliers = {{100, u"hundert"}},
        .onesBeforeTens = u"und",
        .halfEnding = u"einhalb",
        .fractions = {{0.5, u"halb, halbe, halben, halber, halbes"},
                      {0.25, u"viertel"},
                      {0.75, u"dreiviertel"}},
        .additions = {{0.5, u"einhalb"}},
        .units =
            {{1, UnitUse::Counted,
              u"sek., sekunde, sekunden, sec., sekündige, sekündigen, sekündiger"},
             {1, UnitUse::AfterFigure, u"s"},
             {1, UnitUse::InSum, u"″"},
             {60, UnitUse::Counted,
              u"min., minute, minuten, minütig, minütige, minütigen, minütiger, minütiges, "
              u"minütigem"},
             {60, UnitUse::AfterFigure, u"m, ′, '"},
             {3600, UnitUse::Counted,
              u"stunde, stunden, std., stdn., stündig, stündige, stündigen, stündiger, stündiges, "
              u"stündigem"},
             {3600, UnitUse::AfterFigure, u"h"},
             {1800, UnitUse::Alone, u"halbstunde, halbstündige, halbstündigen, halbstündiger"},
             {900, UnitUse::Alone,
              u"viertelstunde, viertelstunden, viertelstündige, viertelstündigen"},
             {2700, UnitUse::Alone, u"dreiviertelstunde, dreiviertelstündige"},
             {5400, UnitUse::Alone,
              u"anderthalbstündige, anderthalbstündigen, eineinhalbstündige, eineinhalbstündigen"},
             {86400, UnitUse::Counted, u"tag, tage, tagen, tages"},
             {604800, UnitUse::Counted, u"woche, wochen"}},
        .to = u"bis, bis zu, bis max, bis maximal, bis höchstens",
        .orElse = u"oder, bzw, beziehungsweise",
        .plus = u"und, u, plus, sowie, &, +",
        .between = u"zwischen",
        .fillers = u"weitere, weiteren, weiterer, gute, guten, volle, vollen, ganze, ganzen, gut, "
                   u"letzte, letzten, mehr, lange",
        .cancels = u"alt, alte, altes, alten, alter, terrine, steak, steaks",
        .others = u"mal am, mal pro, ein paar, ein bisschen, ein wenig",
    };
    return words;
}

} // namespace simmer::recipes
