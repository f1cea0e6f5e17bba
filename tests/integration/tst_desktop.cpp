// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer::fakes;

namespace {

constexpr int Starts = 8;

/// The desktop on a profile, once its door is open.
std::unique_ptr<Running> openDesktop(const Ctl &device)
{
    auto desktop = std::make_unique<Running>(
        QStringLiteral("simmer"), QStringList{QStringLiteral("--profile"), device.profile()});
    const QString door = device.profile() + QStringLiteral("/door");
    if (!QTest::qWaitFor([&] { return QFile::exists(door); }, PatienceMs))
        qFatal("the desktop does not start");
    return desktop;
}

qsizetype recipesOf(const Ctl &device)
{
    return device.run({QStringLiteral("recipes")}).lines.size();
}

} // namespace

/// The real desktop program without a screen, as packages start it.
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstStartsAreEmpty();
    void laterStartsKeepWhatWasThere();
    void wordsAreAQuickTimer();
    void secondStartGoesToTheFirst();
    void filesGoToTheFirst();
    void twoStartsAtOnceAreOneDesktop();

private:
    int visit(const Ctl &device, const QStringList &words) const;

    QTemporaryDir m_folder;
};

void TestDesktop::firstStartsAreEmpty()
{
    for (int start = 0; start < Starts; ++start) {
        const Ctl device(m_folder.filePath(QStringLiteral("new-%1").arg(start)));
        const auto desktop = openDesktop(device);
        QCOMPARE(recipesOf(device), 0); // the window offers samples, nobody took them
    }
}

void TestDesktop::laterStartsKeepWhatWasThere()
{
    const Ctl device(m_folder.filePath(QStringLiteral("used")));
    QVERIFY(!device
                 .run({QStringLiteral("start"), QStringLiteral("--name"), QStringLiteral("Eggs"),
                       QStringLiteral("7min")})
                 .lines.isEmpty());
    const auto desktop = openDesktop(device);
    const Run timers = device.run({QStringLiteral("timers")});
    QCOMPARE(timers.lines.size(), 1);
    QCOMPARE(timers.lines.constFirst().value(QLatin1String("state")).toString(),
             QStringLiteral("running"));
    QCOMPARE(recipesOf(device), 0);
}

/// Starts the desktop as a person would, and waits until that program ends.
int TestDesktop::visit(const Ctl &device, const QStringList &words) const
{
    QProcess second;
    second.start(QStringLiteral(SIMMER_BIN "/simmer"),
                 QStringList{QStringLiteral("--profile"), device.profile()} + words);
    return second.waitForFinished(PatienceMs) && second.exitStatus() == QProcess::NormalExit
               ? second.exitCode()
               : -1;
}

void TestDesktop::wordsAreAQuickTimer()
{
    const Ctl device(m_folder.filePath(QStringLiteral("words")));
    const auto desktop = std::make_unique<Running>(
        QStringLiteral("simmer"),
        QStringList{QStringLiteral("--profile"), device.profile(), QStringLiteral("10 min pasta")});
    const QString door = device.profile() + QStringLiteral("/door");
    QTRY_VERIFY(QFile::exists(door));
    QTRY_COMPARE(device.run({QStringLiteral("timers")}).lines.size(), 1);
    const QJsonObject timer = device.run({QStringLiteral("timers")}).lines.constFirst();
    QCOMPARE(timer.value(QLatin1String("name")).toString(), QStringLiteral("Pasta"));
}

void TestDesktop::secondStartGoesToTheFirst()
{
    const Ctl device(m_folder.filePath(QStringLiteral("second")));
    const auto desktop = openDesktop(device);
    QCOMPARE(visit(device, {}), 0);
    QCOMPARE(visit(device, {QStringLiteral("10 min pasta")}), 0);
    // It was durable before the second program ended.
    QCOMPARE(device.run({QStringLiteral("timers")}).lines.size(), 1);
    QCOMPARE(visit(device, {QStringLiteral("eggs"), QStringLiteral("7")}), 0);
    QCOMPARE(device.run({QStringLiteral("timers")}).lines.size(), 2);
    QVERIFY(desktop->isRunning());
}

void TestDesktop::filesGoToTheFirst()
{
    const Ctl device(m_folder.filePath(QStringLiteral("files")));
    const auto desktop = openDesktop(device);
    QFile file(
        m_folder.filePath(QStringLiteral("tea 3 min.cook"))); // a file, although it says a time
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("---\ntitle: Tea\n---\nSteep @tea{1%tsp} for ~{3%minutes}.\n");
    file.close();
    QCOMPARE(visit(device, {file.fileName()}), 0);
    QTRY_COMPARE(recipesOf(device), 1);
    QVERIFY(device.run({QStringLiteral("timers")}).lines.isEmpty());
}

void TestDesktop::twoStartsAtOnceAreOneDesktop()
{
    const Ctl device(m_folder.filePath(QStringLiteral("both")));
    const QStringList words{QStringLiteral("--profile"), device.profile()};
    Running one(QStringLiteral("simmer"), words);
    Running other(QStringLiteral("simmer"), words);
    QTRY_VERIFY(one.isRunning() != other.isRunning());
    QVERIFY(device.run({QStringLiteral("timers")}).lines.isEmpty()); // its door is open
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
