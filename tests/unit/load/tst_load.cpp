// SPDX-License-Identifier: GPL-3.0-or-later
#include "Child.h"
#include "Cook.h"
#include "Frames.h"
#include "Latencies.h"
#include "Loop.h"
#include "Redis.h"
#include "protocol/MessageCodec.h"
#include "timers/OpCodec.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace simmer;
using namespace simmer::load;

namespace {

std::string serverFrame(int first, const std::string &payload)
{
    std::string frame{char(first)};
    if (payload.size() < 126) {
        frame += char(payload.size());
    } else if (payload.size() <= 0xffff) {
        frame += char(126);
        frame += char(payload.size() >> 8);
        frame += char(payload.size() & 0xff);
    } else {
        frame += char(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += char(payload.size() >> shift & 0xff);
    }
    return frame + payload;
}

constexpr int Text = 0x81;
constexpr int Pong = 0x8a;
constexpr int TextMore = 0x01;
constexpr int More = 0x00;
constexpr int Last = 0x80;

/// What a reader makes of a stream that comes in pieces of that size.
std::vector<std::string> readInPieces(const std::string &stream, size_t piece)
{
    FrameReader reader;
    std::vector<std::string> messages;
    std::string left;
    for (size_t at = 0; at < stream.size(); at += piece) {
        left += stream.substr(at, piece);
        std::string_view bytes = left;
        while (const auto message = reader.next(bytes))
            messages.emplace_back(message->payload);
        if (bytes.size() < left.size())
            left = std::string(bytes);
    }
    return messages;
}

/// A client's frame as its server reads it.
std::string unmasked(std::string_view frame, size_t header)
{
    char key[4];
    std::memcpy(key, frame.data() + header, sizeof key);
    std::string payload(frame.substr(header + sizeof key));
    for (size_t i = 0; i < payload.size(); ++i)
        payload[i] = char(payload[i] ^ key[i % sizeof key]);
    return payload;
}

timers::Op decodedPush(std::string_view text)
{
    const auto message =
        protocol::decodeFromDevice(QByteArray(text.data(), qsizetype(text.size())));
    const auto *push = message ? std::get_if<protocol::Push>(&*message) : nullptr;
    return push && push->ops.size() == 1 ? push->ops.constFirst() : timers::Op();
}

} // namespace

class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programsSeeTheirVariables();
    void wordsOfACommandStayWhole();
    void framesOfAnySizeInAnyPieces();
    void aMessageInFrames();
    void whatAServerMustNotSend_data();
    void whatAServerMustNotSend();
    void clientFramesAreMaskedAnew();
    void percentiles();
    void pressesAreWhatTheCodecWrites();
    void recipesToo();
    void repliesOfRedisInAnyPieces();
    void waitingEnds();
};

