// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SharedKitchen.h"
#include "recipes/RecipeCodec.h"
#include "storage/DataFolder.h"
#include "storage/Files.h"
#include "supervision/Faults.h"
#include "syncclient/PairLink.h"

#include <QDir>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace simmer;
using namespace simmer::app;

namespace {

using State = ui::SharingStatus::State;
using syncclient::LinkState;

constexpr qint64 Minute = 60'000;
constexpr qint64 WithinMs = 100; // of two devices' kitchen time, on one machine

/// A desktop without its window.
class Desktop
{
public:
    explicit Desktop(const QString &profile, Reach reach = Reach::ThisMachine)
    {
        auto taken = Device::takeWaiting(profile, 5000);
        if (!taken)
            qFatal("%s", qPrintable(describe(taken.error())));
        m_device = *std::move(taken);
        m_shared = std::make_unique<SharedKitchen>(*m_device, reach, 0);
        QSignalSpy begun(m_shared.get(), &ui::Sharing::changed);
        m_device->start();
        const auto hasBegun = [&] { return !begun.isEmpty() && status().state != State::Starting; };
        if (!QTest::qWaitFor(hasBegun, PatienceMs))
            qFatal("the device does not start");
    }

    Device &device() { return *m_device; }
    SharedKitchen &shared() { return *m_shared; }
    const ui::SharingStatus &status() const { return m_shared->status(); }
    bool isLevel() const { return m_device->sync().status().state == LinkState::Level; }
    timers::Timer timer(const TimerId &id) const { return m_device->timers().timers().value(id); }
    bool has(const TimerId &id) const { return m_device->timers().timers().contains(id); }
    TimerId startTimer(const char *name, qint64 minutes)
    {
        return m_device->timers().start(
            {QString::fromLatin1(name), minutes * Minute, minutes * Minute, {}});
    }
    bool switchOn()
    {
        m_shared->switchOn();
        return QTest::qWaitFor([this] { return status().state == State::On; }, PatienceMs);
    }

private:
    std::unique_ptr<Device> m_device;
    std::unique_ptr<SharedKitchen> m_shared;
};

/// Lets `guest` in as the person would: by what the dialog shows.
bool letIn(Desktop &host, Desktop &guest, Role role = Role::Cook)
{
    host.shared().invite(role);
    if (!QTest::qWaitFor([&] { return host.status().invitation.has_value(); }, PatienceMs))
        return false;
    const auto link = syncclient::pairLinkIn(host.status().invitation->link);
    if (!link)
        return false;
    guest.device().sync().pair(link->server(), link->code, QStringLiteral("Ben’s laptop"),
                               link->key);
    return QTest::qWaitFor([&] { return guest.isLevel(); }, PatienceMs);
}

/// The system's, but the server's files do not answer until they are told to.
class SlowFiles : public storage::Files
{
public:
    bool isAsked() const { return m_isAsked; }
    void answer() { m_mayAnswer.release(); }

    qint64 size(const QString &path) const override
    {
        if (path.contains(QLatin1String("/server/"))) {
            m_isAsked = true;
            m_mayAnswer.acquire();
            m_mayAnswer.release();
        }
        return Files::size(path);
    }

private:
    mutable std::atomic<bool> m_isAsked = false;
    mutable QSemaphore m_mayAnswer;
};

const ui::SharedDevice *guestIn(const ui::SharingStatus &status)
{
    for (const ui::SharedDevice &device : status.devices)
        if (!device.isThis)
            return &device;
    return nullptr;
}

} // namespace

/// The server inside the desktop, with real devices, storage and sockets.
class TestSharedKitchen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void offUntilAsked();
    void otherDeviceShowsTheSameSecond();
    void theHouseComesByTls();
    void theKeyOfAnInvitationIsTheOnlyOne();
    void whatWasThereComesAlong();
    void offAndOnAgain();
    void nobodyWaitsForASlowDisk();
    void offBeforeItWasOn();
    void offAndOnInOneGo();
    void offThatCannotBeNotedIsTold();
    void aDiskThatFailsEndsSharingInWords();
    void restartKeepsTheKitchen();
    void removedDeviceIsOut();
    void codeIsGoneWhenUsed();
    void takenPortIsToldAndLeft();
    void whoIsElsewhereSharesNothing();
    void joiningAnotherKitchenEndsSharing();
    void busyFolderIsTold();
    void whatCannotBeNotedIsNotShared();
    void lostServerFolderBeginsAnew();
    void noteSurvivesNonsense();

