// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &dutchTimeWords()
{
    static const TimeWords words{
        .languages = u"nl",
        .common = u"de het een en met in van op ongeveer tot laat voor minuten dan bak oven pan "
                  u"water zout uur of toe aan kook deze nog door snijd meng roer doe voeg graden "
                  u"is het zijn deeg minimaal circa ca mee",
        .one = u"een, één, 'n, nog een",
        .numbers = {{1, u"één, een"},   {2, u"twee"},
                    {3, u"drie"},       {4, u"vier"},
                    {5, u"vijf"},       {6, u"zes"},
                    {7, u"zeven"},      {8, u"acht"},
                    {9, u"negen"},      {10, u"tien"},
                    {11, u"elf"},       {12, u"twaalf"},
                    {13, u"dertien"},   {14, u"veertien"},
                    {15, u"vijftien"},  {16, u"zestien"},
                    {17, u"zeventien"}, {18, u"achttien"},
                    {19, u"negentien"}, {20, u"twintig"},
                    {30, u"dertig"},    {40, u"veertig"},
                    {50, u"vijftig"},   {60, u"zestig"},
                    {70, u"zeventig"},  {80, u"tachtig"},
                    {90, u"negentig"},  {1.5, u"anderhalf, anderhalve"}},
        .multipliers = {{100, u"honderd"}},
        .onesBeforeTens = u"en, ën",
        .halfEnding = u"enhalf, ënhalf, eneenhalf, ëneenhalf",
        .fractions = {{0.5, u"half, halve"}, {0.25, u"kwart"}, {0.75, u"driekwart"}},
        .units = {{1, UnitUse::Counted, u"seconde, seconden, sec., secs., sec"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {1, UnitUse::InSum, u"″"},
                  {60, UnitUse::Counted, u"minuut, minuten, min., minuutje, minuutjes, mins."},
                  {60, UnitUse::AfterFigure, u"m, ′, '"},
                  {3600, UnitUse::Counted, u"uur, uren, uurtje, uurtjes"},
                  {3600, UnitUse::AfterFigure, u"u, u., h"},
                  {1800, UnitUse::Alone, u"halfuur, halfuurtje"},
                  {900, UnitUse::Counted, u"kwartier, kwartiertje, kwartieren"},
                  {2700, UnitUse::Alone, u"driekwartier"},
                  {86400, UnitUse::Counted, u"dag, dagen"},
                  {604800, UnitUse::Counted, u"week, weken"}},
        .to = u"tot, à, a, t/m, tot wel, tot maximaal, tot max, tot en met",
        .orElse = u"of",
        .plus = u"en, &, plus",
        .between = u"tussen",
        .fillers = u"extra, goede, volle, hele, ruime, ruim, nog, lange, laatste, meer, van",
        .clock = u"om",
        .cancels = u"oud, oude",
        .others = u"keer per, een paar, last minute",
        .orIsApproximate = true,
    };
    return words;
}

} // namespace simmer::recipes
