// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Identity.h"
#include "integration/Programs.h"
#include "syncclient/PairLink.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::fakes;

namespace {

using K = QLatin1String;

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

/// The command line as other tools rely on it.
class TestSimmerctl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_ctl = std::make_unique<Ctl>(m_folder->path() + QStringLiteral("/device"));
    }

    void misuse_data();
    void misuse();
    void importsAPage();
    void startsAStepOfARecipe();
    void editsAndTheirHistory();
    void cooksARecipe();
    void freeTimersByName();
    void badFilesAreALineEach_data();
    void badFilesAreALineEach();
    void goodFilesComeBesideBadOnes();
    void timesInInput();
    void othersGoThroughTheHolder();
    void watchPrintsALineASecond();
    void pairingNeedsAServerAndACode();
    void pairingTakesAnInvitation();

private:
    QString page() const { return QStringLiteral(SIMMER_FIXTURES "/pages/sunday-roast.html"); }
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder->path() + QLatin1Char('/') + name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ctl> m_ctl;
};

void TestSimmerctl::misuse_data()
{
    QTest::addColumn<QStringList>("line");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("unknown command") << words("boil");
    QTest::newRow("unknown option") << words("timers --loud");
    QTest::newRow("import nothing") << words("import");
    QTest::newRow("start without length") << words("start --name Eggs");
    QTest::newRow("start with no length") << words("start --name Eggs soon");
    QTest::newRow("no step") << words("start Soup two");
    QTest::newRow("pulse of something") << words("pulse Eggs");
    QTest::newRow("add nothing") << words("add Eggs");
    QTest::newRow("edit without a value") << words("edit Soup title");
    QTest::newRow("edit with no length") << words("edit Soup prep soon");
    QTest::newRow("history of nothing") << words("history");
    QTest::newRow("no box") << words("cook Soup --tick x3");
    QTest::newRow("no number of a box") << words("cook Soup --tick i");
    QTest::newRow("no scale") << words("cook Soup --scale 1/0");
    QTest::newRow("no step to cook") << words("cook Soup --step two");
    QTest::newRow("profile without folder") << words("timers --profile");
}

void TestSimmerctl::misuse()
{
    QFETCH(QStringList, line);
    const Run run = m_ctl->run(line);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.output.isEmpty());
    QCOMPARE(run.trouble.count(QLatin1Char('\n')), 1);
}

void TestSimmerctl::importsAPage()
{
    const Run dry = m_ctl->run({K("import"), K("--dry-run"), page()});
    QCOMPARE(dry.exitCode, 0);
    QCOMPARE(dry.lines.size(), 1);
    const QJsonObject recipe = dry.lines[0];
    QCOMPARE(recipe.value(K("title")).toString(), QStringLiteral("Sunday roast chicken"));
    QCOMPARE(recipe.value(K("ingredients")).toArray().size(), 10);
    QCOMPARE(recipe.value(K("ingredients")).toArray()[9].toString(),
             QStringLiteral("salt & pepper"));
    QCOMPARE(recipe.value(K("prep_time")).toInt(), 20);
    QCOMPARE(recipe.value(K("total_time")).toInt(), 100);
    QCOMPARE(recipe.value(K("instructions_list")).toArray().size(), 6);
    const QJsonArray timers =
        recipe.value(K("steps")).toArray()[4].toObject().value(K("timers")).toArray();
    QCOMPARE(timers.size(), 1);
    QCOMPARE(timers[0].toObject().value(K("min_seconds")).toInt(), 1200);
    QCOMPARE(timers[0].toObject().value(K("max_seconds")).toInt(), 1500);
    QVERIFY(m_ctl->run(words("recipes")).lines.isEmpty());
    QCOMPARE(m_ctl->run({K("import"), page()}).exitCode, 0);
    QCOMPARE(m_ctl->run({K("import"), page()}).exitCode, 0); // again: the same recipe
    QCOMPARE(m_ctl->run(words("recipes")).lines.size(), 1);
}

