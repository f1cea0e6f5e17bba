// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Servings.h"

#include <QTest>

using namespace simmer::recipes;

/// For how many a recipe is written, and the steps from there.
class TestServings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void read_data();
    void read();
    void saysNone_data();
    void saysNone();
    void steps_data();
    void steps();
    void theEndOfTheSteps();
    void fractions_data();
    void fractions();
    void decimals_data();
    void decimals();
};

void TestServings::read_data()
{
    QTest::addColumn<QString>("yields");
    QTest::addColumn<QString>("language");
    QTest::addColumn<double>("count");
    QTest::addColumn<QString>("noun");
    QTest::addColumn<bool>("isPeople");
    const auto row = [](const char *yields, double count, const char *noun, bool people,
                        const char *language = "en") {
        QTest::newRow(yields) << QString::fromUtf8(yields) << QString::fromUtf8(language) << count
                              << QString::fromUtf8(noun) << people;
    };
    row("6 servings", 6, "", true);
    row("4", 4, "", true);
    row("Serves 6", 6, "", true);
    row("Makes 12", 12, "", true);
    row("12 rolls", 12, "rolls", false);
    row("Makes 2 large loaves (about 900 g each)", 2, "large loaves", false);
    row("4-6 servings", 4, "", true);
    row("4–6 bowls", 4, "bowls", false);
    row("5.75 gallons", 5.75, "gallons", false);
    row("2 1/2 cups", 2.5, "cups", false);
    row("one 9-inch cake", 1, "", false);
    row("für 4 Personen", 4, "", true, "de");
    row("4 Portionen", 4, "", true, "de");
    row("ergibt 2,5 Liter", 2.5, "Liter", false, "de");
    row("Pour 6 personnes", 6, "", true, "fr");
    row("Per 4 persone", 4, "", true, "it");
    row("4人分", 4, "", true, "ja");
}

void TestServings::read()
{
    QFETCH(QString, yields);
    QFETCH(QString, language);
    const auto servings = servingsIn(yields, language);
    QVERIFY(servings);
    QTEST(servings->count.value(), "count");
    QTEST(servings->noun, "noun");
    QTEST(servings->isPeople, "isPeople");
}

void TestServings::saysNone_data()
{
    QTest::addColumn<QString>("yields");
    for (const char *yields : {"", "a family", "9-inch cake", "00", "-", "1-", "makes plenty"})
        QTest::newRow(yields) << QString::fromUtf8(yields);
    QTest::newRow("long") << QStringLiteral("for 4 ").repeated(1000);
}

void TestServings::saysNone()
{
    QFETCH(QString, yields);
    const auto servings = servingsIn(yields, QStringLiteral("en"));
    QVERIFY2(!servings || (yields == QLatin1String("1-") && servings->count == Fraction::of(1)),
             qPrintable(yields));
}

void TestServings::steps_data()
{
    QTest::addColumn<double>("count");
    QTest::addColumn<double>("shown");
    QTest::addColumn<bool>("more");
    QTest::addColumn<double>("next");
    const auto row = [](double count, double shown, bool more, double next) {
        QTest::addRow("%g: %g %s", count, shown, more ? "+" : "-")
            << count << shown << more << next;
    };
    row(4, 4, true, 5);
    row(4, 4, false, 3);
    row(4, 4.5, true, 5);
    row(4, 4.5, false, 4);
    row(1, 1, false, 0.5);
    row(1, 0.5, false, 0.25);
    row(1, 0.5, true, 1);
    row(2.5, 2.5, true, 3);
    row(36, 36, true, 45);
    row(36, 36, false, 27);
    row(24, 20, true, 24);
}

void TestServings::steps()
{
    QFETCH(double, count);
    QFETCH(double, shown);
    QFETCH(bool, more);
    const Fraction written = Fraction::of(qint64(count * 4), 4);
    const Fraction now =
        Fraction::of(qint64(shown * 4), 4) * Fraction::of(written.bottom, written.top);
    const auto next = nextFactor(written, now, more);
    QVERIFY(next);
    QTEST((written * *next).value(), "next");
}

void TestServings::theEndOfTheSteps()
{
    const Fraction four = Fraction::of(4);
    QVERIFY(!nextFactor(four, Fraction::of(1, 4), false));
    QVERIFY(!nextFactor(four, Fraction::of(100), true));
    QVERIFY(!nextFactor(Fraction::of(1), Fraction::of(1, 4), false));
    QVERIFY(!nextFactor({0, 1}, Fraction::of(1), true));
}

void TestServings::fractions_data()
{
    QTest::addColumn<int>("top");
    QTest::addColumn<int>("bottom");
    QTest::addColumn<QString>("text");
    const auto row = [](int top, int bottom, const char *text) {
        QTest::addRow("%d/%d", top, bottom) << top << bottom << QString::fromUtf8(text);
    };
    row(3, 1, "3");
    row(3, 2, "1½");
    row(2, 3, "⅔");
    row(7, 8, "⅞");
    row(2, 5, "⅖");
    row(3, 7, "½");  // 0.43: no measure has it
    row(9, 10, "1"); // 0.9
    row(19, 10, "2");
    row(21, 20, "1");
    row(1, 9, "⅛");
    row(1, 16, "1/16");
    row(21, 2, "10½");
    row(31, 3, "10");
    row(45, 2, "23");
}

void TestServings::fractions()
{
    QFETCH(int, top);
    QFETCH(int, bottom);
    QTEST(inFractions(Fraction::of(top, bottom)), "text");
}

void TestServings::decimals_data()
{
    QTest::addColumn<int>("top");
    QTest::addColumn<int>("bottom");
    QTest::addColumn<int>("places");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << 846 << 1 << 0 << QStringLiteral("846");
    QTest::newRow("short") << 5 << 2 << 2 << QStringLiteral("2,5");
    QTest::newRow("a third of 400") << 400 << 3 << 0 << QStringLiteral("135");
    QTest::newRow("a seventh of 1000") << 1000 << 7 << 0 << QStringLiteral("145");
    QTest::newRow("a third") << 1 << 3 << 2 << QStringLiteral("0,33");
    QTest::newRow("large") << 200'000 << 3 << 0 << QStringLiteral("66650");
}

void TestServings::decimals()
{
    QFETCH(int, top);
    QFETCH(int, bottom);
    QFETCH(int, places);
    QTEST(inDecimals(Fraction::of(top, bottom), u',', places), "text");
}

QTEST_GUILESS_MAIN(TestServings)
#include "tst_servings.moc"
