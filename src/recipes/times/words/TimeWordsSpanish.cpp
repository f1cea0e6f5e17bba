// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &spanishTimeWords()
{
    static const TimeWords words{
        .languages = u"es",
        .common = u"el la los las y de con en durante a fuego hasta que por un una agua sal dejar "
                  u"horno unos unas lo se al del aproximadamente más cada para minutos añadir "
                  u"mezclar reposar cocer cocinar luego aceite sin",
        .one = u"un, una, uno, otro, otra",
        .numbers = {{2, u"dos"},
                    {3, u"tres"},
                    {4, u"cuatro"},
                    {5, u"cinco"},
                    {6, u"seis"},
                    {7, u"siete"},
                    {8, u"ocho"},
                    {9, u"nueve"},
                    {10, u"diez, decena"},
                    {11, u"once"},
                    {12, u"doce, docena"},
                    {13, u"trece"},
                    {14, u"catorce"},
                    {15, u"quince, quincena"},
                    {16, u"dieciséis"},
                    {17, u"diecisiete"},
                    {18, u"dieciocho"},
                    {19, u"diecinueve"},
                    {20, u"veinte, veintena"},
                    {21, u"veintiún, veintiuno, veintiuna"},
                    {22, u"veintidós"},
                    {23, u"veintitrés"},
                    {24, u"veinticuatro"},
                    {25, u"veinticinco"},
                    {26, u"veintiséis"},
                    {27, u"veintisiete"},
                    {28, u"veintiocho"},
                    {29, u"veintinueve"},
                    {30, u"treinta, treintena"},
                    {40, u"cuarenta"},
                    {50, u"cincuenta"},
                    {60, u"sesenta"},
                    {70, u"setenta"},
                    {80, u"ochenta"},
                    {90, u"noventa"}},
        .multipliers = {{100, u"cien, ciento"}},
        .fractions = {{0.5, u"medio, media"}, {0.25, u"cuarto, cuartos"}},
        .units = {{1, UnitUse::Counted, u"seg., segundos, sgs., sg."},
                  {1, UnitUse::Ordinal, u"segundo"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {1, UnitUse::InSum, u"″"},
                  {60, UnitUse::Counted, u"minuto, minutos, min., mins., minutitos"},
                  {60, UnitUse::AfterFigure, u"m, ′, '"},
                  {3600, UnitUse::Counted, u"hora, horas, hrs., hr."},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {86400, UnitUse::Counted, u"día, días", Abroad::Homograph},
                  {604800, UnitUse::Counted, u"semana, semanas"}},
        .to = u"a, hasta",
        .orElse = u"o, ó, u, o incluso",
        .plus = u"y, &, e",
        .between = u"entre",
        .fillers = u"de, más, buenos, buena, buen, otros, otras, otra, largos, completa, "
                   u"completas, completos, adicional, adicionales, último, últimos, última",
        .clock = u"a las, a la",
        .cancels = u"antiguo",
        .others = u"una vez, un par, segundo plato, uno a uno",
    };
    return words;
}

} // namespace simmer::recipes
