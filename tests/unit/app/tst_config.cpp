// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/Config.h"
#include "app/simmerd/config/Report.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::app;

namespace {

Effective ofFile(const QByteArray &text)
{
    return understand({{}, {}, readConfig(text, QStringLiteral("c"))});
}

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The settings as the manual page lists them.
QString manualSettings()
{
    QString text;
    for (const Setting &setting : settings()) {
        QString name = QString(setting.name).replace(QLatin1Char('-'), QLatin1String("\\-"));
        text += QStringLiteral(".TP\n.BR \\-\\-%1").arg(name);
        if (!setting.value.isEmpty())
            text += QStringLiteral(" \" \" \\fI%1\\fR").arg(setting.value);
        text += QLatin1Char('\n') +
                QString(setting.help).replace(QLatin1Char('-'), QLatin1String("\\-"));
        if (!setting.standard.isEmpty())
            text += QStringLiteral(" (%1)").arg(setting.standard);
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace

class TestConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tableIsInOrder();
    void standards();
    void weightiestSourceWins();
    void emptyVariableIsNone();
    void foreignVariablesAreHints();
    void systemdNamesTheFolder();
    void listsAddUp();
    void faultsOfLines_data();
    void faultsOfLines();
    void faultsOfValues_data();
    void faultsOfValues();
    void goodValues();
    void secretsNeedAPrivateFile();
    void certAndKeyBelongTogether();
    void allFaultsAtOnce();
    void nearestNames_data();
    void nearestNames();
    void exampleIsSoundAndComplete();
    void documentsSayTheSame();
    void reportTellsWhere();
    void reportHidesSecrets();
    void anyBytesAreReadOrRefused();
    void filesThatCannotBeRead();
};

void TestConfig::tableIsInOrder()
{
    for (const Setting &setting : settings()) {
        QCOMPARE(&settingOf(setting.key), &setting);
        QCOMPARE(settingNamed(QString(setting.name)), &setting);
    }
    QVERIFY(!settingNamed(u"nothing"));
}

void TestConfig::standards()
{
    const Effective effective = understand({});
    QCOMPARE(effective.problems, QStringList());
    const Config &config = effective.config;
    QCOMPARE(config.dataDir, QString());
    QCOMPARE(config.listen, QList<ListenOn>({{QStringLiteral("127.0.0.1"), 7464}}));
    QVERIFY(!config.behindProxy);
    QCOMPARE(config.logTo, LogTo::Auto);
    QCOMPARE(config.logLevel, LogLevel::Info);
    QCOMPARE(config.logBytes, 10LL * 1024 * 1024);
    QCOMPARE(config.opsPerSecond, 50);
    QCOMPARE(config.name, QStringLiteral("Kitchen"));
    QVERIFY(!effective.isSetByHand(Key::Listen));
}

void TestConfig::weightiestSourceWins()
{
    Sources sources;
    sources.file = readConfig("name = file\nlog-level = debug\nops-per-second = 7\n",
                              QStringLiteral("/etc/x"));
    sources.environment = {{QStringLiteral("SIMMERD_NAME"), QStringLiteral("environment")},
                           {QStringLiteral("SIMMERD_LOG_LEVEL"), QStringLiteral("error")}};
    sources.flags = {{Key::Name, {{QStringLiteral("flag")}, QStringLiteral("--name")}}};
    const Effective effective = understand(sources);
    QCOMPARE(effective.config.name, QStringLiteral("flag"));
    QCOMPARE(effective.given[Key::Name].from, QStringLiteral("--name"));
    QCOMPARE(effective.config.logLevel, LogLevel::Error);
    QCOMPARE(effective.given[Key::LogLevel].from, QStringLiteral("SIMMERD_LOG_LEVEL"));
    QCOMPARE(effective.config.opsPerSecond, 7);
    QCOMPARE(effective.given[Key::OpsPerSecond].from, QStringLiteral("/etc/x:3"));
    QCOMPARE(effective.given[Key::Listen].from, QStringLiteral("default"));
}

void TestConfig::emptyVariableIsNone()
{
    const Effective effective =
        understand({{}, {{QStringLiteral("SIMMERD_NAME"), QString()}}, std::nullopt});
    QCOMPARE(effective.config.name, QStringLiteral("Kitchen"));
    QCOMPARE(effective.problems, QStringList());
}

/// A container's service called simmerd puts such things there.
void TestConfig::foreignVariablesAreHints()
{
    const Effective effective = understand(
        {{}, {{QStringLiteral("SIMMERD_PORT"), QStringLiteral("tcp://10.0.0.1")}}, std::nullopt});
    QCOMPARE(effective.problems, QStringList());
    QCOMPARE(effective.hints,
             QStringList{QStringLiteral("SIMMERD_PORT in the environment sets nothing")});
}

void TestConfig::systemdNamesTheFolder()
{
    const QHash<QString, QString> environment{
        {QStringLiteral("STATE_DIRECTORY"), QStringLiteral("/var/lib/simmer")}};
    QCOMPARE(understand({{}, environment, std::nullopt}).config.dataDir,
             QStringLiteral("/var/lib/simmer"));
    const auto file = readConfig("data-dir = /srv/kitchen/", QStringLiteral("c"));
    QCOMPARE(understand({{}, environment, file}).config.dataDir, QStringLiteral("/srv/kitchen"));
}

void TestConfig::listsAddUp()
{
    const Effective effective =
        ofFile("listen = 127.0.0.1:1, [::1]:2\n# more\n  listen=10.0.0.1:3 10.0.0.1:4\n");
    QCOMPARE(effective.problems, QStringList());
    const QList<ListenOn> expected{{QStringLiteral("127.0.0.1"), 1},
                                   {QStringLiteral("::1"), 2},
                                   {QStringLiteral("10.0.0.1"), 3},
                                   {QStringLiteral("10.0.0.1"), 4}};
    QCOMPARE(effective.config.listen, expected);
}

void TestConfig::faultsOfLines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("typo") << QByteArray("\n\nlsten = x")
                          << QStringLiteral("c:3: “lsten” is nothing that can be set; did you "
                                            "mean “listen”?");
    QTest::newRow("unknown") << QByteArray("colour = red")
                             << QStringLiteral("c:1: “colour” is nothing that can be set; "
                                               "`simmerd example-config` shows all that there are");
    QTest::newRow("section") << QByteArray("[server]")
                             << QStringLiteral(
                                    "c:1: there are no sections here; leave this line out");
    QTest::newRow("no sign") << QByteArray("data-dir /srv")
                             << QStringLiteral("c:1: “data-dir /srv” is no line of the form key = "
                                               "value");
    QTest::newRow("no value") << QByteArray("name =")
                              << QStringLiteral("c:1: name has no value; write one, or put a # "
                                                "before it");
    QTest::newRow("twice") << QByteArray("name = a\nname = b")
                           << QStringLiteral("c:2: name was already given at c:1; leave one out");
    QTest::newRow("quotes") << QByteArray("name = \"a\"")
                            << QStringLiteral("c:1: name: leave the quotes out");
    QTest::newRow("no text") << QByteArray("name = \xff\xfe")
                             << QStringLiteral("c:1: this line is no text; save the file as UTF-8");
}

void TestConfig::faultsOfLines()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, problem);
    QCOMPARE(readConfig(text, QStringLiteral("c")).problems, QStringList{problem});
}