private:
    QString profile(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSharedKitchen::offUntilAsked()
{
    Desktop ana(profile("ana"));
    QCOMPARE(ana.status().state, State::Off);
    QVERIFY(!ana.status().isPaused);
    QVERIFY(!QDir(profile("ana/server")).exists());
    ana.shared().invite(Role::Cook);
    ana.shared().remove(DeviceId::random());
    QVERIFY(!ana.status().invitation);
    QCOMPARE(ana.device().sync().status().state, LinkState::Alone);
}

void TestSharedKitchen::otherDeviceShowsTheSameSecond()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QVERIFY(letIn(ana, ben));
    QTRY_COMPARE(ana.status().devices.size(), 2);
    const TimerId eggs = ana.startTimer("Eggs", 7);
    QTRY_VERIFY(ben.has(eggs));
    QCOMPARE(ben.timer(eggs).endAt, ana.timer(eggs).endAt);
    QVERIFY(std::abs(ben.device().timers().now() - ana.device().timers().now()) < WithinMs);
    const TimerId tea = ben.startTimer("Tea", 3);
    QTRY_VERIFY(ana.has(tea));
    QCOMPARE(ana.timer(tea).endAt, ben.timer(tea).endAt);
    ben.device().timers().pause(eggs);
    QTRY_COMPARE(ana.timer(eggs).phase, timers::Phase::Paused);
}

void TestSharedKitchen::theHouseComesByTls()
{
    Desktop ana(profile("ana"), Reach::House);
    Desktop ben(profile("ben"), Reach::House);
    QVERIFY(ana.switchOn());
    const QString key = ana.status().key;
    QVERIFY(identity::Fingerprint::fromText(key));
    QVERIFY(letIn(ana, ben));
    QCOMPARE(ben.device().sync().status().server.scheme(), QStringLiteral("wss"));
    const TimerId eggs = ana.startTimer("Eggs", 7);
    QTRY_VERIFY(ben.has(eggs));
    QCOMPARE(ben.timer(eggs).endAt, ana.timer(eggs).endAt);
    ana.shared().switchOff();
    QVERIFY(ana.status().key.isEmpty());
    QTRY_VERIFY(!ben.isLevel());
    QVERIFY(ana.switchOn());
    QCOMPARE(ana.status().key, key);
    QTRY_VERIFY(ben.isLevel());
}

void TestSharedKitchen::theKeyOfAnInvitationIsTheOnlyOne()
{
    Desktop ana(profile("ana"), Reach::House);
    Desktop ben(profile("ben"), Reach::House);
    QVERIFY(ana.switchOn());
    ana.shared().invite(Role::Cook);
    QTRY_VERIFY(ana.status().invitation.has_value());
    const auto link = syncclient::pairLinkIn(ana.status().invitation->link);
    QVERIFY(link && link->key);
    const auto another = identity::Fingerprint::fromBytes(QByteArray(32, 'x'));
    QSignalSpy failed(&ben.device().sync(), &syncclient::SyncClient::pairingFailed);
    ben.device().sync().pair(link->server(), link->code, QStringLiteral("Ben’s laptop"), another);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!guestIn(ana.status()));
    ben.device().sync().pair(link->server(), link->code, QStringLiteral("Ben’s laptop"), link->key);
    QTRY_VERIFY(ben.isLevel()); // the code was not used up
}

void TestSharedKitchen::whatWasThereComesAlong()
{
    Desktop ana(profile("ana"));
    const TimerId stock = ana.startTimer("Stock", 90);
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Dal");
    recipe.steps = {recipes::Step{QStringLiteral("Simmer."), {}, {}}};
    ana.device().recipes().save(recipe);
    QTRY_VERIFY(ana.has(stock) && ana.device().recipes().recipes().contains(recipe.id));
    const qint64 endAt = ana.timer(stock).endAt;
    QVERIFY(ana.switchOn());
    Desktop ben(profile("ben"));
    QVERIFY(letIn(ana, ben));
    QTRY_VERIFY(ben.has(stock));
    QTRY_VERIFY(ben.device().recipes().recipes().contains(recipe.id));
    QVERIFY(std::abs(ben.timer(stock).endAt - endAt) < WithinMs);
}

