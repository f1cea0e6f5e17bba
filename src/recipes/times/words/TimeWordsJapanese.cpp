// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &japaneseTimeWords()
{
    static const TimeWords words{
        .languages = u"ja",
        .common = u"を に の は が で と て し た ま す り れ 分 火 水 塩 焼 煮 入 混 約 加 切 油 "
                  u"鍋 炒 弱 中 強",
        .numbers = {{1, u"一, 壱"},
                    {2, u"二"},
                    {3, u"三"},
                    {4, u"四"},
                    {5, u"五"},
                    {6, u"六"},
                    {7, u"七"},
                    {8, u"八"},
                    {9, u"九"}},
        .multipliers = {{10, u"十"}, {100, u"百"}},
        .additions = {{0.5, u"半"}},
        .units = {{1, UnitUse::Counted, u"秒, 秒間"},
                  {60, UnitUse::Counted, u"分, 分間"},
                  {3600, UnitUse::Counted, u"時間"},
                  {86400, UnitUse::Counted, u"日, 日間"},
                  {604800, UnitUse::Counted, u"週間"},
                  {1800, UnitUse::Alone, u"半時間"}},
        .to = u"から, 〜, ないし, 乃至",
        .orElse = u"か, または, 又は",
        .plus = u"と",
        .fillers = u"ほど, くらい",
        .cancels = u"前後の, 目, 立て, だて, づき, 付き, 割, 以前の",
        .others = u"半分, 十分に, 十分な, 人分, 等分, 日本, 日目, 数分, 数時間, 数日, 数秒",
    };
    return words;
}

} // namespace simmer::recipes
