// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer::fakes;

namespace {

using K = QLatin1String;

/// simmerd with a task, to its end.
Run task(const QString &folder, const QStringList &words)
{
    QProcess process;
    process.start(QStringLiteral(SIMMER_BIN "/simmerd"),
                  words + QStringList{QStringLiteral("--data-dir"), folder});
    process.waitForFinished(30'000);
    Run run;
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.output = QString::fromUtf8(process.readAllStandardOutput());
    run.trouble = QString::fromUtf8(process.readAllStandardError());
    return run;
}

QJsonObject answer(const Run &run)
{
    return QJsonDocument::fromJson(run.output.toUtf8()).object();
}

/// Of the first kitchen of a copy.
qint64 headOf(const QJsonObject &copy)
{
    const QJsonArray kitchens = copy.value(K("kitchens")).toArray();
    return kitchens.at(0).toObject().value(K("head")).toInteger();
}

} // namespace

/// The real server and real devices: a copy of yesterday loses nothing that a device has.
class TestRestore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<KitchenServer>(at("server"));
        QVERIFY(m_server->start());
    }

    void devicesGiveBackWhatTheCopyLacks();
    void copiesUnderLoad();
    void restoreWaitsForTheServerToStop();
    void backupGoesBelowAFolderThatIsThere();
    void doctorWorksBesideTheServer();
    void devicesAndRevoke();

private:
    QString at(const char *name) const { return m_folder->filePath(K(name)); }
    QStringList words(const QString &line) const { return line.split(QLatin1Char(' ')); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KitchenServer> m_server;
};

void TestRestore::devicesGiveBackWhatTheCopyLacks()
{
    const Ctl laptop(at("laptop"));
    const Ctl phone(at("phone"));
    QVERIFY(join(laptop, *m_server, QStringLiteral("Laptop")));
    QVERIFY(join(phone, *m_server, QStringLiteral("Phone")));
    QCOMPARE(laptop.run(words(QStringLiteral("start --name Rice 50min"))).exitCode, 0);
    QCOMPARE(laptop.run({K("sync")}).exitCode, 0);
    const Run copied = task(at("server"), {K("backup"), at("copy"), K("--json")});
    QCOMPARE(copied.exitCode, 0);
    const qint64 head = headOf(answer(copied));
    QVERIFY(head > 0);
    QCOMPARE(laptop.run(words(QStringLiteral("start --name Eggs 50min"))).exitCode, 0);
    QCOMPARE(laptop.run({K("sync")}).exitCode, 0);
    QCOMPARE(phone.run({K("sync")}).exitCode, 0);
    QCOMPARE(phone.run(words(QStringLiteral("start --name Bread 50min"))).exitCode, 0);
    QCOMPARE(phone.run({K("sync")}).exitCode, 0);
    QCOMPARE(m_server->stop(), 0);

    const Run restored = task(at("server"), {K("restore"), at("copy")});
    QVERIFY2(restored.exitCode == 0, qPrintable(restored.trouble));
    QVERIFY2(restored.output.contains(QStringLiteral("“Kitchen” up to number %1.").arg(head)),
             qPrintable(restored.output));
    QVERIFY(restored.output.contains(QLatin1String("kitchen.db.before-restore-")));
    QVERIFY(m_server->start());
    QCOMPARE(phone.run({K("sync")}).exitCode, 0); // it has all three
    QCOMPARE(laptop.run({K("sync")}).exitCode, 0);
    const Ctl tablet(at("tablet"));
    QVERIFY(join(tablet, *m_server, QStringLiteral("Tablet")));
    QCOMPARE(tablet.run({K("sync")}).exitCode, 0);
    QCOMPARE(tablet.run({K("timers")}).lines.size(), 3);
    QCOMPARE(tablet.run({K("digest")}).output, laptop.run({K("digest")}).output);
    QCOMPARE(tablet.run({K("digest")}).output, phone.run({K("digest")}).output);
    QCOMPARE(task(at("server"), {K("doctor")}).exitCode, 0);
}

