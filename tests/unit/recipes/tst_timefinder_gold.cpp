// SPDX-License-Identifier: GPL-3.0-or-later
// Steps whose times their authors marked, from a data set that lies beside the checkout.
#include "recipes/times/TimeFinder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace simmer::recipes;

namespace {

struct MarkedTime {
    int start = 0; ///< UTF-16, like a slot's
    int end = 0;
    double shortest = 0;
    double longest = 0;
    bool ignored = false; ///< a matter of taste: counts neither way
};

struct MarkedStep {
    QString text;
    QString language;
    QList<MarkedTime> times;
};

struct Score {
    int right = 0;
    int missed = 0;
    int wrong = 0;

    double f1() const { return 2.0 * right / (2.0 * right + missed + wrong); }
};

/// The data set counts code points.
int utf16Offset(const QString &text, int codePoints)
{
    int at = 0;
    for (; codePoints > 0 && at < text.size(); --codePoints)
        at += text.at(at).isHighSurrogate() ? 2 : 1;
    return at;
}

MarkedTime markedTime(const QString &text, const QJsonObject &json)
{
    return {utf16Offset(text, json[u"start"].toInt()), utf16Offset(text, json[u"end"].toInt()),
            json[u"min_seconds"].toDouble(), json[u"max_seconds"].toDouble(),
            json[u"ignore"].toBool()};
}

/// The steps in which every time is marked; the others can't tell what is wrong.
QList<MarkedStep> cleanSteps(const QString &path)
{
    QFile file(path);
    QList<MarkedStep> steps;
    if (!file.open(QIODevice::ReadOnly))
        return steps;
    while (!file.atEnd()) {
        const QJsonObject json = QJsonDocument::fromJson(file.readLine()).object();
        if (json.contains(u"skip") || json[u"extra"].toBool() || json.isEmpty())
            continue;
        MarkedStep step{json[u"text"].toString(), json[u"lang"].toString(), {}};
        const QJsonArray times = json[u"timers"].toArray();
        for (const QJsonValue &time : times)
            step.times.append(markedTime(step.text, time.toObject()));
        steps.append(step);
    }
    return steps;
}

bool overlap(const Slot &slot, const MarkedTime &time)
{
    return slot.start < time.end && time.start < slot.end;
}

bool agree(const Slot &slot, const MarkedTime &time)
{
    return overlap(slot, time) && qAbs(double(slot.shortestSeconds) - time.shortest) <= 0.5 &&
           qAbs(double(slot.longestSeconds) - time.longest) <= 0.5;
}

/// Strict: a slot is right when it overlaps a marked time and both ends agree; each counts once.
void scoreStep(const MarkedStep &step, Score &score)
{
    QList<Slot> unused = findTimes(step.text, step.language);
    for (const MarkedTime &time : step.times) {
        const auto match = std::find_if(unused.begin(), unused.end(),
                                        [&](const Slot &slot) { return agree(slot, time); });
        if (time.ignored)
            continue;
        score.right += match != unused.end();
        score.missed += match == unused.end();
        if (match != unused.end())
            unused.erase(match);
    }
    for (const Slot &slot : unused) {
        score.wrong +=
            std::none_of(step.times.begin(), step.times.end(), [&](const MarkedTime &time) {
                return time.ignored && overlap(slot, time);
            });
    }
}

QString dataFile(QLatin1String name)
{
    return QStringLiteral(SIMMER_SHARED_DATA "/") + name;
}

} // namespace

class GoldTimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAuthorsMarked_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("language"); // empty: all
        QTest::addColumn<double>("goal");
        QTest::newRow("English") << dataFile(QLatin1String("steps_gold.jsonl"))
                                 << QStringLiteral("en") << 0.98;
        QTest::newRow("all") << dataFile(QLatin1String("steps_gold.jsonl")) << QString() << 0.98;
        QTest::newRow("web sites")
            << dataFile(QLatin1String("steps_natural.jsonl")) << QString() << 0.95;
    }
    void readsWhatAuthorsMarked()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, language);
        QFETCH(const double, goal);
        const QList<MarkedStep> steps = cleanSteps(file);
        if (steps.isEmpty())
            QSKIP("the shared data set does not lie beside this checkout");
        Score score;
        for (const MarkedStep &step : steps) {
            if (language.isEmpty() || step.language == language)
                scoreStep(step, score);
        }
        qInfo("right %d, missed %d, wrong %d, F1 %.4f", score.right, score.missed, score.wrong,
              score.f1());
        QVERIFY(score.right > 100);
        QVERIFY(score.f1() >= goal);
    }
};

QTEST_GUILESS_MAIN(GoldTimesTest)
#include "tst_timefinder_gold.moc"
