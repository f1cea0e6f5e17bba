// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/SlotKeeper.h"
#include "recipes/times/TimeFinder.h"
#include "recipes/times/TypedLength.h"

#include <QRandomGenerator>
#include <QTest>

using namespace simmer;
using namespace simmer::recipes;

namespace {

const QString Simmer = QStringLiteral("Simmer 20 minutes, rest overnight, serve in 5 minutes.");

/// The first place of these words.
Correction at(const QString &text, const char *words)
{
    const QString sought = QString::fromUtf8(words);
    const int start = int(text.indexOf(sought));
    Correction correction;
    correction.start = start;
    correction.end = start + int(sought.size());
    correction.words = sought;
    return correction;
}

Correction denied(const QString &text, const char *words)
{
    Correction correction = at(text, words);
    correction.isDenied = true;
    return correction;
}

Correction lasting(const QString &text, const char *words, qint64 shortest, qint64 longest)
{
    Correction correction = at(text, words);
    correction.shortestSeconds = shortest;
    correction.longestSeconds = longest;
    return correction;
}

QStringList wordsOf(const QString &text, const QList<Slot> &slotList)
{
    QStringList words;
    for (const Slot &slot : slotList)
        words += QStringLiteral("%1=%2-%3")
                     .arg(text.mid(slot.start, slot.end - slot.start))
                     .arg(slot.shortestSeconds)
                     .arg(slot.longestSeconds);
    return words;
}

/// A text that is edited as an editor does it.
struct Typed {
    QString text;
    QList<Correction> corrections;

    void replace(int where, int removed, const char *added)
    {
        const QString words = QString::fromUtf8(added);
        text.replace(where, removed, words);
        corrections = movedBy({where, removed, int(words.size())}, corrections);
    }
    QStringList times() const
    {
        return wordsOf(text, correctedSlots(text, findTimes(text), corrections));
    }
};

} // namespace

class TestSlotKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsFoundStands();
    void deniedTimeIsNone();
    void timeByHand();
    void correctedLengthAndName();
    void typingElsewhereMovesCorrections();
    void typingInsideATime();
    void hugsTheEdges();
    void cutWordsTakeTheirCorrectionAlong();
    void storedCorrectionsComeBack();
    void aCorrectionReplacesWhatItOverlaps();
    void changesBetweenTexts_data();
    void changesBetweenTexts();
    void anyEditsLeaveSlotsThatTheCodecTakes();
    void typedLengths_data();
    void typedLengths();
};

void TestSlotKeeper::whatIsFoundStands()
{
    const QList<Slot> found = findTimes(Simmer);
    QCOMPARE(found.size(), 2);
    QCOMPARE(correctedSlots(Simmer, found, {}), found);
}

void TestSlotKeeper::deniedTimeIsNone()
{
    const Typed typed{Simmer, {denied(Simmer, "5 minutes")}};
    QCOMPARE(typed.times(), QStringList{QStringLiteral("20 minutes=1200-1200")});
}

void TestSlotKeeper::timeByHand()
{
    const Typed typed{Simmer, {lasting(Simmer, "overnight", 28'800, 43'200)}};
    const QStringList expected{QStringLiteral("20 minutes=1200-1200"),
                               QStringLiteral("overnight=28800-43200"),
                               QStringLiteral("5 minutes=300-300")};
    QCOMPARE(typed.times(), expected);
}

void TestSlotKeeper::correctedLengthAndName()
{
    Correction correction = lasting(Simmer, "20 minutes", 1080, 1320);
    correction.name = QStringLiteral("Sauce");
    const QList<Slot> slotList = correctedSlots(Simmer, findTimes(Simmer), {correction});
    QCOMPARE(slotList.constFirst(), (Slot{7, 17, 1080, 1320, QStringLiteral("Sauce")}));
    correction.shortestSeconds = correction.longestSeconds = 0; // only the name is the author's
    QCOMPARE(correctedSlots(Simmer, findTimes(Simmer), {correction}).constFirst(),
             (Slot{7, 17, 1200, 1200, QStringLiteral("Sauce")}));
}

