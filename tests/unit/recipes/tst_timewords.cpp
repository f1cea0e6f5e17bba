// SPDX-License-Identifier: GPL-3.0-or-later
// The tables themselves: complete, free of contradictions, and right about numbers. ICU, which
// spells numbers by rules of its own, is the witness.
#include "recipes/times/TimeFinder.h"
#include "recipes/times/TimeLanguages.h"

#include <QSet>
#include <QTest>

#include <unicode/rbnf.h>

using namespace simmer::recipes;

namespace {

QStringList split(QStringView phrases)
{
    return phrases.toString().split(QStringLiteral(", "), Qt::SkipEmptyParts);
}

/// All phrases of a table with the name of the list that they stand in.
QList<QPair<QString, QStringList>> lists(const TimeWords &words)
{
    QList<QPair<QString, QStringList>> all;
    for (const auto &number : words.numbers + words.multipliers)
        all.append({QStringLiteral("numbers"), split(number.phrases)});
    for (const auto &number : words.fractions)
        all.append({QStringLiteral("fractions"), split(number.phrases)});
    for (const auto &number : words.additions)
        all.append({QStringLiteral("additions"), split(number.phrases)});
    for (const auto &unit : words.units)
        all.append({QStringLiteral("units"), split(unit.phrases)});
    all.append({QStringLiteral("to"), split(words.to)});
    all.append({QStringLiteral("orElse"), split(words.orElse)});
    all.append({QStringLiteral("plus"), split(words.plus)});
    all.append({QStringLiteral("between"), split(words.between)});
    all.append({QStringLiteral("fillers"), split(words.fillers)});
    all.append({QStringLiteral("clock"), split(words.clock)});
    all.append({QStringLiteral("cancels"), split(words.cancels)});
    all.append({QStringLiteral("others"), split(words.others)});
    return all;
}

void addLanguageRows()
{
    QTest::addColumn<const TimeWords *>("words");
    for (const TimeWords *words : allTimeWords())
        QTest::newRow(words->languages.toUtf8().constData()) << words;
}

/// How ICU says a number; every gender and case that it has a rule for.
QSet<QString> spelled(const QString &language, int number)
{
    UErrorCode error = U_ZERO_ERROR;
    const icu::RuleBasedNumberFormat format(icu::URBNF_SPELLOUT,
                                            icu::Locale(language.toLatin1().constData()), error);
    QSet<QString> words;
    for (int32_t i = 0; U_SUCCESS(error) && i < format.getNumberOfRuleSetNames(); ++i) {
        const icu::UnicodeString rules = format.getRuleSetName(i);
        icu::UnicodeString word;
        icu::FieldPosition position;
        if (rules.indexOf(u"cardinal") < 0 || rules.indexOf(u"verbose") >= 0)
            continue;
        format.format(number, rules, word, position, error);
        words.insert(QString::fromUtf16(word.getBuffer(), word.length()));
    }
    return words;
}

} // namespace

Q_DECLARE_METATYPE(const TimeWords *)

class TimeWordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEachUnit_data() { addLanguageRows(); }
    void namesEachUnit()
    {
        QFETCH(const TimeWords *, words);
        QSet<int> seconds;
        for (const auto &unit : words->units)
            seconds.insert(unit.seconds);
        QVERIFY(seconds.contains({1, 60, 3600, 86400, 604800}));
    }

    void givesAWordOneMeaning_data() { addLanguageRows(); }
    void givesAWordOneMeaning()
    {
        QFETCH(const TimeWords *, words);
        QHash<QString, QString> meanings;
        for (const auto &[list, phrases] : lists(*words)) {
            for (const QString &phrase : phrases) {
                const QString before = meanings.value(phrase, list);
                QVERIFY2(before == list,
                         qPrintable(phrase + QStringLiteral(": ") + before + u'/' + list));
                meanings.insert(phrase, list);
            }
        }
    }

    void isKnownByItsTags_data() { addLanguageRows(); }
    void isKnownByItsTags()
    {
        QFETCH(const TimeWords *, words);
        for (const QString &tag : split(words->languages))
            QCOMPARE(&lexiconFor({}, tag).words(), words);
    }

    void findsItsOwnUnits_data() { addLanguageRows(); }
    void findsItsOwnUnits()
    {
        QFETCH(const TimeWords *, words);
        for (const auto &unit : words->units) {
            for (const QString &phrase : split(unit.phrases)) {
                if (unit.use == UnitUse::InSum)
                    continue;
                const QString text = QStringLiteral("3 ") + phrase;
                const QList<Slot> times = findTimes(text, words->languages.first(2).toString());
                QVERIFY2(times.size() == 1, qPrintable(text));
                QCOMPARE(times[0].shortestSeconds, 3 * unit.seconds);
            }
        }
    }

    void countsLikeIcu_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("minutes");
        const auto row = [](const char *language, const char16_t *minutes) {
            QTest::newRow(language) << QString::fromLatin1(language) << QString::fromUtf16(minutes);
        };
        row("en", u" minutes");
        row("de", u" Minuten");
        row("fr", u" minutes");
        row("es", u" minutos");
        row("it", u" minuti");
        row("pt", u" minutos");
        row("nl", u" minuten");
        row("sv", u" minuter");
        row("da", u" minutter");
        row("nb", u" minutter");
        row("hu", u" perc");
        row("tr", u" dakika");
    }
    void countsLikeIcu()
    {
        QFETCH(const QString, language);
        QFETCH(const QString, minutes);
        for (int number = 1; number < 100; ++number) {
            const QSet<QString> words = spelled(language, number);
            QVERIFY(!words.isEmpty());
            for (const QString &word : words) {
                const QList<Slot> times = findTimes(word + minutes, language);
                QVERIFY2(times.size() == 1, qPrintable(word));
                QCOMPARE(times[0].shortestSeconds, 60 * number);
                QCOMPARE(times[0].start, 0);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TimeWordsTest)
#include "tst_timewords.moc"
