// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/OpCodec.h"

#include "base/JsonFields.h"
#include "base/Sha256.h"
#include "timers/CanonicalOp.h"
#include "timers/OpLimits.h"

#include <QJsonDocument>
#include <QtEndian>

namespace simmer::timers {

namespace {

using K = QLatin1String;

QJsonObject toJson(const Place &place)
{
    return {{K("recipe"), place.recipe.toHex()}, {K("step"), place.step}, {K("slot"), place.slot}};
}

QString kindWord(Cue::Kind kind)
{
    switch (kind) {
    case Cue::Kind::Every:
        return QStringLiteral("every");
    case Cue::Kind::Halfway:
        return QStringLiteral("halfway");
    case Cue::Kind::Before:
        return QStringLiteral("before");
    }
    Q_UNREACHABLE();
}

QJsonArray toJson(const QList<Cue> &cues)
{
    QJsonArray array;
    for (const Cue &cue : cues)
        array.append(QJsonObject{
            {K("kind"), kindWord(cue.kind)}, {K("ms"), cue.ms}, {K("words"), cue.words}});
    return array;
}

/// Optional fields are left out when empty, so that old ops keep their canonical bytes.
void insertCues(QJsonObject &json, const QList<Cue> &cues)
{
    if (!cues.isEmpty())
        json.insert(K("cues"), toJson(cues));
}

QJsonArray toJson(const QList<Stage> &stages)
{
    QJsonArray array;
    for (const Stage &stage : stages) {
        QJsonObject json{
            {K("name"), stage.name}, {K("check"), stage.checkMs}, {K("total"), stage.totalMs}};
        insertCues(json, stage.cues);
        array.append(json);
    }
    return array;
}

QJsonArray toJson(const QMap<Box, bool> &ticks)
{
    QJsonArray array;
    for (auto it = ticks.cbegin(); it != ticks.cend(); ++it)
        array.append(
            QJsonObject{{K("box"), it.key().kind == Box::Kind::Step ? QStringLiteral("step")
                                                                    : QStringLiteral("ingredient")},
                        {K("index"), it.key().index},
                        {K("on"), it.value()}});
    return array;
}

QJsonObject toJson(const Cook &cook)
{
    QJsonObject json{{K("recipe"), cook.recipe.toHex()}};
    if (cook.turn)
        json.insert(K("turn"), *cook.turn == Cook::Turn::Begin ? QStringLiteral("begin")
                                                               : QStringLiteral("end"));
    if (cook.step)
        json.insert(K("step"), *cook.step);
    if (cook.scale)
        json.insert(K("scale"), QJsonArray{cook.scale->times, cook.scale->over});
    if (!cook.ticks.isEmpty())
        json.insert(K("ticks"), toJson(cook.ticks));
    return json;
}

struct ActionJson {
    QString type;
    QJsonObject arg;
};

struct WriteAction {
    ActionJson operator()(const Start &start) const
    {
        QJsonObject arg{
            {K("name"), start.name}, {K("check"), start.checkMs}, {K("total"), start.totalMs}};
        if (start.place)
            arg.insert(K("place"), toJson(*start.place));
        insertCues(arg, start.cues);
        if (!start.then.isEmpty())
            arg.insert(K("then"), toJson(start.then));
        return {QStringLiteral("start"), arg};
    }
    ActionJson operator()(const Pause &) const { return {QStringLiteral("pause"), {}}; }
    ActionJson operator()(const Resume &) const { return {QStringLiteral("resume"), {}}; }
    ActionJson operator()(const Add &add) const
    {
        return {QStringLiteral("add"), {{K("delta"), add.deltaMs}}};
    }
    ActionJson operator()(const Cancel &) const { return {QStringLiteral("cancel"), {}}; }
    ActionJson operator()(const Acknowledge &ack) const
    {
        return {QStringLiteral("ack"), {{K("ring"), ack.ring.toHex()}}};
    }
    ActionJson operator()(const Snooze &snooze) const
    {
        return {QStringLiteral("snooze"), {{K("ring"), snooze.ring.toHex()}, {K("ms"), snooze.ms}}};
    }
    ActionJson operator()(const Rename &rename) const
    {
        return {QStringLiteral("rename"), {{K("name"), rename.name}}};
    }
    ActionJson operator()(const SetCues &set) const
    {
        return {QStringLiteral("cues"), {{K("cues"), toJson(set.cues)}}};
    }
    ActionJson operator()(const WriteRecipe &write) const
    {
        return {QStringLiteral("recipe"), {{K("recipe"), write.recipe}}};
    }
    ActionJson operator()(const RemoveRecipe &) const { return {QStringLiteral("remove"), {}}; }
    ActionJson operator()(const Cook &cook) const { return {QStringLiteral("cook"), toJson(cook)}; }
};

Place takePlace(const QJsonObject &json, JsonFields &outer)
{
    JsonFields fields(json, QStringLiteral("place"));
    const Place place{fields.id<RecipeId>(K("recipe")),
                      int(fields.integer(K("step"), 0, MostSteps)),
                      int(fields.integer(K("slot"), 0, MostSteps))};
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return place;
}

/// Runs `take` over the objects of an array, each with strict fields of its own.
template<class Value, class Take>
QList<Value> takeList(const QJsonArray &array, const QString &where, JsonFields &outer, Take take)
{
    QList<Value> values;
    for (const QJsonValue &value : array) {
        JsonFields fields(value.toObject(), where);
        values += take(fields);
        if (const Outcome outcome = fields.finish(); !outcome)
            outer.fault(outcome.error().context);
    }
    return values;
}

Cue takeCue(JsonFields &fields)
{
    Cue cue;
    const QString kind = fields.text(K("kind"), 10);
    if (kind == K("halfway"))
        cue.kind = Cue::Kind::Halfway;
    else if (kind == K("before"))
        cue.kind = Cue::Kind::Before;
    else if (kind != K("every"))
        fields.fault(QStringLiteral("unknown kind of cue “%1”").arg(kind));
    cue.ms = fields.integer(K("ms"), -MaxInteger, MaxInteger);
    cue.words = fields.text(K("words"), LongestName);
    return cue;
}

QList<Cue> takeCues(const QJsonArray &array, JsonFields &outer)
{
    return takeList<Cue>(array, QStringLiteral("cue"), outer, takeCue);
}

Stage takeStage(JsonFields &fields)
{
    Stage stage;
    stage.name = fields.text(K("name"), LongestName);
    stage.checkMs = fields.integer(K("check"), -MaxInteger, MaxInteger);
    stage.totalMs = fields.integer(K("total"), -MaxInteger, MaxInteger);
    stage.cues = takeCues(fields.arrayOr(K("cues"), MostCues), fields);
    return stage;
}

Start takeStart(JsonFields &arg)
{
    Start start;
    start.name = arg.text(K("name"), LongestName);
    start.checkMs = arg.integer(K("check"), -MaxInteger, MaxInteger);
    start.totalMs = arg.integer(K("total"), -MaxInteger, MaxInteger);
    if (arg.has(K("place")))
        start.place = takePlace(arg.object(K("place")), arg);
    start.cues = takeCues(arg.arrayOr(K("cues"), MostCues), arg);
    start.then = takeList<Stage>(arg.arrayOr(K("then"), MostStages), QStringLiteral("stage"), arg,
                                 takeStage);
    return start;
}

/// One form for each value: a fraction that could be reduced is refused.
Scale takeScale(JsonFields &arg)
{
    const QJsonArray written = arg.array(K("scale"), 2);
    const auto scale = scaleOf(written.at(0).toInteger(), written.at(1).toInteger());
    if (!scale || QJsonArray{scale->times, scale->over} != written)
        arg.fault(QStringLiteral("“scale” is no fraction in lowest terms"));
    return scale.value_or(Scale());
}

QMap<Box, bool> takeTicks(JsonFields &arg)
{
    QMap<Box, bool> ticks;
    const QJsonArray written = arg.array(K("ticks"), MostTicks);
    for (const QJsonValue &value : written) {
        JsonFields fields(value.toObject(), QStringLiteral("tick"));
        const QString kind = fields.text(K("box"), 10);
        const Box box{kind == K("step") ? Box::Kind::Step : Box::Kind::Ingredient,
                      int(fields.integer(K("index"), 0, MostSteps))};
        if ((kind != K("step") && kind != K("ingredient")) || ticks.contains(box))
            fields.fault(QStringLiteral("no box, or one that was named before"));
        ticks.insert(box, fields.flag(K("on")));
        if (const Outcome outcome = fields.finish(); !outcome)
            arg.fault(outcome.error().context);
    }
    if (ticks.isEmpty())
        arg.fault(QStringLiteral("“ticks” is empty"));
    return ticks;
}

Cook takeCook(JsonFields &arg)
{
    Cook cook;
    cook.recipe = arg.id<RecipeId>(K("recipe"));
    if (arg.has(K("turn"))) {
        const QString turn = arg.text(K("turn"), 10);
        cook.turn = turn == K("end") ? Cook::Turn::End : Cook::Turn::Begin;
        if (turn != K("end") && turn != K("begin"))
            arg.fault(QStringLiteral("unknown turn “%1”").arg(turn));
    }
    if (arg.has(K("step")))
        cook.step = int(arg.integer(K("step"), 0, MostSteps));
    if (arg.has(K("scale")))
        cook.scale = takeScale(arg);
    if (arg.has(K("ticks")))
        cook.ticks = takeTicks(arg);
    return cook;
}

Action takeAction(const QString &type, JsonFields &arg)
{
    if (type == K("start"))
        return takeStart(arg);
    if (type == K("pause"))
        return Pause{};
    if (type == K("resume"))
        return Resume{};
    if (type == K("add"))
        return Add{arg.integer(K("delta"), -MaxInteger, MaxInteger)};
    if (type == K("cancel"))
        return Cancel{};
    if (type == K("ack"))
        return Acknowledge{arg.id<OpId>(K("ring"))};
    if (type == K("snooze")) {
        const OpId ring = arg.id<OpId>(K("ring"));
        return Snooze{ring, arg.integer(K("ms"), -MaxInteger, MaxInteger)};
    }
    if (type == K("rename"))
        return Rename{arg.text(K("name"), LongestName)};
    if (type == K("cues"))
        return SetCues{takeCues(arg.array(K("cues"), MostCues), arg)};
    if (type == K("recipe"))
        return WriteRecipe{arg.object(K("recipe"))};
    if (type == K("remove"))
        return RemoveRecipe{};
    if (type == K("cook"))
        return takeCook(arg);
    arg.fault(QStringLiteral("unknown type “%1”: a newer Simmer made it, so update this one")
                  .arg(type.left(40)));
    return Pause{};
}

QList<OpId> takeSeen(JsonFields &fields)
{
    QList<OpId> seen;
    const QStringList written = texts(fields.array(K("seen"), MostSeen), 32, fields);
    for (const QString &hex : written) {
        const auto id = OpId::fromHex(hex);
        if (id)
            seen += *id;
        else
            fields.fault(QStringLiteral("“seen” holds something that is no id"));
    }
    return seen;
}

} // namespace

QJsonObject toJson(const Op &op)
{
    const ActionJson action = std::visit(WriteAction{}, op.action);
    QJsonArray seen;
    for (const OpId &id : op.seen)
        seen.append(id.toHex());
    return {{K("id"), op.id.toHex()},
            {K("device"), op.device.toHex()},
            {K("cook"), op.cook},
            {K("subject"), ids::toHex(op.subject)},
            {K("type"), action.type},
            {K("arg"), action.arg},
            {K("at"), op.at},
            {K("counter"), op.counter},
            {K("boot"), op.boot.toHex()},
            {K("boottime"), op.bootMs},
            {K("seen"), seen}};
}

QByteArray canonical(const Op &op)
{
    return QJsonDocument(toJson(op)).toJson(QJsonDocument::Compact);
}

Expected<Op> opFromJson(const QJsonObject &json)
{
    JsonFields fields(json, QStringLiteral("op"));
    Op op;
    op.id = fields.id<OpId>(K("id"));
    op.device = fields.id<DeviceId>(K("device"));
    op.cook = fields.text(K("cook"), LongestCook);
    op.subject = fields.id<TimerId>(K("subject")).uuid();
    op.at = fields.integer(K("at"), -MaxKitchenTime, MaxKitchenTime);
    op.counter = fields.integer(K("counter"), 0, MaxInteger);
    op.boot = fields.id<BootId>(K("boot"));
    op.bootMs = fields.integer(K("boottime"), 0, MaxInteger);
    op.seen = takeSeen(fields);
    const QString type = fields.text(K("type"), LongestType);
    JsonFields arg(fields.object(K("arg")), QStringLiteral("arg"));
    op.action = takeAction(type, arg);
    if (const Outcome outcome = arg.finish(); !outcome)
        fields.fault(outcome.error().context);
    if (const auto recipe = cookedIn(op); recipe && op.subject != sessionOf(*recipe).uuid())
        fields.fault(QStringLiteral("the subject is not the session of that recipe"));
    if (const Outcome outcome = fields.finish(); !outcome)
        return outcome.error();
    return op;
}

Expected<Op> opFromBytes(const QByteArray &bytes)
{
    QByteArrayView left(bytes);
    if (auto op = takeCanonical(left); op && left.isEmpty())
        return *std::move(op);
    QJsonParseError fault{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &fault);
    if (!document.isObject())
        return Error{ErrorCode::BadSyntax, fault.errorString(), {}};
    return opFromJson(document.object());
}

QByteArray nextLink(const QByteArray &previous, const QByteArray &canonicalOp, qint64 kt)
{
    const qint64 bigEndian = qToBigEndian(kt);
    return sha256({previous, canonicalOp,
                   QByteArrayView(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian)});
}

} // namespace simmer::timers