void TestRestore::copiesUnderLoad()
{
    const Ctl laptop(at("laptop"));
    QVERIFY(join(laptop, *m_server, QStringLiteral("Laptop")));
    const auto holder = laptop.watch(); // stays connected, so that each press goes out at once
    QVERIFY(!holder->nextLine().isEmpty());
    qint64 before = 0;
    for (int copy = 0; copy < 5; ++copy) {
        for (int press = 0; press < 8; ++press)
            QCOMPARE(laptop.run(words(QStringLiteral("start --name T 50min"))).exitCode, 0);
        const QString path = at("copy") + QString::number(copy);
        const QJsonObject made = answer(task(at("server"), {K("backup"), path, K("--json")}));
        const qint64 head = headOf(made);
        QVERIFY2(head >= before, "a later copy has at least what an earlier one has");
        before = head;
    }
    QVERIFY(before > 0);
}

void TestRestore::restoreWaitsForTheServerToStop()
{
    QCOMPARE(task(at("server"), {K("backup"), at("copy")}).exitCode, 0);
    const Run refused = task(at("server"), {K("restore"), at("copy")});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY(refused.trouble.contains(QLatin1String("stop it first")));
    QCOMPARE(m_server->stop(), 0);
    const Run missing = task(at("server"), {K("restore"), at("nowhere")});
    QCOMPARE(missing.exitCode, 1);
    QCOMPARE(missing.trouble.count(QLatin1Char('\n')), 1);
    QCOMPARE(answer(task(at("server"), {K("restore"), at("copy"), K("--json")}))
                 .value(K("set_aside"))
                 .toArray()
                 .size(),
             1); // there never was a photo
}

void TestRestore::backupGoesBelowAFolderThatIsThere()
{
    QVERIFY(QDir().mkdir(at("copies")));
    const Run made = task(at("server"), {K("backup"), at("copies")});
    QVERIFY2(made.exitCode == 0, qPrintable(made.trouble));
    const QStringList names = QDir(at("copies")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(names.size(), 1);
    QVERIFY(names[0].startsWith(QLatin1String("simmer-20")));
    QCOMPARE(task(at("none"), {K("backup"), at("copies")}).exitCode, 1); // no server was ever there
}

void TestRestore::doctorWorksBesideTheServer()
{
    const Run healthy = task(at("server"), {K("doctor")});
    QVERIFY2(healthy.exitCode == 0, qPrintable(healthy.output));
    QVERIFY(healthy.output.contains(QLatin1String("the server runs and answers")));
    QVERIFY(QFile::setPermissions(m_server->file(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const Run found = task(at("server"), {K("doctor"), K("--json")});
    QCOMPARE(found.exitCode, 1);
    QStringList troubles;
    for (const auto &value : answer(found).value(K("findings")).toArray())
        if (value.toObject().value(K("kind")) == K("trouble"))
            troubles += value.toObject().value(K("what")).toString();
    QCOMPARE(troubles.size(), 1);
    QVERIFY(troubles[0].startsWith(QLatin1String("others may read")));
    const Run wrong = task(at("server"), {K("doctor"), K("--log-level"), K("loud")});
    QCOMPARE(wrong.exitCode, 1); // and not 2: it looks further
    QVERIFY(wrong.output.contains(QLatin1String("--log-level wants")));
}

void TestRestore::devicesAndRevoke()
{
    const Ctl laptop(at("laptop"));
    const Ctl phone(at("phone"));
    QVERIFY(join(laptop, *m_server, QStringLiteral("Laptop")));
    QVERIFY(join(phone, *m_server, QStringLiteral("Phone")));
    const Run table = task(at("server"), {K("devices")});
    QCOMPARE(table.output.count(QLatin1Char('\n')), 3);
    const QJsonArray devices =
        answer(task(at("server"), {K("devices"), K("--json")})).value(K("devices")).toArray();
    QCOMPARE(devices.size(), 2);
    QCOMPARE(devices[1].toObject().value(K("name")).toString(), QStringLiteral("Phone"));
    const QString id = devices[1].toObject().value(K("id")).toString();
    QVERIFY(table.output.contains(id.left(12)));

    QCOMPARE(task(at("server"), {K("revoke"), id.left(3)}).exitCode, 1); // too short to be sure
    QCOMPARE(m_server->stop(), 0);
    QCOMPARE(task(at("server"), {K("revoke"), id.left(8)}).exitCode, 0);
    QCOMPARE(task(at("server"), {K("revoke"), id.left(8)}).exitCode, 1);
    QVERIFY(m_server->start());
    QCOMPARE(laptop.run({K("sync")}).exitCode, 0);
    QVERIFY(phone.run(words(QStringLiteral("sync --wait 3s"))).exitCode != 0);
}

QTEST_GUILESS_MAIN(TestRestore)
#include "tst_restore.moc"
