// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeviceJson.h"

#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::app {

namespace {

using K = QLatin1String;

QString word(recipes::Edit::Fate fate)
{
    switch (fate) {
    case recipes::Edit::Fate::Stands:
        return QStringLiteral("stands");
    case recipes::Edit::Fate::Replaced:
        return QStringLiteral("replaced");
    case recipes::Edit::Fate::Lost:
        return QStringLiteral("lost");
    }
    Q_UNREACHABLE();
}

/// The numbers of the ticked boxes of a kind, from 1 and in their order.
QJsonArray tickedOf(const timers::Cooking &cooking, timers::Box::Kind kind)
{
    QList<int> numbers;
    for (const timers::Box &box : cooking.ticked)
        if (box.kind == kind)
            numbers += box.index + 1;
    std::sort(numbers.begin(), numbers.end());
    QJsonArray array;
    for (const int number : std::as_const(numbers))
        array.append(number);
    return array;
}

} // namespace

QJsonObject editJson(const recipes::Edit &edit)
{
    return {{K("at_ms"), edit.kt},
            {K("cook"), edit.cook},
            {K("device"), edit.device.toHex()},
            {K("field"), edit.field.isEmpty() ? QJsonValue() : QJsonValue(edit.field)},
            {K("value"), edit.value},
            {K("fate"), word(edit.fate)}};
}

QJsonObject cookingJson(const timers::Cooking &cooking, qint64 nowMs)
{
    return {{K("id"), cooking.recipe.toHex()},
            {K("cooking"), timers::isOn(cooking, nowMs)},
            {K("cook"), cooking.cook},
            {K("begun_ms"), cooking.begunAt},
            {K("step"), cooking.step + 1},
            {K("scale"), QJsonArray{cooking.scale.times, cooking.scale.over}},
            {K("ingredients_ticked"), tickedOf(cooking, timers::Box::Kind::Ingredient)},
            {K("steps_ticked"), tickedOf(cooking, timers::Box::Kind::Step)}};
}

QJsonObject refusedJson(const storage::RefusedOp &refused, const QString &name)
{
    return {{K("id"), refused.op.id.toHex()},
            {K("what"), timers::toJson(refused.op).value(K("type"))},
            {K("name"), name},
            {K("cook"), refused.op.cook},
            {K("at_ms"), refused.op.at},
            {K("why"), refused.why}};
}

QJsonObject kitchenJson(const syncclient::LinkStatus &status,
                        const std::optional<syncclient::KitchenPulse> &pulse)
{
    QJsonArray devices;
    qsizetype online = 0;
    for (const syncclient::KitchenDevice &device : status.devices) {
        const bool isHere = status.isConnected() && device.online;
        online += isHere ? 1 : 0;
        devices.append(QJsonObject{
            {K("id"), device.id.toHex()}, {K("name"), device.name}, {K("online"), isHere}});
    }
    return {{K("id"), status.kitchenId.toHex()},
            {K("name"), status.kitchen},
            {K("server"), status.server.toString()},
            {K("link"), linkWord(status.state)},
            {K("role"), nameOf(status.role)},
            {K("mood"), pulse ? QJsonValue(nameOf(pulse->mood)) : QJsonValue()},
            {K("score"), pulse ? QJsonValue(pulse->score) : QJsonValue()},
            {K("devices"), devices},
            {K("online"), online}};
}

QJsonObject pulseJson(const std::optional<syncclient::KitchenPulse> &pulse, qint64 nowMs)
{
    return {{K("now_ms"), nowMs},
            {K("mood"), pulse ? QJsonValue(nameOf(pulse->mood)) : QJsonValue()},
            {K("score"), pulse ? QJsonValue(pulse->score) : QJsonValue()}};
}

QString linkWord(syncclient::LinkState state)
{
    using syncclient::LinkState;
    switch (state) {
    case LinkState::Alone:
        return QStringLiteral("alone");
    case LinkState::Connecting:
        return QStringLiteral("connecting");
    case LinkState::CatchingUp:
        return QStringLiteral("catching-up");
    case LinkState::Level:
        return QStringLiteral("level");
    case LinkState::Removed:
        return QStringLiteral("removed");
    case LinkState::ReadOnly:
        return QStringLiteral("read-only");
    case LinkState::Copied:
        return QStringLiteral("copied");
    }
    Q_UNREACHABLE();
}

} // namespace simmer::app
