// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/MessageCodec.h"

#include "base/JsonFields.h"
#include "protocol/Limits.h"
#include "protocol/StrictJson.h"
#include "timers/OpCodec.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <utility>

namespace simmer::protocol {

namespace {

using K = QLatin1String;

constexpr qint64 MaxInteger = 1LL << 53;
constexpr qint64 MaxTime = 8'640'000'000'000'000;
constexpr qsizetype LinkBytes = 32; // SHA-256
constexpr qsizetype TokenBytes = 32;
constexpr qsizetype ProofBytes = 32; // nonces too
constexpr qsizetype WhyLength = 200;
constexpr qsizetype LongestPiece = (BlobPartBytes + 2) / 3 * 4; // as base64

constexpr std::array<std::pair<ByeReason, const char *>, 8> Reasons{{
    {ByeReason::BadMessage, "bad-message"},
    {ByeReason::BadVersion, "bad-version"},
    {ByeReason::BadCode, "bad-code"},
    {ByeReason::UnknownDevice, "unknown-device"},
    {ByeReason::TooMany, "too-many"},
    {ByeReason::TooSlow, "too-slow"},
    {ByeReason::Closing, "closing"},
    {ByeReason::Replaced, "replaced"},
}};

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QJsonObject typed(const char *type, QJsonObject fields)
{
    fields.insert(K("type"), K(type));
    return fields;
}

QJsonObject toJson(const Cursor &cursor)
{
    return {{K("epoch"), cursor.epoch.toHex()},
            {K("seq"), cursor.seq},
            {K("chain"), hex(cursor.chain)}};
}

QJsonObject toJson(const timers::ClockClaim &claim)
{
    QJsonObject json{{K("wall"), claim.wall}};
    if (claim.kitchen)
        json.insert(K("kitchen"), QJsonObject{{K("now"), claim.kitchen->now},
                                              {K("within"), claim.kitchen->within}});
    return json;
}

QJsonObject toJson(const Entry &entry)
{
    return {{K("seq"), entry.seq},
            {K("kt"), entry.kt},
            {K("chain"), hex(entry.chain)},
            {K("op"), timers::toJson(entry.op)}};
}

QJsonObject toJson(const timers::StampedOp &kept)
{
    return {{K("seq"), kept.seq}, {K("kt"), kept.kt}, {K("op"), timers::toJson(kept.op)}};
}

QJsonObject toJson(const Device &device)
{
    return {{K("id"), device.id.toHex()}, {K("name"), device.name}, {K("online"), device.online}};
}

QJsonObject toJson(const BlobPiece &piece)
{
    return {{K("hash"), piece.hash.toHex()},
            {K("size"), piece.size},
            {K("at"), piece.at},
            {K("bytes"), QString::fromLatin1(piece.bytes.toBase64())}};
}

template<class Item>
QJsonArray toArray(const QList<Item> &items)
{
    QJsonArray array;
    for (const Item &item : items)
        if constexpr (std::is_same_v<Item, timers::Op>)
            array.append(timers::toJson(item));
        else if constexpr (std::is_same_v<Item, OpId>)
            array.append(item.toHex());
        else
            array.append(toJson(item));
    return array;
}

struct Write {
    QJsonObject operator()(const Pair &pair) const
    {
        return typed("pair", {{K("v"), pair.version},
                              {K("device"), pair.device.toHex()},
                              {K("name"), pair.name},
                              {K("nonce"), hex(pair.nonce)}});
    }
    QJsonObject operator()(const Prove &prove) const
    {
        return typed("prove", {{K("proof"), hex(prove.proof)}});
    }
    QJsonObject operator()(const Hello &hello) const
    {
        QJsonObject fields{{K("v"), hello.version},
                           {K("device"), hello.device.toHex()},
                           {K("cursor"), toJson(hello.cursor)}};
        if (!hello.token.isEmpty())
            fields.insert(K("token"), hex(hello.token));
        if (hello.clock)
            fields.insert(K("clock"), toJson(*hello.clock));
        return typed("hello", fields);
    }
    QJsonObject operator()(const Push &push) const
    {
        return typed("push", {{K("ops"), toArray(push.ops)}});
    }
    QJsonObject operator()(const Ping &ping) const
    {
        return typed("ping", {{K("sent"), ping.sent}});
    }
    QJsonObject operator()(const Paired &paired) const
    {
        QJsonObject fields{{K("kitchen"), paired.kitchen.toHex()},
                           {K("name"), paired.kitchenName},
                           {K("role"), nameOf(paired.role)},
                           {K("proof"), hex(paired.proof)}};
        if (!paired.token.isEmpty())
            fields.insert(K("token"), hex(paired.token));
        return typed("paired", fields);
    }
    QJsonObject operator()(const Challenge &challenge) const
    {
        return typed("challenge",
                     {{K("nonce"), hex(challenge.nonce)}, {K("bound"), challenge.isBound}});
    }
    QJsonObject operator()(const Welcome &welcome) const
    {
        QJsonObject fields{
            {K("v"), welcome.version},        {K("kitchen"), welcome.kitchen.toHex()},
            {K("name"), welcome.kitchenName}, {K("epoch"), welcome.epoch.toHex()},
            {K("head"), welcome.head},        {K("restart"), welcome.restart}};
        if (welcome.snapshot)
            fields.insert(K("snapshot"), *welcome.snapshot);
        if (welcome.role)
            fields.insert(K("role"), nameOf(*welcome.role));
        return typed("welcome", fields);
    }
    QJsonObject operator()(const Page &page) const
    {
        return typed("page", {{K("entries"), toArray(page.entries)}});
    }
    QJsonObject operator()(const Acked &acked) const
    {
        return typed("acked", {{K("ops"), toArray(acked.ops)}});
    }
    QJsonObject operator()(const OpRefused &refused) const
    {
        return typed("refused", {{K("op"), refused.op.toHex()}, {K("why"), refused.why}});
    }
    QJsonObject operator()(const Pong &pong) const
    {
        return typed("pong", {{K("sent"), pong.sent},
                              {K("received"), pong.received},
                              {K("answered"), pong.answered},
                              {K("seq"), pong.seq}});
    }
    QJsonObject operator()(const Devices &devices) const
    {
        return typed("devices", {{K("devices"), toArray(devices.devices)}});
    }
    QJsonObject operator()(const SnapshotPage &page) const
    {
        return typed("snapshot", {{K("entries"), toArray(page.entries)}});
    }
    QJsonObject operator()(const Base &base) const
    {
        return typed("base", {{K("cursor"), toJson(base.cursor)}});
    }
    QJsonObject operator()(const Settled &settled) const
    {
        return typed("settled", {{K("ops"), toArray(settled.ops)}});
    }
    QJsonObject operator()(const Bye &bye) const
    {
        const char *reason = "";
        for (const auto &[value, name] : Reasons)
            if (value == bye.reason)
                reason = name;
        return typed("bye", {{K("reason"), K(reason)}, {K("why"), bye.why}});
    }
    QJsonObject operator()(const BlobOffer &offer) const
    {
        return typed("blob_offer", {{K("hash"), offer.hash.toHex()}, {K("size"), offer.size}});
    }
    QJsonObject operator()(const BlobPut &put) const
    {
        return typed("blob_put", toJson(put.piece));
    }
    QJsonObject operator()(const BlobAsk &ask) const
    {
        return typed("blob_ask", {{K("hash"), ask.hash.toHex()}, {K("from"), ask.from}});
    }
    QJsonObject operator()(const BlobWanted &wanted) const
    {
        return typed("blob_wanted", {{K("hash"), wanted.hash.toHex()}, {K("from"), wanted.from}});
    }
    QJsonObject operator()(const BlobKept &kept) const
    {
        return typed("blob_kept", {{K("hash"), kept.hash.toHex()}});
    }
    QJsonObject operator()(const BlobPart &part) const
    {
        return typed("blob_part", toJson(part.piece));
    }
    QJsonObject operator()(const BlobRefused &refused) const
    {
        return typed("blob_refused", {{K("hash"), refused.hash.toHex()}, {K("why"), refused.why}});
    }
    QJsonObject operator()(const Watch &watch) const
    {
        return typed("watch", {{K("on"), watch.on}});
    }
    QJsonObject operator()(const Pulse &pulse) const
    {
        return typed("pulse", {{K("mood"), nameOf(pulse.mood)}, {K("score"), pulse.score}});
    }
};

template<class Message>
QByteArray written(const Message &message)
{
    return QJsonDocument(std::visit(Write{}, message)).toJson(QJsonDocument::Compact);
}

Cursor takeCursor(JsonFields &outer)
{
    JsonFields fields(outer.object(K("cursor")), QStringLiteral("cursor"));
    Cursor cursor;
    cursor.epoch = fields.id<EpochId>(K("epoch"));
    cursor.seq = fields.integer(K("seq"), 0, MaxInteger);
    cursor.chain = fields.hex(K("chain"), cursor.seq == 0 ? 0 : LinkBytes);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return cursor;
}

/// `key` of `outer`, when it is there.
template<class Value, class Take>
std::optional<Value> takeOptional(JsonFields &outer, K key, Take take)
{
    if (!outer.has(key))
        return std::nullopt;
    JsonFields fields(outer.object(key), key);
    const Value value = take(fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return value;
}

timers::ClockClaim takeClaim(JsonFields &fields)
{
    return {
        fields.integer(K("wall"), -MaxTime, MaxTime),
        takeOptional<timers::ClockClaim::Kitchen>(fields, K("kitchen"), [](JsonFields &kitchen) {
            return timers::ClockClaim::Kitchen{kitchen.integer(K("now"), -MaxTime, MaxTime),
                                               kitchen.integer(K("within"), 0, MaxTime)};
        })};
}

timers::Op takeOp(const QJsonObject &json, JsonFields &outer)
{
    Expected<timers::Op> op = timers::opFromJson(json);
    if (!op) {
        outer.fault(op.error().context);
        return {};
    }
    return *std::move(op);
}

Entry takeEntry(const QJsonValue &json, JsonFields &outer)
{
    JsonFields fields(json.toObject(), QStringLiteral("entry"));
    Entry entry;
    entry.seq = fields.integer(K("seq"), 1, MaxInteger);
    entry.kt = fields.integer(K("kt"), -MaxTime, MaxTime);
    entry.chain = fields.hex(K("chain"), LinkBytes);
    entry.op = takeOp(fields.object(K("op")), fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return entry;
}

timers::StampedOp takeKept(const QJsonValue &json, JsonFields &outer)
{
    JsonFields fields(json.toObject(), QStringLiteral("snapshot entry"));
    timers::StampedOp kept;
    kept.seq = fields.integer(K("seq"), 1, MaxInteger);
    kept.kt = fields.integer(K("kt"), -MaxTime, MaxTime);
    kept.op = takeOp(fields.object(K("op")), fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return kept;
}

Device takeDevice(const QJsonValue &json, JsonFields &outer)
{
    JsonFields fields(json.toObject(), QStringLiteral("device"));
    Device device;
    device.id = fields.id<DeviceId>(K("id"));
    device.name = fields.text(K("name"), limits::NameLength);
    device.online = fields.flagOr(K("online"), false);
    if (const Outcome outcome = fields.finish(); !outcome)
        outer.fault(outcome.error().context);
    return device;
}

template<class Item, class Take>
QList<Item> takeList(JsonFields &fields, K key, qsizetype most, Take take)
{
    QList<Item> items;
    const QJsonArray array = fields.array(key, most);
    for (const QJsonValue &value : array)
        items += take(value, fields);
    return items;
}

OpId takeOpId(const QJsonValue &value, JsonFields &fields)
{
    const auto id = OpId::fromHex(value.toString());
    if (!id)
        fields.fault(QStringLiteral("a list of ops holds something that is no id"));
    return id.value_or(OpId());
}

int takeVersion(JsonFields &fields)
{
    return int(fields.integer(K("v"), 1, 1'000'000));
}

/// Absent for a device that is known by its key.
QByteArray takeToken(JsonFields &fields)
{
    return fields.has(K("token")) ? fields.hex(K("token"), TokenBytes) : QByteArray();
}

Role takeRole(JsonFields &fields)
{
    const auto role = roleNamed(fields.text(K("role"), WhyLength));
    if (!role)
        fields.fault(QStringLiteral("no such role"));
    return role.value_or(Role::Viewer);
}

Welcome takeWelcome(JsonFields &fields)
{
    Welcome welcome{takeVersion(fields),
                    fields.id<KitchenId>(K("kitchen")),
                    fields.text(K("name"), limits::NameLength),
                    fields.id<EpochId>(K("epoch")),
                    fields.integer(K("head"), 0, MaxInteger),
                    fields.flagOr(K("restart"), false)};
    if (fields.has(K("snapshot")))
        welcome.snapshot = fields.integer(K("snapshot"), 0, limits::SnapshotEntries);
    if (fields.has(K("role")))
        welcome.role = takeRole(fields);
    return welcome;
}

Bye takeBye(JsonFields &fields)
{
    Bye bye;
    const QString reason = fields.text(K("reason"), WhyLength);
    bye.why = fields.text(K("why"), WhyLength);
    for (const auto &[value, name] : Reasons)
        if (reason == K(name))
            bye.reason = value;
    return bye;
}

BlobHash takeHash(JsonFields &fields)
{
    return BlobHash::fromBytes(fields.hex(K("hash"), BlobHash::Bytes));
}

/// Where a piece may begin.
qint64 takePlace(JsonFields &fields, K key)
{
    const qint64 place = fields.integer(key, 0, MostBlobBytes - 1);
    if (place % BlobPartBytes != 0)
        fields.fault(QStringLiteral("“%1” is no place of a piece").arg(key));
    return place;
}

BlobPiece takePiece(JsonFields &fields)
{
    BlobPiece piece;
    piece.hash = takeHash(fields);
    piece.size = fields.integer(K("size"), 1, MostBlobBytes);
    piece.at = takePlace(fields, K("at"));
    const QByteArray written = fields.text(K("bytes"), LongestPiece).toLatin1();
    piece.bytes = QByteArray::fromBase64(written);
    if (piece.bytes.toBase64() != written || !isBlobPiece(piece))
        fields.fault(QStringLiteral("“bytes” is no piece"));
    return piece;
}

Pulse takePulse(JsonFields &fields)
{
    const auto mood = moodNamed(fields.text(K("mood"), WhyLength));
    if (!mood)
        fields.fault(QStringLiteral("“mood” is none that is known"));
    return {fields.integer(K("score"), 0, limits::PulseScore), mood.value_or(Mood::Quiet)};
}

FromDevice takeFromDevice(const QString &type, JsonFields &fields)
{
    if (type == K("pair"))
        return Pair{takeVersion(fields), fields.id<DeviceId>(K("device")),
                    fields.text(K("name"), limits::NameLength), fields.hex(K("nonce"), ProofBytes)};
    if (type == K("prove"))
        return Prove{fields.hex(K("proof"), ProofBytes)};
    if (type == K("hello"))
        return Hello{takeVersion(fields), fields.id<DeviceId>(K("device")), takeToken(fields),
                     takeCursor(fields),
                     takeOptional<timers::ClockClaim>(fields, K("clock"), takeClaim)};
    if (type == K("push"))
        return Push{takeList<timers::Op>(
            fields, K("ops"), limits::OpsPerPush,
            [](const QJsonValue &value, JsonFields &f) { return takeOp(value.toObject(), f); })};
    if (type == K("ping"))
        return Ping{fields.integer(K("sent"), -MaxTime, MaxTime)};
    if (type == K("blob_offer"))
        return BlobOffer{takeHash(fields), fields.integer(K("size"), 1, MaxInteger)};
    if (type == K("blob_put"))
        return BlobPut{takePiece(fields)};
    if (type == K("blob_ask"))
        return BlobAsk{takeHash(fields), takePlace(fields, K("from"))};
    if (type == K("watch"))
        return Watch{fields.flag(K("on"))};
    fields.fault(QStringLiteral("unknown type “%1”").arg(type.left(40)));
    return Ping{};
}

FromServer takeFromServer(const QString &type, JsonFields &fields)
{
    if (type == K("paired"))
        return Paired{fields.id<KitchenId>(K("kitchen")),
                      fields.text(K("name"), limits::NameLength), takeRole(fields),
                      fields.hex(K("proof"), ProofBytes), takeToken(fields)};
    if (type == K("challenge"))
        return Challenge{fields.hex(K("nonce"), ProofBytes), fields.flag(K("bound"))};
    if (type == K("welcome"))
        return takeWelcome(fields);
    if (type == K("page"))
        return Page{takeList<Entry>(fields, K("entries"), limits::EntriesPerPage, takeEntry)};
    if (type == K("acked"))
        return Acked{takeList<OpId>(fields, K("ops"), limits::OpsPerPush, takeOpId)};
    if (type == K("refused"))
        return OpRefused{fields.id<OpId>(K("op")), fields.text(K("why"), WhyLength)};
    if (type == K("pong"))
        return Pong{fields.integer(K("sent"), -MaxTime, MaxTime),
                    fields.integer(K("received"), -MaxTime, MaxTime),
                    fields.integer(K("answered"), -MaxTime, MaxTime),
                    fields.integer(K("seq"), 0, MaxInteger)};
    if (type == K("devices"))
        return Devices{takeList<Device>(fields, K("devices"), limits::DevicesPerList, takeDevice)};
    if (type == K("snapshot"))
        return SnapshotPage{
            takeList<timers::StampedOp>(fields, K("entries"), limits::EntriesPerPage, takeKept)};
    if (type == K("base"))
        return Base{takeCursor(fields)};
    if (type == K("settled"))
        return Settled{takeList<OpId>(fields, K("ops"), limits::OpsPerPush, takeOpId)};
    if (type == K("bye"))
        return takeBye(fields);
    if (type == K("blob_wanted"))
        return BlobWanted{takeHash(fields), takePlace(fields, K("from"))};
    if (type == K("blob_kept"))
        return BlobKept{takeHash(fields)};
    if (type == K("blob_part"))
        return BlobPart{takePiece(fields)};
    if (type == K("blob_refused"))
        return BlobRefused{takeHash(fields), fields.text(K("why"), WhyLength)};
    if (type == K("pulse"))
        return takePulse(fields);
    fields.fault(QStringLiteral("unknown type “%1”").arg(type.left(40)));
    return Bye{};
}

template<class Message, class Take>
Expected<Message> decode(const QByteArray &bytes, Take take)
{
    Expected<QJsonObject> json = strictObject(bytes, limits::MessageBytes, limits::JsonDepth);
    if (!json)
        return json.error();
    JsonFields fields(*json, QStringLiteral("message"));
    const QString type = fields.text(K("type"), 40);
    Message message = take(type, fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        return outcome.error();
    return message;
}

} // namespace

bool speaks(int version)
{
    return version >= ProtocolVersion - 1 && version <= ProtocolVersion + 1;
}

QByteArray encode(const FromDevice &message)
{
    return written(message);
}

QByteArray encode(const FromServer &message)
{
    return written(message);
}

QByteArray encode(const Entry &entry)
{
    return QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact);
}

Expected<FromDevice> decodeFromDevice(const QByteArray &bytes)
{
    return decode<FromDevice>(bytes, takeFromDevice);
}

Expected<FromServer> decodeFromServer(const QByteArray &bytes)
{
    return decode<FromServer>(bytes, takeFromServer);
}

} // namespace simmer::protocol
