// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "protocol/WrittenPush.h"
#include "timers/CanonicalOp.h"
#include "timers/OpCodec.h"
#include "timers/OpLimits.h"

#include <QJsonDocument>
#include <QTest>

using namespace simmer;
using namespace simmer::timers;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size); // fuzz_protocol.cpp

namespace {

Op opWith(const Action &action)
{
    fakes::OpMaker maker;
    return maker.make(TimerId::random(), action, 1'700'000'000'123, {OpId::random()}).op;
}

/// What is pressed in a kitchen.
QList<Op> presses()
{
    const Place place{RecipeId::random(), 2, 1};
    QList<Op> ops;
    for (const Action &action :
         QList<Action>{Start{QStringLiteral("Roast, {[:,]}"), 1'200'000, 1'500'000, place},
                       Start{{}, 0, -1, std::nullopt}, Pause{}, Resume{}, Add{-300'000}, Add{0},
                       Cancel{}, Acknowledge{OpId::random()}, Snooze{OpId::random(), 300'000}})
        ops += opWith(action);
    ops[0].seen = {};
    ops[1].seen = {OpId::random(), OpId::random(), OpId()};
    return ops;
}

QList<Op> rarities()
{
    QList<Op> ops;
    for (const Action &action : QList<Action>{
             Start{QStringLiteral("Reis für “zwei”"), 1, 1, std::nullopt},
             Start{QStringLiteral("a\"b\\c\n"), 1, 1, std::nullopt},
             Start{QStringLiteral("Bake"), 1, 1, std::nullopt, {Cue{}}},
             Start{QStringLiteral("Bake"), 1, 1, std::nullopt, {}, {Stage{}}},
             Rename{QStringLiteral("Peas")}, SetCues{},
             WriteRecipe{{{QStringLiteral("title"), QStringLiteral("Bread")}}}, RemoveRecipe{}})
        ops += opWith(action);
    return ops;
}

QByteArray pushOf(const QList<Op> &ops)
{
    return protocol::encode(protocol::FromDevice(protocol::Push{ops}));
}

bool isReadShort(const Op &op)
{
    const QByteArray body = canonical(op);
    QByteArrayView left(body);
    return takeCanonical(left).has_value();
}

/// Whether all decoders agree about it; they end the test where they do not.
void compare(const QByteArray &text)
{
    (void)LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(text.constData()),
                                 size_t(text.size()));
}

} // namespace

class TestWrittenPush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pressesAreRead();
    void severalAreReadInTheirOrder();
    void whatIsRareIsLeftToTheOtherWay();
    void limitsAreTheSame();
    void numbersHaveOneForm_data();
    void numbersHaveOneForm();
    void typeAndArgBelongTogether();
    void framesAreExact();
    void everyMutantIsReadAlikeOrNot();
};

void TestWrittenPush::pressesAreRead()
{
    for (const Op &op : presses()) {
        const QByteArray body = canonical(op);
        const QByteArray text = body + "rest";
        QByteArrayView left(text);
        const auto read = takeCanonical(left);
        QVERIFY2(read, body.constData());
        QCOMPARE(*read, op);
        QCOMPARE(left, QByteArrayView("rest"));
    }
}

void TestWrittenPush::severalAreReadInTheirOrder()
{
    const QList<Op> ops = presses();
    const auto push = protocol::readWrittenPush(pushOf(ops));
    QVERIFY(push);
    QCOMPARE(push->ops, ops);
    QCOMPARE(push->bodies.size(), ops.size());
    for (qsizetype i = 0; i < ops.size(); ++i)
        QCOMPARE(push->bodies[i], canonical(ops[i]));
}

void TestWrittenPush::whatIsRareIsLeftToTheOtherWay()
{
    for (const Op &op : rarities()) {
        QVERIFY2(!isReadShort(op), canonical(op).constData());
        QVERIFY(opFromBytes(canonical(op)));
        QVERIFY(!protocol::readWrittenPush(pushOf({presses().constFirst(), op})));
    }
}

void TestWrittenPush::limitsAreTheSame()
{
    Op op = opWith(Pause{});
    const auto agree = [&op](bool good) {
        const QByteArray body = canonical(op);
        return isReadShort(op) == good && bool(opFromBytes(body)) == good;
    };
    op.cook = QString(LongestCook, QLatin1Char('a'));
    QVERIFY(agree(true));
    op.cook += QLatin1Char('a');
    QVERIFY(agree(false));
    op.cook.clear();
    op.seen = QList<OpId>(MostSeen, OpId::random());
    QVERIFY(agree(true));
    op.seen += OpId::random();
    QVERIFY(agree(false));
    op.seen.clear();
    op.action = Start{QString(LongestName, QLatin1Char('a')), 1, 1, std::nullopt};
    QVERIFY(agree(true));
    op.action = Start{QString(LongestName + 1, QLatin1Char('a')), 1, 1, std::nullopt};
    QVERIFY(agree(false));
    op.action = Start{{}, 1, 1, Place{RecipeId::random(), MostSteps, 0}};
    QVERIFY(agree(true));
    op.action = Start{{}, 1, 1, Place{RecipeId::random(), 0, MostSteps + 1}};
    QVERIFY(agree(false));
    op.action = Pause{};
    op.counter = -1;
    QVERIFY(agree(false));
    const QList<Op> most(protocol::limits::OpsPerPush, opWith(Pause{}));
    QVERIFY(protocol::readWrittenPush(pushOf(most)));
    QVERIFY(!protocol::readWrittenPush(pushOf(most + presses())));
    QVERIFY(!protocol::readWrittenPush(pushOf({})));
}

void TestWrittenPush::numbersHaveOneForm_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<bool>("read");
    for (const auto &[digits, read] :
         std::initializer_list<std::pair<const char *, bool>>{{"0", true},
                                                              {"7", true},
                                                              {"-7", true},
                                                              {"9007199254740992", true},
                                                              {"-9007199254740992", true},
                                                              {"9007199254740993", false},
                                                              {"99999999999999999999", false},
                                                              {"", false},
                                                              {"-", false},
                                                              {"-0", false},
                                                              {"07", false},
                                                              {"+7", false},
                                                              {"7.0", false},
                                                              {"7e0", false},
                                                              {" 7", false},
                                                              {"7 ", false},
                                                              {"\"7\"", false},
                                                              {"null", false}})
        QTest::newRow(*digits ? digits : "none") << QByteArray(digits) << read;
}

void TestWrittenPush::numbersHaveOneForm()
{
    QFETCH(QByteArray, digits);
    QFETCH(bool, read);
    const QByteArray body = canonical(opWith(Add{31415926})).replace("31415926", digits);
    QByteArrayView left(body);
    QCOMPARE(takeCanonical(left).has_value(), read);
    compare(body);
}

void TestWrittenPush::typeAndArgBelongTogether()
{
    const QList<QByteArray> types{"start", "add", "ack", "snooze", "pause", "remove", "startx", ""};
    for (const Op &op : presses())
        for (const QByteArray &type : types) {
            QByteArray body = canonical(op);
            const qsizetype at = body.lastIndexOf(":\"") + 2;
            body = body.first(at) + type + "\"}";
            QByteArrayView left(body);
            const bool isOp = bool(opFromJson(QJsonDocument::fromJson(body).object()));
            QCOMPARE(takeCanonical(left).has_value(), isOp && type != "remove");
        }
}

void TestWrittenPush::framesAreExact()
{
    const QByteArray push = pushOf(presses());
    QVERIFY(protocol::readWrittenPush(push));
    const QByteArray body = canonical(presses().constFirst());
    for (const QByteArray &other :
         {push + ' ', ' ' + push, push.chopped(1), push.sliced(1), QByteArray(),
          QByteArray("{\"ops\":[],\"type\":\"push\"}"),
          "{\"ops\":[" + body + ",],\"type\":\"push\"}",
          "{\"ops\":[" + body + body + "],\"type\":\"push\"}",
          "{\"ops\":[," + body + "],\"type\":\"push\"}", QByteArray("{\"ops\":[\"type\":\"push\"}"),
          QByteArray(push).replace("\"push\"", "\"pusH\"")})
        QVERIFY2(!protocol::readWrittenPush(other), other.constData());
}

/// Each byte changed, left out and doubled: what is still read means the same both ways.
void TestWrittenPush::everyMutantIsReadAlikeOrNot()
{
    constexpr QByteArrayView Bytes("\"\\{}[]:,-0aZ \x00\x1f\x7f\xc3\xff");
    for (const Op &op : presses()) {
        for (const QByteArray &text : {canonical(op), pushOf({op})}) {
            for (qsizetype at = 0; at < text.size(); ++at) {
                for (const char byte : Bytes) {
                    QByteArray mutant = text;
                    mutant[at] = byte;
                    compare(mutant);
                }
                compare(QByteArray(text).remove(at, 1));
                compare(QByteArray(text).insert(at, text[at]));
                compare(text.first(at));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestWrittenPush)
#include "tst_writtenpush.moc"
