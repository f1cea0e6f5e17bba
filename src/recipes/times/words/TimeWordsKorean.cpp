// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &koreanTimeWords()
{
    static const TimeWords words{
        .languages = u"ko",
        .common = u"을 를 에 에서 넣고 정도 분간 물 소금 끓인다 볶는다 약 동안 불 팬에 넣어 준다 "
                  u"섞는다 더 후 중불 약불 오븐에",
        .one = u"한",
        .numbers = {{1, u"한"},
                    {2, u"두, 이"},
                    {3, u"세, 삼"},
                    {4, u"네, 사"},
                    {5, u"다섯, 오"},
                    {6, u"여섯, 육"},
                    {7, u"일곱, 칠"},
                    {8, u"여덟, 팔"},
                    {9, u"아홉, 구"},
                    {10, u"열, 십"},
                    {20, u"이십"},
                    {30, u"삼십"},
                    {40, u"사십"},
                    {50, u"오십"},
                    {60, u"육십"},
                    {70, u"칠십"},
                    {80, u"팔십"},
                    {90, u"구십"}},
        .tensBeforeOnes = true,
        .additions = {{0.5, u"반"}},
        .units = {{1, UnitUse::Counted, u"초, 초간, 초정도"},
                  {60, UnitUse::Counted,
                   u"분, 분간, 분정도, 분동안, 분이상, 분만, 분을, 분에, 분씩, 분쯤"},
                  {3600, UnitUse::Counted, u"시간, 시간동안, 시간정도, 시간이상, 시간을, 시간반"},
                  {86400, UnitUse::Counted, u"일, 일간, 일정도"},
                  {604800, UnitUse::Counted, u"주, 주일"}},
        .to = u"에서, 부터",
        .orElse = u"또는, 이나",
        .plus = u"과",
        .fillers = u"정도, 더",
        .cancels = u"전",
    };
    return words;
}

} // namespace simmer::recipes
