// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/KitchenJson.h"

namespace simmer::app {

using K = QLatin1String;
using syncserver::KitchenState;

QJsonObject toJson(const KitchenState &state)
{
    return {{K("id"), state.id.toHex()},         {K("name"), state.name},
            {K("awake"), state.awake},           {K("devices"), qint64(state.devices)},
            {K("online"), qint64(state.online)}, {K("mood"), nameOf(state.mood)},
            {K("score"), state.score},           {K("head"), state.head},
            {K("failures"), state.failures},     {K("safe_mode"), state.safeMode}};
}

QJsonArray toJson(const QList<KitchenState> &states)
{
    QJsonArray array;
    for (const KitchenState &state : states)
        array += toJson(state);
    return array;
}

QList<KitchenState> kitchensFrom(const QJsonArray &json)
{
    QList<KitchenState> states;
    for (const QJsonValue &value : json) {
        KitchenState state;
        state.id = KitchenId::fromHex(value[K("id")].toString()).value_or(KitchenId());
        state.name = value[K("name")].toString();
        state.awake = value[K("awake")].toBool();
        state.devices = value[K("devices")].toInteger();
        state.online = value[K("online")].toInteger();
        state.mood = moodNamed(value[K("mood")].toString()).value_or(Mood::Quiet);
        state.score = value[K("score")].toDouble();
        state.head = value[K("head")].toInteger();
        state.failures = value[K("failures")].toInteger();
        state.safeMode = value[K("safe_mode")].toBool();
        states += state;
    }
    return states;
}

} // namespace simmer::app
