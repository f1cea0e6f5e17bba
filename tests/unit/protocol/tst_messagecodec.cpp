// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/EncodedPage.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "timers/OpCodec.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <cstdint>
#include <random>

using namespace simmer;
using namespace simmer::protocol;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size); // fuzz_protocol.cpp

namespace {

OpId opId(int n)
{
    return *OpId::fromHex(QStringLiteral("%1").arg(n, 32, 16, QLatin1Char('0')));
}
DeviceId device()
{
    return *DeviceId::fromHex(QStringLiteral("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"));
}
QByteArray bytes(int count, char first)
{
    QByteArray made;
    for (int i = 0; i < count; ++i)
        made += char(first + i);
    return made;
}

timers::Op opWith(const timers::Action &action)
{
    timers::Op op;
    op.id = opId(1);
    op.device = device();
    op.cook = QStringLiteral("Ana “é” \U0001F35E");
    op.subject = opId(2).uuid();
    op.action = action;
    op.at = 1'700'000'000'123;
    op.counter = 7;
    op.boot = BootId(opId(3).uuid());
    op.bootMs = 123'456;
    op.seen = {opId(4), opId(5)};
    return op;
}

QList<timers::Cue> everyCue()
{
    return {{timers::Cue::Kind::Every, 60'000, QStringLiteral("Rühren")},
            {timers::Cue::Kind::Halfway, 0, {}},
            {timers::Cue::Kind::Before, -1, QStringLiteral("salt")}};
}

QList<timers::Op> everyOp()
{
    const timers::Place place{RecipeId(opId(9).uuid()), 2, 1};
    QList<timers::Op> ops;
    for (const timers::Action &action : QList<timers::Action>{
             timers::Start{QStringLiteral("Roast"), 1'200'000, 1'500'000, place},
             timers::Start{QStringLiteral("\"\\\n"), 0, -1, std::nullopt},
             timers::Start{QStringLiteral("Bake"),
                           60'000,
                           60'000,
                           place,
                           everyCue(),
                           {{QStringLiteral("Cool"), 1000, 2000, everyCue()}}},
             timers::Snooze{opId(6), 300'000}, timers::Rename{QStringLiteral("Peas")},
             timers::SetCues{everyCue()}, timers::SetCues{}, timers::Pause{}, timers::Resume{},
             timers::Add{-300'000}, timers::Cancel{}, timers::Acknowledge{opId(6)},
             timers::WriteRecipe{
                 {{QStringLiteral("title"), QStringLiteral("Bread")},
                  {QStringLiteral("ingredients"), QJsonArray{1, 2.5, QJsonValue()}}}},
             timers::RemoveRecipe{},
             timers::WriteRecipe{{{QStringLiteral("summary"), QJsonValue()}}},
             timers::Cook{place.recipe, timers::Cook::Turn::End, {}, {}},
             timers::Cook{place.recipe,
                          timers::Cook::Turn::Begin,
                          7,
                          timers::Scale{3, 2},
                          {{{timers::Box::Kind::Ingredient, 0}, true},
                           {{timers::Box::Kind::Step, 10'000}, false}}}})
        ops += opWith(action);
    for (timers::Op &op : ops)
        if (timers::cookedIn(op))
            op.subject = timers::sessionOf(place.recipe).uuid();
    return ops;
}

Cursor cursorAt(qint64 seq)
{
    return {EpochId(opId(8).uuid()), seq, seq ? bytes(32, 'A') : QByteArray()};
}

BlobHash blob()
{
    return BlobHash::of("photo");
}

QList<FromDevice> everyFromDevice()
{
    return {Pair{3, device(), QStringLiteral("Ana's phone"), bytes(32, 'n')},
            Prove{bytes(32, 'p')},
            Hello{3, device(), {}, cursorAt(41)},
            Hello{1, device(), bytes(32, 'a'), cursorAt(41)},
            Hello{2, device(), bytes(32, 'a'), cursorAt(0)},
            Hello{1, device(), bytes(32, 'a'), cursorAt(0), timers::ClockClaim{-5, {}}},
            Hello{1, device(), bytes(32, 'a'), cursorAt(41),
                  timers::ClockClaim{1'700'000'000'000,
                                     timers::ClockClaim::Kitchen{1'700'000'000'123, 12}}},
            Push{everyOp()},
            Push{},
            Ping{-5},
            BlobOffer{blob(), 1LL << 40},
            BlobPut{{blob(), 40'000, 0, QByteArray(BlobPartBytes, '\xff')}},
            BlobPut{{blob(), 40'000, BlobPartBytes, QByteArray(40'000 - BlobPartBytes, 'z')}},
            BlobAsk{blob(), 0},
            BlobAsk{blob(), 3 * BlobPartBytes},
            Watch{true},
            Watch{false}};
}

QList<FromServer> everyFromServer()
{
    const KitchenId kitchen(opId(10).uuid());
    Page page;
    for (const timers::Op &op : everyOp())
        page.entries += {page.entries.size() + 1, op.at + 50, bytes(32, 'B'), op};
    QList<FromServer> all{
        Challenge{bytes(32, 'n'), true},
        Challenge{bytes(32, 'm'), false},
        Paired{kitchen, QStringLiteral("Kitchen"), Role::Cook, bytes(32, 'p'), bytes(32, 'c')},
        Paired{kitchen, QStringLiteral("Kitchen"), Role::Viewer, bytes(32, 'p'), {}},
        Welcome{3,
                kitchen,
                QStringLiteral("Kitchen"),
                EpochId(opId(8).uuid()),
                42,
                false,
                {},
                Role::Owner},
        Welcome{3, kitchen, QStringLiteral("Kitchen"), EpochId(opId(8).uuid()), 42, true},
        Welcome{3, kitchen, QStringLiteral("Kitchen"), EpochId(opId(8).uuid()), 42, false, 0},
        SnapshotPage{{{opWith(timers::Pause{}), 1'700'000'000'000, 3}}},
        SnapshotPage{},
        Base{cursorAt(41)},
        Settled{{opId(1), opId(2)}},
        page,
        Acked{{opId(1), opId(2)}},
        OpRefused{opId(1), QStringLiteral("too large")},
        Pong{1, 1'700'000'000'000, 1'700'000'000'001, 42},
        Devices{{{device(), QStringLiteral("Ana's phone"), true}, {DeviceId(), QString(), false}}},
        BlobWanted{blob(), 2 * BlobPartBytes},
        BlobKept{blob()},
        BlobPart{
            {blob(), MostBlobBytes, MostBlobBytes - BlobPartBytes, QByteArray(BlobPartBytes, 'z')}},
        BlobPart{{blob(), 1, 0, "x"}},
        BlobRefused{blob(), QStringLiteral("no JPEG, PNG or WebP image")},
        Pulse{0, Mood::Quiet},
        Pulse{limits::PulseScore, Mood::FullSwing},
        Pulse{3, Mood::Unattended}};
    for (const ByeReason reason : {ByeReason::BadMessage, ByeReason::BadVersion, ByeReason::BadCode,
                                   ByeReason::UnknownDevice, ByeReason::TooMany, ByeReason::TooSlow,
                                   ByeReason::Closing, ByeReason::Replaced})
        all += Bye{reason, QStringLiteral("why")};
    return all;
}

QByteArray pingWith(const QByteArray &fields)
{
    return "{\"type\":\"ping\"" + fields + '}';
}

/// Changes bytes as a broken or hostile sender might.
QByteArray mutated(QByteArray text, std::mt19937 &dice)
{
    static const QList<QByteArray> tokens{"{", "}",    "[",    "]",       "\"",
                                          ":", ",",    "\\",   "\\u0000", "1e999",
                                          "-", "null", "\xff", "\xc3",    QByteArray(1, 0)};
    const auto roll = [&](qsizetype below) {
        return below > 0 ? qsizetype(dice() % quint64(below)) : 0;
    };
    for (qsizetype times = 1 + roll(4); times > 0; --times) {
        const qsizetype at = roll(text.size());
        switch (roll(5)) {
        case 0:
            text.remove(at, 1 + roll(20));
            break;
        case 1:
            text.insert(at, tokens[roll(tokens.size())]);
            break;
        case 2:
            if (!text.isEmpty())
                text[at] = char(roll(256));
            break;
        case 3:
            text.insert(at, text.mid(roll(text.size()), roll(60)));
            break;
        default:
            text.truncate(at);
        }
    }
    return text;
}

} // namespace

/// The text that crosses the network, and its strictness.
class TestMessageCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageRoundTrips();
    void opsRoundTripCanonically();
    void encodedPageIsTheSameText();
    void versionsOfNeighboursAreSpoken();
    void strictness_data();
    void strictness();
    void rangesAreChecked_data();
    void rangesAreChecked();
    void snapshotsAreBounded();
    void tooLargeIsRefusedUnread();
    void tooManyOpsAreRefused();
    void opsOfANewerVersionSaySo();
    void cursorNeedsItsChain();
    void piecesOfPhotosAreStrict_data();
    void piecesOfPhotosAreStrict();
    void pieceFitsIntoAFrame();
    void directionsAreNotMixed();
    void mutantsNeverBreakTheDecoder();
    void examplesInTheManualAreTrue();
};

void TestMessageCodec::everyMessageRoundTrips()
{
    for (const FromDevice &message : everyFromDevice()) {
        const auto read = decodeFromDevice(encode(message));
        QVERIFY2(bool(read), encode(message).constData());
        QVERIFY2(*read == message, encode(message).constData());
    }
    for (const FromServer &message : everyFromServer()) {
        const auto read = decodeFromServer(encode(message));
        QVERIFY2(bool(read), encode(message).constData());
        QVERIFY2(*read == message, encode(message).constData());
    }
}

void TestMessageCodec::opsRoundTripCanonically()
{
    for (const timers::Op &op : everyOp()) {
        const QByteArray text = timers::canonical(op);
        const auto read = timers::opFromBytes(text);
        QVERIFY2(bool(read), text.constData());
        QVERIFY(*read == op);
        QCOMPARE(timers::canonical(*read), text);
    }
}

void TestMessageCodec::encodedPageIsTheSameText()
{
    Page page;
    QList<QByteArray> lines;
    for (const timers::Op &op : everyOp()) {
        const Entry entry{page.entries.size() + 1, op.at - 3, bytes(32, 'z'), op};
        page.entries += entry;
        lines += encodeEntry(entry.seq, entry.kt, entry.chain, timers::canonical(op));
        QCOMPARE(lines.constLast(), encode(entry));
    }
    SnapshotPage snapshot;
    QList<QByteArray> keptLines;
    for (const Entry &entry : std::as_const(page.entries)) {
        snapshot.entries += {entry.op, entry.kt, entry.seq};
        keptLines += encodeKept(entry.seq, entry.kt, timers::canonical(entry.op));
    }
    QCOMPARE(encodeSnapshotPage(keptLines), encode(FromServer(snapshot)));
    QCOMPARE(encodePage(lines), encode(FromServer(page)));
    QCOMPARE(encodePage({}), encode(FromServer(Page{})));
    for (const QList<OpId> &ops :
         {QList<OpId>(), {OpId::random()}, {OpId::random(), OpId::random()}})
        QCOMPARE(encodeAcked(ops), encode(FromServer(Acked{ops})));
}

void TestMessageCodec::versionsOfNeighboursAreSpoken()
{
    QVERIFY(speaks(ProtocolVersion - 1));
    QVERIFY(speaks(ProtocolVersion));
    QVERIFY(speaks(ProtocolVersion + 1));
    QVERIFY(!speaks(ProtocolVersion + 2));
    QVERIFY(!speaks(ProtocolVersion - 2));
}

void TestMessageCodec::strictness_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    const auto refused = [](const char *name, const QByteArray &text,
                            ErrorCode code = ErrorCode::BadSyntax) {
        QTest::newRow(name) << text << code;
    };
    refused("empty", "");
    refused("no object", "[]");
    refused("trailing text", pingWith(",\"sent\":1") + "x");
    refused("two objects", pingWith(",\"sent\":1") + pingWith(",\"sent\":1"));
    refused("no type", "{\"sent\":1}");
    refused("type of a wrong type", "{\"type\":1,\"sent\":1}");
    refused("unknown type", "{\"type\":\"pong2\",\"sent\":1}");
    refused("missing field", pingWith(""));
    refused("unknown field", pingWith(",\"sent\":1,\"more\":1"));
    refused("key twice", pingWith(",\"sent\":1,\"sent\":1"));
    refused("key twice, once escaped", pingWith(",\"sent\":1,\"s\\u0065nt\":1"));
    refused("control character in a key", pingWith(",\"sent\":1,\"s\x1dnt\":1"));
    refused("string for number", pingWith(",\"sent\":\"1\""));
    refused("fraction", pingWith(",\"sent\":1.5"));
    refused("too big for a number", pingWith(",\"sent\":1e999"));
    refused("null", pingWith(",\"sent\":null"));
    refused("comment", pingWith(",\"sent\":1/*x*/"));
    refused("single quotes", "{'type':'ping','sent':1}");
    refused("key twice inside", "{\"type\":\"push\",\"ops\":[{\"arg\":{\"a\":1,\"a\":2}}]}");
    refused("17 levels", pingWith(",\"sent\":" + QByteArray(16, '[') + QByteArray(16, ']')));
    refused("100,000 levels", QByteArray(100'000, '{'));
    refused("bad UTF-8", pingWith(",\"sent\":1,\"\xff\":1"), ErrorCode::BadEncoding);
    refused("overlong UTF-8", pingWith(",\"sent\":1,\"\xc0\xaf\":1"), ErrorCode::BadEncoding);
    refused("surrogate in UTF-8", pingWith(",\"s\":\"\xed\xa0\x80\""), ErrorCode::BadEncoding);
    refused("cut in a character", pingWith(",\"sent\":1,\"\xe2\x82"), ErrorCode::BadEncoding);
    refused("NUL", pingWith(",\"sent\":1,\"x" + QByteArray(1, 0) + "\":1"), ErrorCode::BadEncoding);
}

void TestMessageCodec::strictness()
{
    QFETCH(const QByteArray, text);
    QFETCH(const ErrorCode, code);
    const auto read = decodeFromDevice(text);
    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QVERIFY(read.error().context.size() < 200); // goes into a Bye
}

void TestMessageCodec::rangesAreChecked_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto changed = [](const char *name, const char *from, const char *to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    changed("short id", "\"device\":\"d0", "\"device\":\"");
    changed("capital hex", "\"device\":\"d0", "\"device\":\"D0");
    changed("no hex", "\"device\":\"d0", "\"device\":\"g0");
    changed("version 0", "\"v\":1", "\"v\":0");
    changed("negative seq", "\"seq\":41", "\"seq\":-1");
    changed("seq beyond 2^53", "\"seq\":41", "\"seq\":9007199254740994");
    changed("short token", "\"token\":\"61", "\"token\":\"");
    changed("cursor of a wrong type", "\"cursor\":{", "\"cursor\":[{");
    changed("unknown field in the cursor", "\"cursor\":{", "\"cursor\":{\"x\":1,");
    changed("unknown field in the clock", "\"clock\":{", "\"clock\":{\"x\":1,");
    changed("clock of a wrong type", "\"clock\":{", "\"clock\":[{");
    changed("clock without a wall", "\"wall\":7", "\"well\":7");
    changed("wall beyond all time", "\"wall\":7", "\"wall\":8640000000000001");
    changed("kitchen time in words", "\"now\":8", "\"now\":\"noon\"");
    changed("kitchen time without its error", ",\"within\":9", "");
    changed("negative error", "\"within\":9", "\"within\":-9");
}

void TestMessageCodec::rangesAreChecked()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QByteArray text = encode(FromDevice(
        Hello{1, device(), bytes(32, 'a'), cursorAt(41), timers::ClockClaim{7, {{8, 9}}}}));
    QVERIFY(decodeFromDevice(text));
    QVERIFY(text.contains(from));
    QVERIFY(!decodeFromDevice(text.replace(from, to)));
}

void TestMessageCodec::snapshotsAreBounded()
{
    const timers::StampedOp kept{opWith(timers::Pause{}), 1, 1};
    const QList<timers::StampedOp> most(limits::EntriesPerPage, kept);
    QVERIFY(decodeFromServer(encode(FromServer(SnapshotPage{most}))));
    QVERIFY(!decodeFromServer(encode(FromServer(SnapshotPage{most + QList{kept}}))));
    QVERIFY(!decodeFromServer(encode(FromServer(SnapshotPage{{{kept.op, 1, 0}}}))));
    Welcome welcome;
    welcome.snapshot = limits::SnapshotEntries;
    QVERIFY(decodeFromServer(encode(FromServer(welcome))));
    welcome.snapshot = limits::SnapshotEntries + 1;
    QVERIFY(!decodeFromServer(encode(FromServer(welcome))));
    welcome.snapshot = -1;
    QVERIFY(!decodeFromServer(encode(FromServer(welcome))));
    Base base{cursorAt(41)};
    base.cursor.chain.chop(1);
    QVERIFY(!decodeFromServer(encode(FromServer(base))));
    const QList<OpId> tooMany(limits::OpsPerPush + 1, opId(1));
    QVERIFY(!decodeFromServer(encode(FromServer(Settled{tooMany}))));
}

void TestMessageCodec::tooLargeIsRefusedUnread()
{
    const QByteArray ping = pingWith(",\"sent\":1");
    const QByteArray padded = ping.leftJustified(limits::MessageBytes, ' ');
    QVERIFY(decodeFromDevice(padded));
    const auto read = decodeFromDevice(padded + ' ');
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::TooLarge);
}

void TestMessageCodec::tooManyOpsAreRefused()
{
    const timers::Op op = opWith(timers::Pause{});
    const Push most{QList<timers::Op>(limits::OpsPerPush, op)};
    const Push more{QList<timers::Op>(limits::OpsPerPush + 1, op)};
    QVERIFY(decodeFromDevice(encode(FromDevice(most))));
    QVERIFY(!decodeFromDevice(encode(FromDevice(more))));
}

/// A log with an op that this version does not know is not taken; what to do is in the error.
void TestMessageCodec::opsOfANewerVersionSaySo()
{
    const Page page{{{1, 2, bytes(32, 'B'), opWith(timers::Pause{})}}};
    QByteArray text = encode(FromServer(page));
    text.replace("\"type\":\"pause\"", "\"type\":\"flambe\"");
    const auto read = decodeFromServer(text);
    QVERIFY(!read);
    QVERIFY2(read.error().context.contains(QStringLiteral("“flambe”: a newer Simmer made it")),
             qPrintable(read.error().context));
    QVERIFY(read.error().context.size() < 200);
}

void TestMessageCodec::cursorNeedsItsChain()
{
    Hello hello{1, device(), bytes(32, 'a'), cursorAt(41)};
    hello.cursor.chain.clear();
    QVERIFY(!decodeFromDevice(encode(FromDevice(hello))));
    hello.cursor = cursorAt(0);
    hello.cursor.chain = bytes(32, 'A');
    QVERIFY(!decodeFromDevice(encode(FromDevice(hello))));
}

void TestMessageCodec::piecesOfPhotosAreStrict_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto changed = [](const char *name, const char *from, const char *to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    changed("short", "\"size\":6", "\"size\":7");
    changed("long", "\"size\":6", "\"size\":5");
    changed("no size", "\"size\":6", "\"size\":0");
    changed("more than a photo has", "\"size\":6", "\"size\":8388609");
    changed("beyond the end", "\"at\":0", "\"at\":32768");
    changed("between two places", "\"at\":0", "\"at\":1");
    changed("before the start", "\"at\":0", "\"at\":-32768");
    changed("no base64", "cGhvdG8h", "cGhvdG8*");
    changed("white space", "cGhvdG8h", "cGhv dG8h");
    changed("another alphabet", "cGhvdG8h", "cGhv_-8h");
    changed("padding that nobody needs", "cGhvdG8h", "cGhvdG8h====");
    changed("nothing", "cGhvdG8h", "");
    changed("half a hash", "\"hash\":\"", "\"hash\":\"0");
}

void TestMessageCodec::piecesOfPhotosAreStrict()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    const QByteArray text = encode(FromDevice(BlobPut{{blob(), 6, 0, "photo!"}}));
    QVERIFY(decodeFromDevice(text));
    QVERIFY(text.contains(from));
    QByteArray other = text;
    QVERIFY(!decodeFromDevice(other.replace(from, to)));
    other = encode(FromServer(BlobPart{{blob(), 6, 0, "photo!"}}));
    QVERIFY(decodeFromServer(other));
    QVERIFY(!decodeFromServer(other.replace(from, to)));
}

void TestMessageCodec::pieceFitsIntoAFrame()
{
    const BlobPiece piece{blob(), MostBlobBytes, 0, QByteArray(BlobPartBytes, '\xff')};
    QVERIFY(encode(FromDevice(BlobPut{piece})).size() < 64 * 1024);
    BlobPiece more = piece;
    more.bytes += 'x';
    QVERIFY(!decodeFromDevice(encode(FromDevice(BlobPut{more}))));
}

void TestMessageCodec::directionsAreNotMixed()
{
    for (const FromDevice &message : everyFromDevice())
        QVERIFY(!decodeFromServer(encode(message)));
    for (const FromServer &message : everyFromServer())
        QVERIFY(!decodeFromDevice(encode(message)));
}

void TestMessageCodec::mutantsNeverBreakTheDecoder()
{
    std::mt19937 dice(20261121); // NOLINT(bugprone-random-generator-seed): the same on every run
    QList<QByteArray> seeds;
    for (const FromDevice &message : everyFromDevice())
        seeds += encode(message);
    for (const FromServer &message : everyFromServer())
        seeds += encode(message);
    for (const timers::Op &op : everyOp())
        seeds += timers::canonical(op);
    int accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        const QByteArray text = mutated(seeds[round % seeds.size()], dice);
        if (LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(text.constData()),
                                   size_t(text.size())) == 0)
            ++accepted;
    }
    QVERIFY(accepted > 0); // some changes are harmless: the decoder was really reached
    QVERIFY(accepted < 10'000);
}

/// docs/protocol.md shows every message: each fenced line is one that the codec writes.
void TestMessageCodec::examplesInTheManualAreTrue()
{
    QFile manual(QStringLiteral(SIMMER_FIXTURES "/../../docs/protocol.md"));
    QVERIFY2(manual.open(QIODevice::ReadOnly), qPrintable(manual.fileName()));
    QSet<size_t> shown;
    constexpr size_t DeviceKinds = std::variant_size_v<FromDevice>;
    const QList<QByteArray> lines = manual.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith("{\"") || !line.contains("\"type\":"))
            continue;
        const auto fromDevice = decodeFromDevice(line);
        const auto fromServer = decodeFromServer(line);
        QVERIFY2(fromDevice || fromServer, line.constData());
        const QByteArray written = fromDevice ? encode(*fromDevice) : encode(*fromServer);
        QCOMPARE(QString::fromUtf8(written), QString::fromUtf8(line));
        shown.insert(fromDevice ? fromDevice->index() : DeviceKinds + fromServer->index());
    }
    QCOMPARE(size_t(shown.size()), DeviceKinds + std::variant_size_v<FromServer>);
}

QTEST_GUILESS_MAIN(TestMessageCodec)
#include "tst_messagecodec.moc"
