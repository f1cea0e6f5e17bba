// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/words/TimeWords.h"

namespace simmer::recipes {

const TimeWords &chineseTimeWords()
{
    static const TimeWords words{
        .languages = u"zh",
        .common = u"的 了 在 和 加 入 水 油 盐 鹽 炒 煮 小 火 后 後 中 放 约 約 左 右 即 可 再 把 "
                  u"用 切 锅 鍋 上 下 至",
        .numbers = {{1, u"一"},
                    {2, u"二, 两, 兩"},
                    {3, u"三"},
                    {4, u"四"},
                    {5, u"五"},
                    {6, u"六"},
                    {7, u"七"},
                    {8, u"八"},
                    {9, u"九"},
                    {20, u"廿"},
                    {30, u"卅"}},
        .multipliers = {{10, u"十"}, {100, u"百"}},
        .additions = {{0.5, u"半, 半钟, 半鐘, 个半, 個半"}},
        .units = {{1, UnitUse::Counted, u"秒, 秒钟, 秒鐘"},
                  {60, UnitUse::Counted, u"分钟, 分鐘, 分"},
                  {3600, UnitUse::Counted,
                   u"小时, 小時, 个小时, 個小時, 个钟头, 個鐘頭, 個鐘, 个钟, 鐘頭, 钟头"},
                  {900, UnitUse::Counted, u"刻钟, 刻鐘"},
                  {86400, UnitUse::Counted, u"天, 日"},
                  {604800, UnitUse::Counted, u"周, 週, 星期, 个星期, 個星期"}},
        .to = u"到, 至",
        .orElse = u"或, 或者",
        .plus = u"零, 又, 和",
        .fillers = u"多, 來, 来, 的",
        .cancels = u"前, 熟, 之, 鐘前",
        .others = u"几分钟, 幾分鐘, 数分钟, 半天, 分之, 过夜",
    };
    return words;
}

} // namespace simmer::recipes
