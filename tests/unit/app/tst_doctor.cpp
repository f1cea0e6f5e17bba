// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Doctor.h"
#include "fakes/ManualClock.h"
#include "fakes/OneKitchen.h"
#include "storage/safety/Backups.h"
#include "storage/safety/Inspection.h"

#include <QDateTime>
#include <QDir>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::app;

namespace {

using Kind = Finding::Kind;

constexpr storage::AdmissionRules Rules{5 * 60 * 1000, 5, 10};
const QDateTime Noon(QDate(2026, 11, 21), QTime(12, 0));

} // namespace

/// Each trouble is found, named, and told what to do about.
class TestDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<fakes::ManualClock>(Noon.toMSecsSinceEpoch());
        m_folder = std::make_unique<QTemporaryDir>();
        m_dir = m_folder->filePath(QStringLiteral("kitchen"));
        QVERIFY(QDir().mkdir(m_dir));
        QVERIFY(
            QFile::setPermissions(m_dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        auto store = fakes::OneKitchen::open(file(), Rules);
        QVERIFY(bool(store));
        QVERIFY(bool(backups().take(Noon.date())));
        m_effective = understand({});
        m_effective.config.dataDir = m_dir;
        m_effective.config.listen = {{QStringLiteral("127.0.0.1"), 0}};
    }

    void healthyServerIsFine();
    void everyTroubleSaysWhatToDo();
    void wrongSettings();
    void clocks();
    void folders();
    void openModes();
    void damagedFile();
    void missingFile();
    void oldCopies();
    void leftovers();
    void takenPort();
    void nothingIsChanged();

private:
    QString file() const { return storage::kitchenFileIn(m_dir); }
    storage::Backups backups() const { return {file(), storage::ServerStore::schema()}; }
    /// The kind of the one finding that has these words; its name is in the failure.
    std::optional<Kind> kindOf(const char *words)
    {
        std::optional<Kind> kind;
        for (const Finding &finding : examine(m_effective, *m_clock))
            if (finding.what.contains(QString::fromUtf8(words)))
                kind = finding.kind;
        return kind;
    }

    std::unique_ptr<fakes::ManualClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_dir;
    Effective m_effective;
};

void TestDoctor::healthyServerIsFine()
{
    for (const Finding &finding : examine(m_effective, *m_clock)) {
        const bool expected =
            finding.kind == Kind::Fine || finding.what == QLatin1String("no server runs") ||
            finding.what.endsWith(QLatin1String("free on the disk")); // as the machine has it
        QVERIFY2(expected, qPrintable(finding.what));
    }
    QCOMPARE(kindOf("all 0 links of the log are sound"), Kind::Fine);
    QCOMPARE(kindOf("the daily copy of 2026-11-21 is sound"), Kind::Fine);
}

void TestDoctor::everyTroubleSaysWhatToDo()
{
    m_effective.problems = {QStringLiteral("c:1: wrong")};
    QVERIFY(QFile::remove(file()));
    QVERIFY(QFile::setPermissions(m_dir, QFile::Permissions(0x7777)));
    m_clock = std::make_unique<fakes::ManualClock>(0);
    int troubles = 0;
    for (const Finding &finding : examine(m_effective, *m_clock)) {
        QCOMPARE(finding.todo.isEmpty(), finding.kind == Kind::Fine);
        troubles += finding.kind == Kind::Trouble ? 1 : 0;
    }
    QVERIFY(troubles >= 4);
}

void TestDoctor::wrongSettings()
{
    m_effective.problems = {QStringLiteral("c:1: wrong")};
    m_effective.hints = {QStringLiteral("strange")};
    QCOMPARE(kindOf("c:1: wrong"), Kind::Trouble);
    QCOMPARE(kindOf("strange"), Kind::Odd);
    QCOMPARE(kindOf("the settings are sound"), std::nullopt);
}

