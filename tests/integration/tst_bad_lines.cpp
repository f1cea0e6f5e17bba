// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"
#include "integration/Proxy.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace simmer::fakes;

namespace {

using K = QLatin1String;

constexpr int ChaosDevices = 6;
constexpr int ChaosMs = 30'000;

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

/// `count` runs in the tests, more when SIMMER_ROUNDS asks for them.
int rounds(int count)
{
    return std::max(count, qEnvironmentVariableIntValue("SIMMER_ROUNDS"));
}

} // namespace

/// Real processes on lines that delay, stall and break.
class TestBadLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everybodyConverges();

private:
    bool join(const Ctl &device, int number);
    bool level(const Ctl &device) const
    {
        const Run run = device.run(words("sync --wait 60s"));
        if (run.exitCode != 0)
            qWarning("%s: %s", qPrintable(device.profile()), qPrintable(run.trouble));
        return run.exitCode == 0;
    }
    void press(const Ctl &device);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KitchenServer> m_server;
    std::unique_ptr<Proxy> m_proxy;
    std::mt19937 m_chance{firstChance()};
};

void TestBadLines::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<KitchenServer>(m_folder->filePath(QStringLiteral("server")));
    QVERIFY(m_server->start());
    m_proxy = std::make_unique<Proxy>(QUrl(m_server->url()));
}

bool TestBadLines::join(const Ctl &device, int number)
{
    return device
               .run({QStringLiteral("pair"), m_proxy->url().toString(), m_server->invite(),
                     QStringLiteral("--name"), QStringLiteral("Device %1").arg(number)})
               .exitCode == 0;
}

void TestBadLines::press(const Ctl &device)
{
    const QString timer = QStringLiteral("T%1").arg(m_chance() % 5);
    const QList<QStringList> presses{
        {QStringLiteral("start"), QStringLiteral("--name"), timer, QStringLiteral("9min")},
        {QStringLiteral("pause"), timer},
        {QStringLiteral("resume"), timer},
        {QStringLiteral("stop"), timer},
        {QStringLiteral("add"), timer, QStringLiteral("+1min")}};
    device.run(presses.at(qsizetype(m_chance() % presses.size()))); // it may make no sense there
}

/// Nobody reads what the devices and the server print: that may not hold them up.
void TestBadLines::everybodyConverges()
{
    for (int round = 0; round < rounds(3); ++round) {
        if (round > 0) { // a kitchen has only so many devices
            m_proxy.reset();
            m_server.reset();
            init();
        }
        std::vector<Ctl> devices;
        std::vector<std::unique_ptr<Running>> holders;
        m_proxy->setDelay(20, 20);
        for (int i = 0; i < ChaosDevices; ++i) {
            devices.emplace_back(m_folder->filePath(QStringLiteral("device%1").arg(i)));
            QVERIFY(join(devices.back(), i));
            holders.push_back(devices.back().watch());
            QVERIFY(!holders.back()->nextLine().isEmpty());
        }
        QElapsedTimer clock;
        clock.start();
        int kills = 0;
        int faults = 0;
        int presses = 0;
        while (clock.elapsed() < ChaosMs) {
            const auto at = size_t(m_chance() % ChaosDevices);
            switch (m_chance() % 12) {
            case 0:
                m_proxy->cut();
                ++faults;
                break;
            case 1:
                m_proxy->stall(int(m_chance() % 3000));
                ++faults;
                break;
            case 2:
                holders[at]->kill();
                holders[at] = devices[at].watch();
                QVERIFY(!holders[at]->nextLine().isEmpty());
                ++kills;
                break;
            case 3:
                m_server->kill();
                QVERIFY(m_server->start());
                ++kills;
                break;
            default:
                press(devices[at]);
                ++presses;
            }
        }
        m_proxy->setDelay(0, 0);
        for (int again = 0; again < 2; ++again) // once more for what the others brought
            for (const Ctl &device : devices)
                QVERIFY(level(device));
        const auto digest = [](const Ctl &device) {
            return device.run(words("digest")).lines.value(0).value(K("digest")).toString();
        };
        const QString first = digest(devices.front());
        QVERIFY(!first.isEmpty());
        for (const Ctl &device : devices)
            QTRY_COMPARE(digest(device), first);
        qInfo("round %d: %d presses, %d faults, %d kills, %d devices with digest %s", round,
              presses, faults, kills, ChaosDevices, qPrintable(first.left(16)));
    }
}

QTEST_GUILESS_MAIN(TestBadLines)
#include "tst_bad_lines.moc"