void TestSharedKitchen::offAndOnAgain()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QVERIFY(letIn(ana, ben));
    const QStringList addresses = ana.status().addresses;
    ana.shared().switchOff();
    QCOMPARE(ana.status().state, State::Off);
    QVERIFY(ana.status().isPaused);
    QTRY_VERIFY(!ben.isLevel());
    const TimerId eggs = ana.startTimer("Eggs", 7);
    const TimerId tea = ben.startTimer("Tea", 3);
    QTRY_VERIFY(ana.has(eggs) && ben.has(tea));
    QVERIFY(ana.switchOn());
    QCOMPARE(ana.status().addresses, addresses);
    QTRY_VERIFY(ben.has(eggs) && ana.has(tea));
    QCOMPARE(ana.status().devices.size(), 2); // nobody had to join again
}

void TestSharedKitchen::nobodyWaitsForASlowDisk()
{
    SlowFiles disk;
    storage::Files &before = storage::Files::used();
    storage::Files::use(disk);
    const auto restore = qScopeGuard([&] { storage::Files::use(before); });
    Desktop ana(profile("ana"));
    ana.shared().switchOn();
    QTRY_VERIFY(disk.isAsked());
    const TimerId eggs = ana.startTimer("Eggs", 7);
    QTRY_VERIFY(ana.has(eggs)); // all goes on
    QCOMPARE(ana.status().state, State::Starting);
    disk.answer();
    QTRY_COMPARE(ana.status().state, State::On);
}

void TestSharedKitchen::offBeforeItWasOn()
{
    Desktop ana(profile("ana"));
    QSignalSpy failed(&ana.shared(), &ui::Sharing::failed);
    ana.shared().switchOn();
    ana.shared().switchOff();
    QCOMPARE(ana.status().state, State::Off);
    QTRY_VERIFY(QFile::exists(profile("ana/sharing.json"))); // it was, for a moment
    QTRY_VERIFY(!readSharing(profile("ana")).isOn);
    QCOMPARE(ana.status().state, State::Off);
    QVERIFY(ana.status().addresses.isEmpty());
    QVERIFY(ana.switchOn());
    QTRY_VERIFY(ana.isLevel());
    QVERIFY(failed.isEmpty());
}

void TestSharedKitchen::offAndOnInOneGo()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QVERIFY(letIn(ana, ben));
    const QStringList addresses = ana.status().addresses;
    ana.shared().invite(Role::Cook); // whose answer comes too late
    ana.shared().switchOff();
    ana.shared().switchOn();
    QCOMPARE(ana.status().state, State::Starting);
    QTRY_COMPARE(ana.status().state, State::On);
    QVERIFY(!ana.status().invitation);
    QCOMPARE(ana.status().addresses, addresses);
    QTRY_VERIFY(ben.isLevel());
    QVERIFY(readSharing(profile("ana")).isOn);
}

void TestSharedKitchen::offThatCannotBeNotedIsTold()
{
    Desktop ana(profile("ana"));
    QVERIFY(ana.switchOn());
    QTRY_VERIFY(!readSharing(profile("ana")).kitchen.isNull()); // the last that is noted
    QVERIFY(QFile::remove(profile("ana/sharing.json")));
    QVERIFY(QDir().mkpath(profile("ana/sharing.json")));
    QSignalSpy failed(&ana.shared(), &ui::Sharing::failed);
    ana.shared().switchOff();
    QCOMPARE(ana.status().state, State::Off);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(ana.status().trouble->code, ErrorCode::DiskFull);
}