void TestConfig::faultsOfValues_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"listen = 127.0.0.1",
                             "listen = 127.0.0.1:65536",
                             "listen = :80",
                             "listen = kitchen:1",
                             "listen = ::1:80",
                             "listen = [127.0.0.1]:80",
                             "listen = 127.0.0.1:7464,127.0.0.1:7464",
                             "behind-proxy = maybe",
                             "hosts = http://x",
                             "hosts = x:80",
                             "hosts = -x",
                             "origins = x.org",
                             "origins = https://x.org/",
                             "origins = https://a:b@x.org",
                             "origins = ftp://x.org",
                             "cert = /nonexistent",
                             "key = /nonexistent",
                             "log = here",
                             "log-level = loud",
                             "log-size = 1K",
                             "log-size = 2G",
                             "log-size = 10MB",
                             "log-size = -1M",
                             "log-size = 999999999999G",
                             "ops-per-second = 0",
                             "ops-per-second = many",
                             "ops-per-second = 1000001",
                             "webhook-ring = homeassistant",
                             "webhook-ring = file:///x",
                             "webhook-unattended = https://",
                             "metrics-token-file = /nonexistent"})
        QTest::newRow(line) << QByteArray(line);
    QTest::newRow("long name") << "name = " + QByteArray(101, 'x');
    QTest::newRow("name of two lines") << QByteArray("name = a\rb");
}

