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

Start takeStart(JsonFields &arg)
{
    Start start;
    start.name = arg.text(K("name"), LongestName);
    start.checkMs = arg.integer(K("check"), -MaxInteger, MaxInteger);
    start.totalMs = arg.integer(K("total"), -MaxInteger, MaxInteger);
    if (arg.has(K("place")))
        start.place = takePlace(arg.object(K("place")), arg);
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
