// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer::fakes;

namespace {

constexpr int Samples = 11;
constexpr int Starts = 8;

/// The desktop on a profile, once its door is open.
std::unique_ptr<Running> openDesktop(const Ctl &device)
{
    auto desktop = std::make_unique<Running>(
        QStringLiteral("simmer"), QStringList{QStringLiteral("--profile"), device.profile()});
    const QString door = device.profile() + QStringLiteral("/door");
    if (!QTest::qWaitFor([&] { return QFile::exists(door); }, 20'000))
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
    void firstStartBringsTheSamples();
    void laterStartsKeepWhatWasThere();

private:
    QTemporaryDir m_folder;
};

void TestDesktop::firstStartBringsTheSamples()
{
    for (int start = 0; start < Starts; ++start) {
        const Ctl device(m_folder.filePath(QStringLiteral("new-%1").arg(start)));
        const auto desktop = openDesktop(device);
        QTRY_COMPARE(recipesOf(device), Samples);
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

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
