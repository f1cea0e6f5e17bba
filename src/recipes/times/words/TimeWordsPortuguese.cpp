// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &portugueseTimeWords()
{
    static const TimeWords words{
        .languages = u"pt",
        .common = u"o a os as e de com em durante por fogo até que um uma água sal deixe forno "
                  u"cerca no na do da ao para minutos adicione misture leve mais cada asse cozinhe "
                  u"lume ou mexendo panela aproximadamente coloque não",
        .one = u"um, uma, outro, outra, mais um, mais uma",
        .numbers = {{2, u"dois, duas"},
                    {3, u"três"},
                    {4, u"quatro"},
                    {5, u"cinco"},
                    {6, u"seis"},
                    {7, u"sete"},
                    {8, u"oito"},
                    {9, u"nove"},
                    {10, u"dez, dezena"},
                    {11, u"onze"},
                    {12, u"doze, dúzia"},
                    {13, u"treze"},
                    {14, u"catorze, quatorze"},
                    {15, u"quinze"},
                    {16, u"dezesseis, dezasseis"},
                    {17, u"dezessete, dezassete"},
                    {18, u"dezoito"},
                    {19, u"dezenove, dezanove"},
                    {20, u"vinte"},
                    {30, u"trinta"},
                    {40, u"quarenta"},
                    {50, u"cinquenta, cinqüenta"},
                    {60, u"sessenta"},
                    {70, u"setenta"},
                    {80, u"oitenta"},
                    {90, u"noventa"}},
        .multipliers = {{100, u"cem, cento"}},
        .fractions = {{0.5, u"meio, meia"}, {0.25, u"quarto, quartos"}},
        .units = {{1, UnitUse::Counted, u"seg., segundos, sg."},
                  {1, UnitUse::Ordinal, u"segundo"},
                  {1, UnitUse::AfterFigure, u"s"},
                  {1, UnitUse::InSum, u"″"},
                  {60, UnitUse::Counted, u"minuto, minutos, min., mins., minutinhos"},
                  {60, UnitUse::AfterFigure, u"m, ′, '"},
                  {3600, UnitUse::Counted, u"hora, horas, hr., hrs., horinhas"},
                  {3600, UnitUse::AfterFigure, u"h"},
                  {86400, UnitUse::Counted, u"dia, dias", Abroad::Homograph},
                  {604800, UnitUse::Counted, u"semana, semanas"}},
        .to = u"a, à, até, ate, ao, até a",
        .orElse = u"ou, ou até",
        .plus = u"e, &",
        .between = u"entre",
        .fillers = u"de, mais, bons, boa, boas, outros, outras, longos, inteira, inteiras, "
                   u"completos, adicionais, últimos, último, a mais",
        .others = u"uma vez, um par",
    };
    return words;
}

} // namespace simmer::recipes