void TestSimmerctl::startsAStepOfARecipe()
{
    m_ctl->run({K("import"), page()});
    const Run run = m_ctl->run({K("start"), K("sunday roast chicken"), K("3")});
    QCOMPARE(run.exitCode, 0);
    const QJsonObject timer = run.lines[0];
    QCOMPARE(timer.value(K("state")).toString(), QStringLiteral("running"));
    QCOMPARE(timer.value(K("step")).toInt(), 3);
    QCOMPARE(timer.value(K("slot")).toInt(), 1);
    QVERIFY(timer.value(K("remaining_ms")).toInteger() > 44 * 60'000);
    QCOMPARE(timer.value(K("shown")).toString(), QStringLiteral("45:00"));
    QCOMPARE(m_ctl->run({K("start"), K("sunday"), K("9")}).exitCode, 1);
    QCOMPARE(m_ctl->run({K("start"), K("sunday"), K("3:2")}).exitCode, 1);
    QCOMPARE(m_ctl->run({K("start"), K("goulash"), K("1")}).trouble,
             QStringLiteral("simmerctl: no recipe “goulash”\n"));
}

void TestSimmerctl::editsAndTheirHistory()
{
    m_ctl->run({K("import"), page()});
    const auto edit = [this](const char *field, const char *value) {
        return m_ctl
            ->run({K("edit"), K("sunday"), QString::fromUtf8(field), QString::fromUtf8(value)})
            .exitCode;
    };
    QCOMPARE(edit("prep", "35min"), 0);
    QCOMPARE(edit("yields", ""), 0);
    QCOMPARE(edit("steps", "Boil for 10 minutes\n\nEat"), 0);
    QCOMPARE(edit("colour", "red"), 1);
    QCOMPARE(edit("title", ""), 1);
    const QJsonObject shown = m_ctl->run(words("show sunday")).lines.value(0);
    QCOMPARE(shown.value(K("prep_time")).toInt(), 35);
    QCOMPARE(shown.value(K("yields")).toString(), QString());
    QCOMPARE(shown.value(K("steps")).toArray().size(), 2);
    QCOMPARE(shown.value(K("steps"))[0][K("timers")][0][K("min_seconds")].toInt(), 600);
    QHash<QString, QStringList> fates;
    const auto note = [&](const Run &run) {
        fates.clear();
        for (const QJsonObject &line : run.lines)
            fates[line.value(K("field")).toString()] += line.value(K("fate")).toString();
    };
    note(m_ctl->run(words("history sunday")));
    QCOMPARE(fates.value(K("prep")), words("replaced stands"));
    QCOMPARE(fates.value(K("title")), words("stands"));
    const QString id = shown.value(K("id")).toString();
    QCOMPARE(m_ctl->run(words("remove sunday")).exitCode, 0);
    QCOMPARE(m_ctl->run(words("show sunday")).exitCode, 1);
    note(m_ctl->run({K("history"), id}));
    QCOMPARE(fates.value(QString()), words("stands"));
    QCOMPARE(fates.value(K("prep")), words("replaced replaced"));
    QCOMPARE(m_ctl->run(words("history goulash")).exitCode, 1);
}

void TestSimmerctl::cooksARecipe()
{
    m_ctl->run({K("import"), page()});
    const auto cook = [this](const char *rest) {
        return m_ctl->run(words("cook sunday") + words(rest));
    };
    QVERIFY(m_ctl->run(words("cooking")).lines.isEmpty());
    QCOMPARE(cook("--end").exitCode, 1); // nobody cooks it
    const QJsonObject begun = cook("--tick i3,i1,s2 --scale 1.5 --step 2").lines.value(0);
    QCOMPARE(begun.value(K("cooking")).toBool(), true);
    QCOMPARE(begun.value(K("title")).toString(), QStringLiteral("Sunday roast chicken"));
    QCOMPARE(begun.value(K("step")).toInt(), 2);
    QCOMPARE(begun.value(K("scale")).toArray(), (QJsonArray{3, 2}));
    QCOMPARE(begun.value(K("ingredients_ticked")).toArray(), (QJsonArray{1, 3}));
    QCOMPARE(begun.value(K("steps_ticked")).toArray(), (QJsonArray{2}));
    QCOMPARE(cook("--untick i1").lines.value(0).value(K("ingredients_ticked")).toArray(),
             (QJsonArray{3}));
    QCOMPARE(cook("").lines.value(0).value(K("step")).toInt(), 2); // it goes on
    QCOMPARE(m_ctl->run(words("cooking")).lines.size(), 1);
    for (const char *wrong : {"--step 99", "--tick i99", "--tick s0", "--scale 5000"})
        QCOMPARE(cook(wrong).exitCode, 1);
    QCOMPARE(cook("--anew").lines.value(0).value(K("steps_ticked")).toArray(), QJsonArray());
    QCOMPARE(cook("--end").lines.value(0).value(K("cooking")).toBool(), false);
    QVERIFY(m_ctl->run(words("cooking")).lines.isEmpty());
}

void TestSimmerctl::freeTimersByName()
{
    const auto state = [](const Run &run) { return run.lines[0].value(K("state")).toString(); };
    QCOMPARE(state(m_ctl->run(words("start --name Eggs 3min"))), QStringLiteral("running"));
    QCOMPARE(state(m_ctl->run(words("pause eggs"))), QStringLiteral("paused"));
    const Run paused = m_ctl->run(words("timers"));
    QVERIFY(paused.lines[0].value(K("end_ms")).isNull());
    QCOMPARE(m_ctl->run(words("pause eggs")).exitCode, 1);
    QCOMPARE(state(m_ctl->run(words("resume Eggs"))), QStringLiteral("running"));
    const Run longer = m_ctl->run(words("add Eggs +1min"));
    QVERIFY(longer.lines[0].value(K("remaining_ms")).toInteger() > 230'000);
    const Run shorter = m_ctl->run(words("add Eggs -2min"));
    QVERIFY(shorter.lines[0].value(K("remaining_ms")).toInteger() < 120'000);
    const Run renamed = m_ctl->run(words("rename Eggs Duck"));
    QCOMPARE(renamed.lines[0].value(K("name")).toString(), QStringLiteral("Duck"));
    QCOMPARE(m_ctl->run(words("snooze Duck 5min")).exitCode, 1); // it does not ring
    QCOMPARE(state(m_ctl->run(words("stop Duck"))), QStringLiteral("cancelled"));
    QCOMPARE(state(m_ctl->run(words("start --name Tea 1s"))), QStringLiteral("running"));
    const auto tea = [&] { return state(m_ctl->run(words("timers"))); };
    QTRY_COMPARE(tea(), QStringLiteral("ringing"));
    const Run snoozed = m_ctl->run(words("snooze Tea 5min"));
    QCOMPARE(state(snoozed), QStringLiteral("running"));
    QVERIFY(snoozed.lines[0].value(K("remaining_ms")).toInteger() > 290'000);
    QCOMPARE(m_ctl->run(words("start --name Now 0min")).exitCode, 2);
}

void TestSimmerctl::badFilesAreALineEach_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QFile whole(page());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray truncated = whole.readAll().left(1500);
    QTest::newRow("empty") << "empty.html" << QByteArray();
    QTest::newRow("truncated page") << "cut.html" << truncated;
    QTest::newRow("invalid UTF-8") << "bad.cook" << QByteArray("Boil \xff\xfe eggs\n");
    QTest::newRow("deep JSON") << "deep.json" << QByteArray(10'000, '[') + QByteArray(10'000, ']');
    QTest::newRow("deep JSON in a page")
        << "deep.html"
        << "<script type=\"application/ld+json\">" + QByteArray(10'000, '[') + "</script>";
    QTest::newRow("binary") << "binary.html"
                            << QByteArray("\x7f"
                                          "ELF\0\1\2\3",
                                          8)
                                   .repeated(900);
    QTest::newRow("50 MB") << "large.html" << QByteArray(50 * 1024 * 1024, 'x');
    QTest::newRow("gzip bomb") << "bomb.html.gz" << QByteArray("\x1f\x8b\x08\0garbage", 11);
    QTest::newRow("a directory") << "." << QByteArray();
}

void TestSimmerctl::badFilesAreALineEach()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const QString file = name == QLatin1String(".") ? m_folder->path() : write(name, bytes);
    const Run run = m_ctl->run({K("import"), file});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.lines.size(), 1);
    QCOMPARE(run.lines[0].value(K("file")).toString(), file);
    const QString error = run.lines[0].value(K("error")).toString();
    QVERIFY(!error.isEmpty());
    QVERIFY(!error.contains(QLatin1Char('\n')));
    QVERIFY(m_ctl->run(words("recipes")).lines.isEmpty());
}

void TestSimmerctl::goodFilesComeBesideBadOnes()
{
    const Run run = m_ctl->run({K("import"), write(QStringLiteral("no.html"), "<p>no"), page()});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.lines.size(), 2);
    QCOMPARE(m_ctl->run(words("recipes")).lines.size(), 1);
}

void TestSimmerctl::timesInInput()
{
    QProcess process;
    process.start(QStringLiteral(SIMMER_BIN "/simmerctl"), {QStringLiteral("times")});
    QVERIFY(process.waitForStarted());
    process.write("{\"id\":\"a\",\"lang\":\"en\",\"text\":\"🍳 Fry 1½ hours\"}\nnonsense\n"
                  "{\"id\":\"b\",\"text\":\"20 Minuten ruhen lassen\"}\n");
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject timer =
        QJsonDocument::fromJson(lines[0]).object().value(K("timers")).toArray()[0].toObject();
    QCOMPARE(timer.value(K("start")).toInt(), 6); // the pan is one code point
    QCOMPARE(timer.value(K("end")).toInt(), 14);
    QCOMPARE(timer.value(K("min_seconds")).toInt(), 5400);
    QVERIFY(lines[1].contains("1200"));
}

void TestSimmerctl::othersGoThroughTheHolder()
{
    const auto holder = m_ctl->watch();
    QVERIFY(!holder->nextLine().isEmpty());
    QCOMPARE(m_ctl->run(words("start --name Eggs 3min")).exitCode, 0);
    QCOMPARE(m_ctl->run(words("timers")).lines.size(), 1);
    QJsonObject line;
    do
        line = holder->nextLine();
    while (!line.isEmpty() && line.value(K("timers")).toArray().isEmpty());
    QCOMPARE(line.value(K("timers")).toArray()[0].toObject().value(K("name")).toString(),
             QStringLiteral("Eggs"));
    holder->kill();
    QCOMPARE(m_ctl->run(words("timers")).lines.size(), 1); // the lock of the dead is gone
}

void TestSimmerctl::watchPrintsALineASecond()
{
    const auto holder = m_ctl->watch();
    qint64 last = holder->nextLine().value(K("now_ms")).toInteger();
    for (int i = 0; i < 3; ++i) {
        const QJsonObject line = holder->nextLine();
        QCOMPARE(line.value(K("now_ms")).toInteger(), last + 1000);
        QCOMPARE(line.value(K("link")).toString(), QStringLiteral("alone"));
        last += 1000;
    }
}

void TestSimmerctl::pairingNeedsAServerAndACode()
{
    QCOMPARE(m_ctl->run(words("pair ws://127.0.0.1:9 ABCDEFGHJKMNPQRS")).exitCode, 1);
    QCOMPARE(m_ctl->run(words("sync --wait 1s")).exitCode, 1);
    KitchenServer server(m_folder->path() + QStringLiteral("/server"));
    QVERIFY(server.start());
    const Run wrong = m_ctl->run({K("pair"), server.url(), K("0000-0000-0000-0000")});
    QCOMPARE(wrong.exitCode, 1);
    QCOMPARE(wrong.trouble.count(QLatin1Char('\n')), 1);
    QVERIFY(join(*m_ctl, server, QStringLiteral("Laptop")));
    QCOMPARE(m_ctl->run(words("sync --wait 10s")).exitCode, 0);
}

void TestSimmerctl::pairingTakesAnInvitation()
{
    KitchenServer server(m_folder->path() + QStringLiteral("/server"));
    QVERIFY(server.start());
    const auto identity =
        identity::loadOrMake(m_folder->path() + QStringLiteral("/server/server.pem"));
    QVERIFY(identity);
    const QUrl url(server.url());
    const QString link =
        syncclient::toText({url.host(), quint16(url.port()),
                            server.invite().remove(QLatin1Char('-')), identity->fingerprint});
    const Run joined = m_ctl->run({K("pair"), link});
    QVERIFY2(joined.exitCode == 0, qPrintable(joined.trouble));
    QCOMPARE(m_ctl->run(words("sync --wait 10s")).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestSimmerctl)
#include "tst_simmerctl.moc"