void TestConfig::faultsOfValues()
{
    QFETCH(const QByteArray, line);
    const Effective effective = ofFile('\n' + line);
    const QString key = QString::fromUtf8(line.left(line.indexOf(' ')));
    QVERIFY(!effective.problems.isEmpty());
    QVERIFY2(effective.problems[0].startsWith(QStringLiteral("c:2: %1 ").arg(key)),
             qPrintable(effective.problems[0]));
}

void TestConfig::goodValues()
{
    const Effective effective = ofFile("hosts = Kitchen.example.org, box, 10.0.0.7\n"
                                       "origins = https://x.org http://x.org:8123\n"
                                       "behind-proxy = yes\n"
                                       "log = /var/log/simmerd.log\n"
                                       "log-size = 64K\n"
                                       "webhook-ring = http://ha.local:8123/api/webhook/x?y=z\n"
                                       "name = Küche = gut # ja\n"
                                       "listen = localhost:0\n");
    QCOMPARE(effective.problems, QStringList());
    const Config &config = effective.config;
    QCOMPARE(config.hosts.join(QLatin1Char(' ')),
             QStringLiteral("kitchen.example.org box 10.0.0.7"));
    QCOMPARE(config.origins.size(), 2);
    QVERIFY(config.behindProxy);
    QCOMPARE(config.logTo, LogTo::File);
    QCOMPARE(config.logFile, QStringLiteral("/var/log/simmerd.log"));
    QCOMPARE(config.logBytes, 64LL * 1024);
    QCOMPARE(config.webhookRing.path(), QStringLiteral("/api/webhook/x"));
    QCOMPARE(config.name, QStringLiteral("Küche = gut # ja"));
    QCOMPARE(config.listen, QList<ListenOn>({{QStringLiteral("127.0.0.1"), 0}}));
}

void TestConfig::secretsNeedAPrivateFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("token"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray line = "metrics-token-file = " + path.toUtf8();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadOther));
    QVERIFY(ofFile(line).problems.value(0).contains(QLatin1String("chmod o= ")));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadGroup));
    QCOMPARE(ofFile(line).problems, QStringList());
    QCOMPARE(ofFile(line).config.metricsTokenFile, path);
}

void TestConfig::certAndKeyBelongTogether()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("pem")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner));
    const QByteArray path = file.fileName().toUtf8();
    QCOMPARE(ofFile("cert = " + path + "\nkey = " + path).problems, QStringList());
    for (const char *key : {"cert = ", "key = "}) {
        const QStringList problems = ofFile(key + path).problems;
        QCOMPARE(problems.size(), 1);
        QVERIFY(problems[0].contains(QLatin1String("belong together")));
        QVERIFY(problems[0].startsWith(QLatin1String("c:1:")));
    }
}

void TestConfig::allFaultsAtOnce()
{
    const Effective effective = ofFile("lisen = 1\nlog-level = loud\nlog-size = 0\nops-per-second"
                                       " = x\n");
    QCOMPARE(effective.problems.size(), 4);
    for (int line = 0; line < 4; ++line)
        QVERIFY(effective.problems.join(QLatin1Char('\n'))
                    .contains(QStringLiteral("c:%1: ").arg(line + 1)));
}