void TestSlotKeeper::typingElsewhereMovesCorrections()
{
    Typed typed{Simmer,
                {denied(Simmer, "20 minutes"), lasting(Simmer, "overnight", 28'800, 28'800)}};
    typed.replace(0, 6, "Let it bubble");
    typed.replace(int(typed.text.size()), 0, " Enjoy.");
    typed.replace(int(typed.text.indexOf(QLatin1String("rest"))), 4, "leave it");
    const QStringList expected{QStringLiteral("overnight=28800-28800"),
                               QStringLiteral("5 minutes=300-300")};
    QCOMPARE(typed.times(), expected);
}

void TestSlotKeeper::typingInsideATime()
{
    // A text that says another time now is believed, but keeps its name.
    Correction named = lasting(Simmer, "20 minutes", 1080, 1320);
    named.name = QStringLiteral("Sauce");
    Typed typed{Simmer, {named}};
    typed.replace(7, 1, "3");
    QCOMPARE(typed.times().constFirst(), QStringLiteral("30 minutes=1800-1800"));
    QCOMPARE(correctedSlots(typed.text, findTimes(typed.text), typed.corrections).constFirst().name,
             QStringLiteral("Sauce"));
    typed.replace(7, 1, "2");
    QCOMPARE(typed.times().constFirst(), QStringLiteral("20 minutes=1080-1320"));
    // Nothing is read in "overnight": a typo put right leaves what the author said.
    const QString slip = QStringLiteral("Rest ovrnight.");
    Typed rest{slip, {lasting(slip, "ovrnight", 28'800, 28'800)}};
    rest.replace(7, 0, "e");
    QCOMPARE(rest.times(), QStringList{QStringLiteral("overnight=28800-28800")});
}

void TestSlotKeeper::hugsTheEdges()
{
    const QString text = QStringLiteral("overnight");
    Typed typed{text, {lasting(text, "overnight", 60, 60)}};
    typed.replace(0, 0, "Rest ");
    typed.replace(int(typed.text.size()), 0, ", then");
    QCOMPARE(typed.times(), QStringList{QStringLiteral("overnight=60-60")});
    QCOMPARE(typed.corrections.constFirst().start, 5);
}

void TestSlotKeeper::cutWordsTakeTheirCorrectionAlong()
{
    const Correction rest = lasting(Simmer, "rest overnight", 60, 60);
    Typed all{Simmer, {rest}};
    all.replace(rest.start - 2, rest.end - rest.start + 4, "");
    QVERIFY(all.corrections.isEmpty());
    Typed front{Simmer, {rest}};
    front.replace(rest.start - 2, 7, "X");
    QCOMPARE(front.text.mid(front.corrections.constFirst().start, 9), QStringLiteral("overnight"));
    Typed back{Simmer, {rest}};
    back.replace(rest.end - 9, 12, "X");
    const Correction &left = back.corrections.constFirst();
    QCOMPARE(back.text.mid(left.start, left.end - left.start), QStringLiteral("rest "));
}

void TestSlotKeeper::storedCorrectionsComeBack()
{
    Correction named = at(Simmer, "20 minutes");
    named.name = QStringLiteral("Sauce");
    const QList<Correction> corrections{named, lasting(Simmer, "overnight", 28'800, 43'200),
                                        denied(Simmer, "5 minutes")};
    const QList<Slot> found = findTimes(Simmer);
    const Step step{Simmer, correctedSlots(Simmer, found, corrections), {}};
    QCOMPARE(correctionsOf(step, found), corrections);
    QVERIFY(correctionsOf({Simmer, found, {}}, found).isEmpty());
}

void TestSlotKeeper::aCorrectionReplacesWhatItOverlaps()
{
    QList<Correction> all = with(denied(Simmer, "5 minutes"), {});
    all = with(denied(Simmer, "20 minutes"), all);
    QCOMPARE(all.constFirst().words, QStringLiteral("20 minutes"));
    all = with(lasting(Simmer, "Simmer 20", 60, 60), all);
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.constFirst().words, QStringLiteral("Simmer 20"));
    QCOMPARE(without(0, 3, all).size(), 1);
    QCOMPARE(without(9, 9, all).size(), 2);
}