void TestSharedKitchen::aDiskThatFailsEndsSharingInWords()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QVERIFY(letIn(ana, ben));
    QSignalSpy failed(&ana.shared(), &ui::Sharing::failed);
    const auto restore = qScopeGuard([] { supervision::faults::clear(); });
    supervision::faults::order(QStringLiteral("disk"), {}, supervision::faults::Kind::Throw);
    const TimerId tea = ben.startTimer("Tea", 3);
    QTRY_COMPARE(ana.status().state, State::Off);
    QVERIFY(ana.status().trouble);
    QVERIFY(!failed.isEmpty());
    QVERIFY(!ana.has(tea));
    QTRY_VERIFY(ben.has(tea)); // kept by its own disk
    QVERIFY(ana.switchOn());
    QVERIFY(!ana.status().trouble);
    QTRY_VERIFY(ana.has(tea));
}

void TestSharedKitchen::restartKeepsTheKitchen()
{
    Desktop ben(profile("ben"));
    auto ana = std::make_unique<Desktop>(profile("ana"));
    QVERIFY(ana->switchOn());
    QVERIFY(letIn(*ana, ben));
    const QStringList addresses = ana->status().addresses;
    const TimerId eggs = ana->startTimer("Eggs", 7);
    QTRY_VERIFY(ben.has(eggs));
    ana.reset();
    QTRY_VERIFY(!ben.isLevel());
    const TimerId tea = ben.startTimer("Tea", 3); // rings here, whoever is there
    QTRY_VERIFY(ben.has(tea));
    ana = std::make_unique<Desktop>(profile("ana"));
    QTRY_COMPARE(ana->status().state, State::On);
    QCOMPARE(ana->status().addresses, addresses);
    QTRY_VERIFY(ana->has(tea) && ana->has(eggs));
    QTRY_COMPARE(ana->status().devices.size(), 2);
}

void TestSharedKitchen::removedDeviceIsOut()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QVERIFY(letIn(ana, ben, Role::Viewer));
    QTRY_VERIFY(guestIn(ana.status()) && guestIn(ana.status())->isHere);
    QCOMPARE(guestIn(ana.status())->role, Role::Viewer);
    QCOMPARE(guestIn(ana.status())->name, QStringLiteral("Ben’s laptop"));
    ana.shared().remove(guestIn(ana.status())->id);
    QTRY_COMPARE(ben.device().sync().status().state, LinkState::Removed);
    QTRY_COMPARE(ana.status().devices.size(), 1);
    QVERIFY(ana.status().devices.constFirst().isThis);
}

void TestSharedKitchen::codeIsGoneWhenUsed()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QCOMPARE(ana.shared().codeLeftMs(), 0);
    QSignalSpy joined(&ana.shared(), &ui::Sharing::joined);
    ana.shared().invite(Role::Cook);
    QTRY_VERIFY(ana.status().invitation);
    QVERIFY(ana.shared().codeLeftMs() > 4 * Minute);
    QVERIFY(ana.shared().codeLeftMs() <= 5 * Minute);
    const QString first = ana.status().invitation->code;
    QCOMPARE(first.size(), 19);
    ana.shared().invite(Role::Cook);
    QTRY_VERIFY(ana.status().invitation->code != first);
    ben.device().sync().pair(syncclient::pairLinkIn(ana.status().invitation->link)->server(),
                             ana.status().invitation->code, QStringLiteral("Ben’s laptop"));
    QTRY_COMPARE(joined.size(), 1);
    QCOMPARE(joined[0][0].toString(), QStringLiteral("Ben’s laptop"));
    QVERIFY(!ana.status().invitation);
    QCOMPARE(ana.shared().codeLeftMs(), 0);
}

void TestSharedKitchen::takenPortIsToldAndLeft()
{
    {
        Desktop ana(profile("ana"));
        QVERIFY(ana.switchOn());
    }
    const quint16 port = readSharing(profile("ana")).port;
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, port));
    Desktop ana(profile("ana"));
    QCOMPARE(ana.status().state, State::Off);
    QCOMPARE(ana.status().takenPort, port);
    QVERIFY(ana.status().trouble);
    QVERIFY(readSharing(profile("ana")).isOn); // the next start tries again
    QSignalSpy failed(&ana.shared(), &ui::Sharing::failed);
    ana.shared().switchOn();
    QTRY_COMPARE(failed.size(), 1);
    // the port after it may be taken too, by whatever runs on this machine
    QTRY_VERIFY((ana.shared().takeOtherPort(), ana.status().state == State::On));
    QVERIFY(readSharing(profile("ana")).port != port);
    QTRY_VERIFY(ana.isLevel());
    QTRY_COMPARE(ana.status().devices.size(), 1);
}