void TestDoctor::clocks()
{
    QCOMPARE(kindOf("a time server keeps the clock"), Kind::Fine);
    m_clock->setSynchronised(false);
    QCOMPARE(kindOf("no time server has set"), Kind::Odd);
    m_clock = std::make_unique<fakes::ManualClock>(0);
    QCOMPARE(kindOf("clock says 1970-01-01"), Kind::Trouble);
}

void TestDoctor::folders()
{
    m_effective.config.dataDir = m_dir + QStringLiteral("/none");
    QCOMPARE(kindOf("/none is not there"), Kind::Trouble);
    m_effective.config.dataDir = file();
    QCOMPARE(kindOf("is no folder that can be read"), Kind::Trouble);
    m_effective.config.dataDir.clear();
    QCOMPARE(kindOf("no data folder is named"), Kind::Trouble);
}

void TestDoctor::openModes()
{
    QCOMPARE(kindOf("the folder is for its user alone"), Kind::Fine);
    QVERIFY(QFile::setPermissions(file(), QFile::ReadOwner | QFile::ReadGroup));
    QCOMPARE(kindOf("others may read or write"), Kind::Trouble);
    QCOMPARE(kindOf("/kitchen.db"), Kind::Trouble);
    QCOMPARE(kindOf("the folder is for its user alone"), std::nullopt);
}

void TestDoctor::damagedFile()
{
    QFile kitchen(file());
    QVERIFY(kitchen.open(QIODevice::ReadWrite) && kitchen.seek(4096));
    kitchen.write(QByteArray(8192, 'x'));
    kitchen.close();
    QCOMPARE(kindOf("the file is damaged"), Kind::Trouble);
}

void TestDoctor::missingFile()
{
    QVERIFY(QFile::remove(file()));
    QCOMPARE(kindOf("/kitchen.db is not there"), Kind::Trouble);
    QVERIFY(!QFile::exists(file())); // an empty one would hide the loss
}

void TestDoctor::oldCopies()
{
    m_clock->advance(3LL * 24 * 3600 * 1000);
    QCOMPARE(kindOf("the newest daily copy is of 2026-11-21"), Kind::Odd);
    QFile copy(backups().pathOf(Noon.date()));
    QVERIFY(copy.open(QIODevice::ReadWrite) && copy.resize(5000));
    QCOMPARE(kindOf("the daily copy of 2026-11-21 is damaged"), Kind::Trouble);
    QVERIFY(copy.remove());
    QCOMPARE(kindOf("there is no daily copy yet"), Kind::Odd);
}

void TestDoctor::leftovers()
{
    QVERIFY(QFile::copy(file(), file() + QStringLiteral(".damaged-2026-11-20")));
    QVERIFY(QFile::copy(file(), file() + QStringLiteral(".before-restore-2026-11-20-101010")));
    QCOMPARE(kindOf("kitchen.db.damaged-2026-11-20"), Kind::Odd);
    QCOMPARE(kindOf("kitchen.db.before-restore-2026-11-20-101010"), Kind::Odd);
}

void TestDoctor::takenPort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_effective.config.listen = {{QStringLiteral("127.0.0.1"), other.serverPort()}};
    QCOMPARE(kindOf("cannot be had"), Kind::Trouble);
    other.close();
    QCOMPARE(kindOf("is free"), Kind::Fine);
    m_effective.config.listen = {{QStringLiteral("192.0.2.1"), 7464}}; // nobody's (RFC 5737)
    QCOMPARE(kindOf("192.0.2.1 port 7464 cannot be had"), Kind::Trouble);
}

void TestDoctor::nothingIsChanged()
{
    const auto names = [this] {
        return QDir(m_dir).entryList({QStringLiteral("*.db"), QStringLiteral("lock")}, QDir::Files);
    };
    const QStringList before = names();
    QFile kitchen(file());
    QVERIFY(kitchen.open(QIODevice::ReadOnly));
    const QByteArray bytes = kitchen.readAll();
    QVERIFY(!examine(m_effective, *m_clock).isEmpty());
    QCOMPARE(names(), before);
    QVERIFY(kitchen.seek(0));
    QVERIFY(kitchen.readAll() == bytes);
}

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