void TestLoad::framesOfAnySizeInAnyPieces()
{
    std::vector<std::string> sent;
    std::string stream;
    for (const size_t size : {0, 1, 125, 126, 65535, 65536, 200'000}) {
        sent.emplace_back(size, char('a' + size % 26));
        stream += serverFrame(Text, sent.back());
    }
    for (const size_t piece : {1, 7, 4096, 1'000'000})
        QVERIFY(readInPieces(stream, piece) == sent);
}

void TestLoad::aMessageInFrames()
{
    const std::string stream = serverFrame(TextMore, "one ") + serverFrame(Pong, "between") +
                               serverFrame(More, "two ") + serverFrame(Last, "three") +
                               serverFrame(Text, "four");
    const std::vector<std::string> expected{"between", "one two three", "four"};
    for (const size_t piece : {1, 3, 1000})
        QVERIFY(readInPieces(stream, piece) == expected);
}

void TestLoad::whatAServerMustNotSend_data()
{
    QTest::addColumn<QByteArray>("stream");
    const auto row = [](const char *name, const std::string &stream) {
        QTest::newRow(name) << QByteArray::fromStdString(stream);
    };
    row("masked", std::string("\x81\x81") + "keys?");
    row("reserved bits", serverFrame(0xc1, "x"));
    row("goes on with nothing", serverFrame(Last, "x"));
    row("begins within a message", serverFrame(TextMore, "x") + serverFrame(Text, "y"));
}

void TestLoad::whatAServerMustNotSend()
{
    QFETCH(QByteArray, stream);
    QVERIFY_EXCEPTION_THROWN(readInPieces(stream.toStdString(), 100), Failure);
}

void TestLoad::clientFramesAreMaskedAnew()
{
    FrameWriter writer(1);
    const std::string small(100, 's');
    const std::string middle(1003, 'm');
    const std::string large(70'000, 'l');
    QVERIFY(unmasked(writer.frame(small), 2) == small);
    QVERIFY(unmasked(writer.frame(middle), 4) == middle);
    QVERIFY(unmasked(writer.frame(large), 10) == large);
    QCOMPARE(int(static_cast<unsigned char>(writer.frame(small, Opcode::Pong).front())), Pong);
    QSet<QByteArray> keys;
    for (int i = 0; i < 1000; ++i)
        keys += QByteArray(writer.frame(small).data() + 2, 4);
    QVERIFY(keys.size() > 990);
}

void TestLoad::percentiles()
{
    Latencies latencies;
    QCOMPARE(latencies.percentile(0.5), 0.0);
    for (int i = 100; i > 0; --i)
        latencies.add(std::chrono::microseconds(i));
    QCOMPARE(latencies.percentile(0.5), 50.0);
    QCOMPARE(latencies.percentile(0.99), 99.0);
    QCOMPARE(latencies.percentile(1), 100.0);
    QCOMPARE(latencies.percentile(0), 1.0);
    Latencies one;
    one.add(std::chrono::milliseconds(3));
    QCOMPARE(one.percentile(0.99), 3000.0);
    latencies.add(one);
    QCOMPARE(latencies.count(), size_t(101));
    QCOMPARE(latencies.percentile(1), 3000.0);
}

void TestLoad::pressesAreWhatTheCodecWrites()
{
    const DeviceId device = DeviceId::random();
    Cook cook(device);
    QSet<OpId> ids;
    timers::Op before;
    for (int i = 0; i < 1000; ++i) {
        const std::string text(cook.push());
        const timers::Op op = decodedPush(text);
        QCOMPARE(QString::fromStdString(std::string(cook.id())), op.id.toHex());
        QCOMPARE(op.device, device);
        QCOMPARE(qint64(cook.at()), op.at);
        QVERIFY(op.counter > before.counter);
        const bool begins = std::holds_alternative<timers::Start>(op.action);
        QCOMPARE(begins, i % 5 == 0);
        QCOMPARE(op.seen, begins ? QList<OpId>() : QList<OpId>{before.id});
        QCOMPARE(op.subject == before.subject, !begins);
        QCOMPARE(timers::canonical(op), QByteArray::fromStdString(std::string(cook.op())));
        ids += op.id;
        before = op;
    }
    QCOMPARE(ids.size(), 1000);
}

void TestLoad::recipesToo()
{
    Cook cook(DeviceId::random(), Cook::Habit::Recipes);
    const timers::Op first = decodedPush(cook.push());
    const timers::Op second = decodedPush(cook.push());
    QVERIFY(std::holds_alternative<timers::WriteRecipe>(first.action));
    QCOMPARE(second.subject, first.subject);
    QCOMPARE(second.seen, QList<OpId>{first.id});
    QVERIFY(cook.op().size() > 4096);
}

void TestLoad::repliesOfRedisInAnyPieces()
{
    const std::string replies[] = {"+OK\r\n",
                                   ":1\r\n",
                                   "$-1\r\n",
                                   "$0\r\n\r\n",
                                   "$4\r\na\r\nb\r\n",
                                   "*0\r\n",
                                   "*3\r\n$7\r\nmessage\r\n$7\r\nkitchen\r\n:5\r\n",
                                   "*2\r\n*1\r\n+a\r\n$1\r\nb\r\n",
                                   "-ERR no\r\n"};
    for (const std::string &reply : replies) {
        QCOMPARE(replySize(reply + "+next").value_or(0), reply.size());
        for (size_t size = 0; size < reply.size(); ++size)
            QVERIFY(!replySize(std::string_view(reply).substr(0, size)));
    }
}

void TestLoad::waitingEnds()
{
    Loop loop;
    QVERIFY_EXCEPTION_THROWN(
        loop.until([] { return false; }, "nothing", std::chrono::milliseconds(1)), Failure);
    loop.during(std::chrono::milliseconds(1)); // and the loop is good for more
}

void TestLoad::programsSeeTheirVariables()
{
    const QTemporaryDir folder;
    const std::string log = folder.filePath(QStringLiteral("log")).toStdString();
    const Child child({"sh", "-c", "echo $SIMMER_FAULTS; exec cat"}, log,
                      {{"SIMMER_FAULTS", "kitchen:*:throw:1"}});
    const auto printed = [&log] {
        QFile file(QString::fromStdString(log));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_COMPARE(printed(), QByteArray("kitchen:*:throw:1\n"));
}

void TestLoad::wordsOfACommandStayWhole()
{
    QCOMPARE(outputOf({"printf", "%s|", "two words", "$HOME", "a"}),
             std::string("two words|$HOME|a|"));
}

QTEST_APPLESS_MAIN(TestLoad)
#include "tst_load.moc"