void TestSlotKeeper::changesBetweenTexts_data()
{
    QTest::addColumn<QString>("was");
    QTest::addColumn<QString>("now");
    QTest::addColumn<int>("near");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("removed");
    QTest::addColumn<int>("added");
    QTest::newRow("typed") << "ab"
                           << "axb" << 1 << 1 << 0 << 1;
    QTest::newRow("the same sign, at its place") << "10 min"
                                                 << "110 min" << 0 << 0 << 0 << 1;
    QTest::newRow("the same sign, behind it") << "10 min"
                                              << "110 min" << 1 << 1 << 0 << 1;
    QTest::newRow("gone") << "abcd"
                          << "ad" << 1 << 1 << 2 << 0;
    QTest::newRow("replaced") << "abcd"
                              << "aXYd" << 9 << 1 << 2 << 2;
    QTest::newRow("none") << "abcd"
                          << "abcd" << 2 << 4 << 0 << 0;
    QTest::newRow("all") << ""
                         << "abcd" << 0 << 0 << 0 << 4;
    QTest::newRow("a wrong hint") << "abcd"
                                  << "Xabcd" << 3 << 0 << 0 << 1;
}

void TestSlotKeeper::changesBetweenTexts()
{
    QFETCH(QString, was);
    QFETCH(QString, now);
    QFETCH(int, near);
    const TextChange change = changeBetween(was, now, near);
    QString made = was;
    made.replace(change.at, change.removed, now.mid(change.at, change.added));
    QCOMPARE(made, now);
    QTEST(change.removed, "removed");
    QTEST(change.added, "added");
    if (change.removed + change.added > 0)
        QTEST(change.at, "at");
}

void TestSlotKeeper::anyEditsLeaveSlotsThatTheCodecTakes()
{
    QRandomGenerator dice(5);
    const QStringList pieces{QStringLiteral("20 minutes"),
                             QStringLiteral(" or 2 h "),
                             QStringLiteral("x"),
                             QStringLiteral("1"),
                             QString(),
                             QStringLiteral("overnight, ")};
    for (int round = 0; round < 300; ++round) {
        Typed typed{Simmer, {}};
        for (int edit = 0; edit < 12; ++edit) {
            const int length = int(typed.text.size());
            const int from = dice.bounded(length + 1);
            const int to = from + dice.bounded(length - from + 1);
            if (dice.bounded(2) && to > from) {
                Correction correction{from, to, typed.text.mid(from, to - from), false, 0, 0, {}};
                correction.isDenied = dice.bounded(3) == 0;
                correction.shortestSeconds = dice.bounded(100);
                correction.longestSeconds = correction.shortestSeconds + dice.bounded(9);
                typed.corrections = with(correction, typed.corrections);
            } else {
                const QString piece = pieces[dice.bounded(int(pieces.size()))];
                typed.replace(from, std::min(to - from, 8), qUtf8Printable(piece));
            }
            int floor = 0;
            const auto all = correctedSlots(typed.text, findTimes(typed.text), typed.corrections);
            for (const Slot &slot : all) {
                QVERIFY(slot.start >= floor && slot.end > slot.start);
                QVERIFY(slot.end <= typed.text.size());
                QVERIFY(slot.shortestSeconds >= 1 && slot.longestSeconds >= slot.shortestSeconds);
                floor = slot.end;
            }
        }
    }
}

void TestSlotKeeper::typedLengths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds"); // 0: none
    const auto row = [](const char *text, qint64 seconds) {
        QTest::newRow(text) << QString::fromUtf8(text) << seconds;
    };
    row("2:30:00", 9000);
    row("12:30", 750);
    row(" 45 ", 2700);
    row("1½ hours", 5400);
    row("20-25 min", 1200);
    row("", 0);
    row("0", 0);
    row("soon", 0);
    row("5 min and 10 min later", 0);
    row("999999", 0);
    row("1:75", 0);
}

void TestSlotKeeper::typedLengths()
{
    QFETCH(QString, text);
    QTEST(typedLength(text).value_or(0), "seconds");
    QCOMPARE(lengthText(9000), QStringLiteral("2:30:00"));
    QCOMPARE(lengthText(750), QStringLiteral("12:30"));
    QCOMPARE(lengthText(59), QStringLiteral("0:59"));
    for (const qint64 seconds : {1, 59, 60, 3599, 3600, 360'000})
        QCOMPARE(typedLength(lengthText(seconds)), std::optional(seconds));
}

QTEST_APPLESS_MAIN(TestSlotKeeper)
#include "tst_slotkeeper.moc"