void TestSharedKitchen::whoIsElsewhereSharesNothing()
{
    Desktop ana(profile("ana"));
    QVERIFY(ana.switchOn());
    {
        Desktop ben(profile("ben"));
        QVERIFY(letIn(ana, ben));
        QTRY_COMPARE(ben.status().state, State::Elsewhere);
    }
    Desktop ben(profile("ben"));
    QCOMPARE(ben.status().state, State::Elsewhere);
    QVERIFY(!ben.status().kitchen.isEmpty());
    ben.shared().switchOn();
    ben.shared().switchOff();
    QCOMPARE(ben.status().state, State::Elsewhere);
    QVERIFY(!QDir(profile("ben/server")).exists());
}

void TestSharedKitchen::joiningAnotherKitchenEndsSharing()
{
    Desktop ana(profile("ana"));
    Desktop ben(profile("ben"));
    QVERIFY(ana.switchOn());
    QVERIFY(ben.switchOn());
    QVERIFY(letIn(ana, ben));
    QTRY_COMPARE(ben.status().state, State::Elsewhere);
    QTRY_VERIFY(!readSharing(profile("ben")).isOn);
    QTRY_COMPARE(ana.status().devices.size(), 2);
}

void TestSharedKitchen::busyFolderIsTold()
{
    Desktop ana(profile("ana"));
    const auto holder = storage::DataFolder::take(profile("ana/server"));
    QVERIFY(bool(holder));
    ana.shared().switchOn();
    QTRY_COMPARE(ana.status().state, State::Off);
    QCOMPARE(ana.status().trouble->code, ErrorCode::StoreBusy);
    QCOMPARE(ana.status().takenPort, quint16(0));
    QVERIFY(!readSharing(profile("ana")).isOn);
}

void TestSharedKitchen::whatCannotBeNotedIsNotShared()
{
    Desktop ana(profile("ana"));
    QVERIFY(QDir().mkpath(profile("ana/sharing.json"))); // in the note's place
    QSignalSpy failed(&ana.shared(), &ui::Sharing::failed);
    ana.shared().switchOn();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(ana.status().state, State::Off);
    QCOMPARE(ana.status().trouble->code, ErrorCode::DiskFull);
    QVERIFY(ana.status().addresses.isEmpty());
    QVERIFY(QDir().rmdir(profile("ana/sharing.json")));
    QVERIFY(ana.switchOn());
    QVERIFY(!ana.status().trouble);
}

/// As when somebody tidied up: the device joins the new kitchen with all that it has.
void TestSharedKitchen::lostServerFolderBeginsAnew()
{
    TimerId eggs;
    {
        Desktop ana(profile("ana"));
        QVERIFY(ana.switchOn());
        eggs = ana.startTimer("Eggs", 7);
        QTRY_VERIFY(ana.has(eggs) && ana.isLevel());
    }
    QVERIFY(QDir(profile("ana/server")).removeRecursively());
    Desktop ana(profile("ana"));
    QTRY_COMPARE(ana.status().state, State::On);
    QTRY_VERIFY(ana.isLevel());
    QVERIFY(ana.has(eggs));
    Desktop ben(profile("ben"));
    QVERIFY(letIn(ana, ben));
    QTRY_VERIFY(ben.has(eggs));
}

void TestSharedKitchen::noteSurvivesNonsense()
{
    QVERIFY(QDir().mkpath(profile("ana")));
    const SharingNote note{true, 7465, KitchenId::random()};
    QVERIFY(bool(keepSharing(profile("ana"), note)));
    QCOMPARE(readSharing(profile("ana")), note);
    for (const char *text : {"", "[]", "{\"port\":70000}", "{\"kitchen\":\"x\",\"port\":-1}"}) {
        QFile file(profile("ana/sharing.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QCOMPARE(readSharing(profile("ana")), SharingNote());
    }
}

QTEST_GUILESS_MAIN(TestSharedKitchen)
#include "tst_shared_kitchen.moc"
