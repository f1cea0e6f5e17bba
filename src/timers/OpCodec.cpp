// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/OpCodec.h"

#include "base/JsonFields.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QtEndian>

namespace simmer::timers {

namespace {

using K = QLatin1String;

constexpr qint64 MaxKitchenTime = 8'640'000'000'000'000; // what a Date of ECMAScript can hold, ms
constexpr qint64 MaxInteger = 1LL << 53;                 // what every JSON reader keeps exactly
constexpr qsizetype LongestName = 200;
constexpr qsizetype LongestCook = 64;
constexpr qsizetype MostSeen = 64;
constexpr int MostSteps = 10'000;

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
    arg.fault(QStringLiteral("unknown type “%1”").arg(type.left(40)));
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
    const QString type = fields.text(K("type"), 40);
    JsonFields arg(fields.object(K("arg")), QStringLiteral("arg"));
    op.action = takeAction(type, arg);
    if (const Outcome outcome = arg.finish(); !outcome)
        fields.fault(outcome.error().context);
    if (const Outcome outcome = fields.finish(); !outcome)
        return outcome.error();
    return op;
}

Expected<Op> opFromBytes(const QByteArray &bytes)
{
    QJsonParseError fault{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &fault);
    if (!document.isObject())
        return Error{ErrorCode::BadSyntax, fault.errorString(), {}};
    return opFromJson(document.object());
}

QByteArray nextLink(const QByteArray &previous, const QByteArray &canonicalOp, qint64 kt)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous);
    hash.addData(canonicalOp);
    const qint64 bigEndian = qToBigEndian(kt);
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian));
    return hash.result();
}

} // namespace simmer::timers