void TestConfig::nearestNames_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("meant");
    const auto row = [](const char *written, const char *meant) {
        QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(meant);
    };
    row("datadir", "data-dir");
    row("data_dir", "data-dir");
    row("Listen", "listen");
    row("loglevel", "log-level");
    row("host", "hosts");
    row("x", "");
    row("", "");
    row("postgres", "");
}

void TestConfig::nearestNames()
{
    QFETCH(const QString, written);
    QFETCH(const QString, meant);
    QCOMPARE(nearestName(written), meant);
}

void TestConfig::exampleIsSoundAndComplete()
{
    const QString example = exampleFile();
    QCOMPARE(ofFile(example.toUtf8()).config, understand({}).config);
    QString standards;
    for (const Setting &setting : settings()) {
        QVERIFY(example.contains(QStringLiteral("\n#%1 = ").arg(setting.name)));
        if (!setting.standard.isEmpty())
            standards += QStringLiteral("%1 = %2\n").arg(setting.name, setting.standard);
    }
    const Effective uncommented = ofFile(standards.toUtf8());
    QCOMPARE(uncommented.problems, QStringList());
    QCOMPARE(uncommented.config, understand({}).config);
}

void TestConfig::documentsSayTheSame()
{
    const QString source = QStringLiteral(SIMMER_SOURCE);
    QVERIFY2(contents(source + QStringLiteral("/docs/simmerd.md")).contains(exampleFile()),
             qPrintable(QStringLiteral("docs/simmerd.md should have:\n") + exampleFile()));
    QVERIFY2(
        contents(source + QStringLiteral("/packaging/man/simmerd.1")).contains(manualSettings()),
        qPrintable(QStringLiteral("packaging/man/simmerd.1 should have:\n") + manualSettings()));
}

void TestConfig::reportTellsWhere()
{
    const QString words = inWords(ofFile("listen = 127.0.0.1:1,127.0.0.1:2"));
    QCOMPARE(words.count(QLatin1Char('\n')), qsizetype(settings().size()));
    QVERIFY(
        words.contains(QLatin1String("listen             127.0.0.1:1, 127.0.0.1:2         c:1\n")));
    const QJsonObject json = toJson(ofFile("x = 1"));
    QCOMPARE(json.value(QLatin1String("problems")).toArray().size(), 1);
    QCOMPARE(json.value(QLatin1String("settings")).toObject().size(), qsizetype(settings().size()));
}

void TestConfig::reportHidesSecrets()
{
    const Effective effective = ofFile("webhook-ring = https://u:pass@ha/api/webhook/s3cret");
    for (const QString &text :
         {inWords(effective), QString::fromUtf8(QJsonDocument(toJson(effective)).toJson())}) {
        QVERIFY(text.contains(QLatin1String("https://ha/[hidden]")));
        QVERIFY(!text.contains(QLatin1String("s3cret")) && !text.contains(QLatin1String("pass")));
    }
    const QStringList wrong = ofFile("webhook-ring = u:s3cret@ha").problems;
    QCOMPARE(wrong.size(), 1);
    QVERIFY(!wrong[0].contains(QLatin1String("s3cret")));
}

void TestConfig::anyBytesAreReadOrRefused()
{
    QRandomGenerator chance(20261121);
    const QByteArray good = exampleFile().toUtf8().replace("#", "");
    for (int round = 0; round < 3000; ++round) {
        QByteArray text = good;
        for (int change = 0; change < 5; ++change)
            text[qsizetype(chance.bounded(text.size()))] = char(chance.bounded(256));
        text.truncate(chance.bounded(text.size()));
        const Effective effective = ofFile(text);
        for (const QString &problem : effective.problems)
            QVERIFY2(!problem.isEmpty() && problem.size() < 1000, qPrintable(problem));
    }
}

void TestConfig::filesThatCannotBeRead()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("large")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(65 * 1024));
    QCOMPARE(readConfigFile(file.fileName()).error().code, ErrorCode::TooLarge);
    QCOMPARE(readConfigFile(QStringLiteral("/nonexistent")).error().code,
             ErrorCode::FileUnreadable);
}

QTEST_GUILESS_MAIN(TestConfig)
#include "tst_config.moc"
