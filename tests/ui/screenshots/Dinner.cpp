// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshots/Dinner.h"

namespace simmer::screenshots {

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;

} // namespace

timers::Place placeOf(const Samples &samples, const char *recipe, int step, int slot)
{
    return {samples.value(QString::fromLatin1(recipe)).id, step, slot};
}

void cookDinner(fakes::UiKitchen &kitchen, const Samples &samples)
{
    static fakes::OpMaker ana(QStringLiteral("Ana"));
    static fakes::OpMaker ben(QStringLiteral("Ben"));
    const auto roast = [&](int step) { return placeOf(samples, "roast-chicken", step); };
    const TimerId fridge = kitchen.started(ana, QStringLiteral("Take the chicken out"), Hour, Hour,
                                           3 * Hour, roast(0));
    kitchen.acknowledged(ana, fridge, 2 * Hour - Second);
    const TimerId first = kitchen.started(ana, QStringLiteral("Roast at 220 °C"), 20 * Minute,
                                          20 * Minute, 50 * Minute, roast(2));
    kitchen.acknowledged(ana, first, 29 * Minute);
    kitchen.started(ana, QStringLiteral("Roast at 180 °C"), 45 * Minute, 45 * Minute,
                    26 * Minute + 18 * Second, roast(3));
    kitchen.started(ana, QStringLiteral("Boil the potatoes"), 8 * Minute, 8 * Minute,
                    9 * Minute + 32 * Second, roast(4));
    kitchen.started(ben, QStringLiteral("Risotto rice"), 16 * Minute, 18 * Minute,
                    12 * Minute + 40 * Second, placeOf(samples, "risotto-alla-milanese", 3));
    const TimerId bulk =
        kitchen.started(ben, QStringLiteral("Bulk ferment"), 4 * Hour, 4 * Hour,
                        3 * Hour + 90 * Second, placeOf(samples, "country-loaf", 3));
    kitchen.paused(ben, bulk, 14 * Minute);
}

} // namespace simmer::screenshots
