// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"
#include "base/OneTimeCode.h"
#include "fakes/Photos.h"
#include "protocol/Limits.h"
#include "storage/kitchen/ServerStore.h"

#include <QElapsedTimer>

using namespace simmer;
using namespace simmer::tests;
using namespace simmer::protocol;

namespace {

constexpr storage::AdmissionRules Rules{limits::CodeLifetimeMs, limits::CodeTries,
                                        limits::DevicesPerKitchen};
constexpr std::array Roles{Role::Owner, Role::Cook, Role::Viewer};

/// What a message may try to reach, in its own kitchen or in another one whose ids were guessed.
struct Target {
    TimerId timer;
    RecipeId recipe;
    DeviceId device;
    QByteArray token;
    QByteArray photo;
    BlobHash hash() const { return BlobHash::of(photo); }
};

/// What has to become of a message.
enum class Fate {
    Done,       ///< it is answered
    Refused,    ///< with a clear word, and the talk goes on
    Unanswered, ///< and the talk goes on
    TalkEnds
};

constexpr Fate cooksOnly(Role role)
{
    return role == Role::Viewer ? Fate::Refused : Fate::Done;
}

/// A message of each kind and what has to become of it. There is no general one, so that a new
/// message cannot come without its rights.
template<class Message>
struct Right;

template<>
struct Right<Pair> {
    static Pair message(WireDevice &, const Target &target)
    {
        return {ProtocolVersion, target.device, QStringLiteral("x"), QByteArray(32, 'n')};
    }
    static Fate fate(Role, bool) { return Fate::TalkEnds; }
};
template<>
struct Right<Prove> {
    static Prove message(WireDevice &, const Target &) { return {QByteArray(32, 'p')}; }
    static Fate fate(Role, bool) { return Fate::TalkEnds; }
};
template<>
struct Right<Hello> {
    static Hello message(WireDevice &, const Target &target)
    {
        return {ProtocolVersion, target.device, target.token, {}, {}};
    }
    static Fate fate(Role, bool) { return Fate::TalkEnds; }
};
template<>
struct Right<Push> {
    static Push message(WireDevice &device, const Target &target)
    {
        timers::Op pause = device.op(timers::Pause{}, 1);
        pause.subject = target.timer.uuid();
        timers::Op write = device.op(bigRecipe(10), 1);
        write.subject = target.recipe.uuid();
        timers::Op others = device.op(timers::Cancel{}, 1);
        others.subject = target.timer.uuid();
        others.device = target.device;
        return {{pause, write, others}};
    }
    static Fate fate(Role role, bool) { return cooksOnly(role); }
    static bool isDone(const WireDevice &device) { return device.count<Page>() > 0; }
    static bool isRefused(const WireDevice &device) { return device.count<OpRefused>() == 3; }
};
template<>
struct Right<Ping> {
    static Ping message(WireDevice &, const Target &) { return {77}; }
    static Fate fate(Role, bool) { return Fate::Done; }
    static bool isDone(const WireDevice &device) { return device.heard<Pong>()->sent == 77; }
    static bool isRefused(const WireDevice &) { return false; }
};
template<>
struct Right<BlobOffer> {
    static BlobOffer message(WireDevice &, const Target &target)
    {
        return {target.hash(), target.photo.size()};
    }
    static Fate fate(Role role, bool) { return cooksOnly(role); }
    static bool isDone(const WireDevice &device)
    {
        return device.count<BlobKept>() + device.count<BlobWanted>() == 1;
    }
    static bool isRefused(const WireDevice &device) { return device.count<BlobRefused>() == 1; }
};
template<>
struct Right<BlobPut> {
    static BlobPut message(WireDevice &, const Target &target)
    {
        return {{target.hash(), target.photo.size(), 0, target.photo}};
    }
    static Fate fate(Role role, bool) { return cooksOnly(role); }
    static bool isDone(const WireDevice &device) { return device.count<BlobKept>() > 0; }
    static bool isRefused(const WireDevice &device) { return device.count<BlobRefused>() == 1; }
};
template<>
struct Right<BlobAsk> {
    static BlobAsk message(WireDevice &, const Target &target) { return {target.hash(), 0}; }
    /// The other kitchen's photo is not here, and nothing tells that it is anywhere.
    static Fate fate(Role, bool isForeign) { return isForeign ? Fate::Unanswered : Fate::Done; }
    static bool isDone(const WireDevice &device) { return device.count<BlobPart>() == 1; }
    static bool isRefused(const WireDevice &) { return false; }
};
template<>
struct Right<Watch> {
    static Watch message(WireDevice &, const Target &) { return {true}; }
    static Fate fate(Role, bool) { return Fate::Done; }
    static bool isDone(const WireDevice &device) { return device.count<Pulse>() > 0; }
    static bool isRefused(const WireDevice &) { return false; }
};

/// A kitchen of a server that has several, as its file was filled before the server started.
struct House {
    KitchenId id;
    QString code; ///< an open invite
    std::map<Role, std::unique_ptr<WireDevice>> devices;
    Target target;

    WireDevice &witness() { return *devices.at(Role::Owner); }
};

} // namespace

/// Who may say what to which kitchen: every message × every role × the own kitchen and another one.
class TestRights : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup()
    {
        m_houses.clear();
        stopServer();
    }

    void everyMessageOfEveryRole_data();
    void everyMessageOfEveryRole();
    void viewersTimeCountsForNothing();
    void onlyItsOwnTokenOpens();
    void codeLeadsToItsKitchenOnly();
    void revokedDeviceIsOutAndStaysOut_data();
    void revokedDeviceIsOutAndStaysOut();
    void oneCodeLetsInOneOfAThousand();

private:
    void fill(storage::ServerStore &store, House &house);
    void connectAll(House &house);
    void furnish(House &house);
    template<class Message>
    void tryOut(Role role, bool isForeign);
    template<std::size_t... Index>
    void tryOut(std::size_t index, Role role, bool isForeign, std::index_sequence<Index...>)
    {
        ((Index == index ? tryOut<std::variant_alternative_t<Index, FromDevice>>(role, isForeign)
                         : void()),
         ...);
    }
    /// Whether the kitchen is as it was: the witness hears nothing but the answer to its ping.
    bool isUntouched(House &house)
    {
        WireDevice &witness = house.witness();
        const qsizetype log = witness.log.size();
        witness.forget();
        witness.say(Ping{5});
        return QTest::qWaitFor([&] { return witness.heard<Pong>().has_value(); }, PatienceMs) &&
               witness.countAll() == 1 && witness.log.size() == log;
    }

    std::vector<House> m_houses; ///< the own one and the foreign one
};

void TestRights::fill(storage::ServerStore &store, House &house)
{
    storage::Admissions &admissions = store.admissions();
    for (const Role role : Roles) {
        auto device = std::make_unique<WireDevice>(nameOf(role));
        const auto code = admissions.invite(house.id, role, now());
        const QByteArray hash = hashOfCode(*code);
        const auto admission =
            admissions.redeem([&](const QByteArray &open) { return open == hash; },
                              {device->id, device->name}, now());
        QVERIFY(admission);
        device->token = admission->token;
        house.devices.emplace(role, std::move(device));
    }
    house.code = *admissions.invite(house.id, Role::Cook, now());
}

void TestRights::connectAll(House &house)
{
    for (const auto &[role, device] : house.devices) {
        reconnect(*device);
        QVERIFY(!device->bye());
    }
    const auto allAreThere = [this, &house] {
        const QList<Device> devices = listHeardBy(house.witness());
        return !devices.isEmpty() && std::all_of(devices.begin(), devices.end(),
                                                 [](const Device &one) { return one.online; });
    };
    QTRY_VERIFY(allAreThere());
}

/// A timer, a recipe and a photo, of which others may know the ids.
void TestRights::furnish(House &house)
{
    WireDevice &owner = house.witness();
    const timers::Op start =
        pushed(owner, timers::Start{QStringLiteral("Roast"), 600'000, 600'000, {}, {}, {}});
    const timers::Op recipe = pushed(owner, bigRecipe(20));
    house.target = {TimerId(start.subject), RecipeId(recipe.subject),
                    house.devices.at(Role::Cook)->id, house.devices.at(Role::Cook)->token,
                    fakes::photo(500, quint32(house.code.size()) + quint32(m_houses.size()) +
                                          quint32(&house - m_houses.data()))};
    owner.say(Right<BlobPut>::message(owner, house.target));
    for (const auto &[role, device] : house.devices) {
        QTRY_VERIFY(device->heard<BlobKept>());
        QTRY_COMPARE(device->log.size(), 2);
    }
}

void TestRights::init()
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.dataDir = m_folder->path();
    m_options.at = {{QStringLiteral("127.0.0.1"), 0}};
    {
        auto store =
            storage::ServerStore::open(m_folder->filePath(QStringLiteral("kitchen.db")), Rules);
        QVERIFY(store);
        m_houses.resize(2);
        m_houses[0].id = (*store)->first().id;
        m_houses[1].id = (*store)->make(QStringLiteral("Other"), now())->id;
        for (House &house : m_houses)
            fill(**store, house);
    }
    startServer();
    for (House &house : m_houses) {
        connectAll(house);
        furnish(house);
    }
}

void TestRights::everyMessageOfEveryRole_data()
{
    QTest::addColumn<std::size_t>("message");
    QTest::addColumn<int>("role");
    for (std::size_t message = 0; message < std::variant_size_v<FromDevice>; ++message)
        for (const Role role : Roles)
            QTest::addRow("message %d, %s", int(message), qPrintable(nameOf(role)))
                << message << int(role);
}

template<class Message>
void TestRights::tryOut(Role role, bool isForeign)
{
    House &own = m_houses[0];
    WireDevice &device = *own.devices.at(role);
    device.forget();
    device.say(Right<Message>::message(device, m_houses[isForeign ? 1 : 0].target));
    const Fate fate = Right<Message>::fate(role, isForeign);
    if constexpr (requires { Right<Message>::isDone(device); }) {
        if (fate != Fate::TalkEnds) {
            device.say(Ping{77}); // its answer comes after all others
            QTRY_VERIFY(device.heard<Pong>());
            QTRY_COMPARE(Right<Message>::isDone(device), fate == Fate::Done);
            QCOMPARE(Right<Message>::isRefused(device), fate == Fate::Refused);
        }
    }
    if (fate == Fate::TalkEnds)
        QTRY_COMPARE(device.bye(), ByeReason::BadMessage);
    if (fate == Fate::Refused && role != Role::Owner)
        QVERIFY(isUntouched(own));
    if (isForeign)
        QCOMPARE(device.count<BlobPart>(), 0);
    if (isForeign && std::is_same_v<Message, BlobOffer>)
        QCOMPARE(device.count<BlobKept>(), 0); // nor that it is known elsewhere
}

void TestRights::everyMessageOfEveryRole()
{
    QFETCH(const std::size_t, message);
    QFETCH(const int, role);
    for (const bool isForeign : {true, false}) {
        tryOut(message, Role(role), isForeign,
               std::make_index_sequence<std::variant_size_v<FromDevice>>());
        QVERIFY(isUntouched(m_houses[1]));
        reconnect(*m_houses[0].devices.at(Role(role)));
    }
}

void TestRights::viewersTimeCountsForNothing()
{
    stopServer();
    m_clock.setSynchronised(false);
    m_clock.reboot();
    startServer();
    House &own = m_houses[0];
    const auto pongOf = [&](Role role, qint64 ahead) -> qint64 {
        WireDevice &device = *own.devices.at(role);
        device.clock =
            timers::ClockClaim{now() + ahead, timers::ClockClaim::Kitchen{now() + ahead, 1}};
        device.connectTo(m_url);
        if (!QTest::qWaitFor([&] { return device.isOpen(); }, PatienceMs))
            return 0;
        device.hello();
        m_clock.advance(5000); // nobody else comes
        if (!QTest::qWaitFor([&] { return device.heard<Welcome>().has_value(); }, PatienceMs))
            return 0;
        device.say(Ping{1});
        return QTest::qWaitFor([&] { return device.heard<Pong>().has_value(); }, PatienceMs)
                   ? device.heard<Pong>()->received - now()
                   : 0;
    };
    constexpr qint64 Hour = 3'600'000;
    QVERIFY(std::abs(pongOf(Role::Viewer, Hour)) < Hour / 2);
}

void TestRights::onlyItsOwnTokenOpens()
{
    std::vector<WireDevice *> all;
    for (House &house : m_houses)
        for (const auto &[role, device] : house.devices)
            all.push_back(device.get());
    for (const WireDevice *device : all)
        for (const WireDevice *other : all) {
            WireDevice visitor;
            visitor.id = device->id;
            visitor.token = other->token;
            visitor.connectTo(m_url);
            QTRY_VERIFY(visitor.isOpen());
            visitor.hello();
            if (device == other)
                QTRY_VERIFY(visitor.heard<Welcome>());
            else
                QTRY_COMPARE(visitor.bye(), ByeReason::UnknownDevice);
        }
}

void TestRights::codeLeadsToItsKitchenOnly()
{
    const auto pairAs = [this](WireDevice &visitor, const QString &code) {
        visitor.connectTo(m_url);
        QTRY_VERIFY(visitor.isOpen());
        visitor.pair(code);
        QTRY_VERIFY(visitor.heard<Paired>() || visitor.bye());
    };
    for (const Role role : Roles) { // an id of the other kitchen
        WireDevice thief;
        thief.id = m_houses[1].devices.at(role)->id;
        pairAs(thief, m_houses[0].code);
        QCOMPARE(thief.bye(), ByeReason::BadCode);
    }
    WireDevice climber; // a cook's code does not make a cook of the owner's device
    climber.id = m_houses[0].witness().id;
    pairAs(climber, m_houses[0].code);
    QCOMPARE(climber.bye(), ByeReason::BadCode);
    WireDevice guest; // none of this used the code up
    pairAs(guest, m_houses[0].code);
    QVERIFY(guest.heard<Paired>());
    QCOMPARE(guest.heard<Paired>()->kitchen, m_houses[0].id);
    guest.hello();
    QTRY_VERIFY(guest.heard<Welcome>());
    QCOMPARE(guest.heard<Welcome>()->kitchen, m_houses[0].id);
    for (House &house : m_houses)
        for (const auto &[role, device] : house.devices)
            QVERIFY(device->isOpen());
    QVERIFY(isUntouched(m_houses[1]));
}

void TestRights::revokedDeviceIsOutAndStaysOut_data()
{
    QTest::addColumn<bool>("isDeaf");
    QTest::newRow("listening") << false;
    QTest::newRow("reads nothing") << true;
}

void TestRights::revokedDeviceIsOutAndStaysOut()
{
    QFETCH(const bool, isDeaf);
    WireDevice &device = *m_houses[0].devices.at(Role::Cook);
    if (isDeaf) // as far as it can: the buffers of the system still take something
        device.socket().setReadBufferSize(1);
    const auto isSeen = [&] {
        const QList<Device> devices = listHeardBy(m_houses[0].witness());
        return devices.isEmpty() ||
               std::any_of(devices.begin(), devices.end(),
                           [&](const Device &one) { return one.id == device.id; });
    };
    device.say(Right<Push>::message(device, m_houses[0].target)); // under way
    m_houses[0].witness().forget();
    QElapsedTimer since;
    since.start();
    bool isOut = false;
    m_server->revoke(device.id, [&](const Outcome &outcome) { isOut = bool(outcome); });
    QTRY_VERIFY_WITH_TIMEOUT(isOut && !isSeen(), 2000);
    if (!isDeaf)
        QTRY_VERIFY_WITH_TIMEOUT(device.isClosed(), 2000);
    QVERIFY(since.elapsed() < 2000);
    device.socket().setReadBufferSize(0);
    reconnect(device);
    QCOMPARE(device.bye(), ByeReason::UnknownDevice);
    const qsizetype log = m_houses[0].witness().log.size();
    device.say(Push{{device.op(timers::Cancel{}, 1)}}); // into a closed door
    QVERIFY(isUntouched(m_houses[1]));
    QCOMPARE(m_houses[0].witness().log.size(), log);
}

/// All at once, on connections of their own: one is in, and nobody else's code suffers by it.
void TestRights::oneCodeLetsInOneOfAThousand()
{
    stopServer();
    m_options.handshakeMs = 60'000;
    startServer();
    std::vector<std::unique_ptr<WireDevice>> crowd;
    for (int i = 0; i < 1000; ++i) {
        crowd.push_back(std::make_unique<WireDevice>());
        WireDevice &device = *crowd.back();
        connect(&device.socket(), &QWebSocket::connected, &device,
                [&device, code = m_houses[0].code] { device.pair(code); });
        device.connectTo(m_url);
    }
    const auto with = [&](auto what) { return std::count_if(crowd.begin(), crowd.end(), what); };
    const auto isIn = [](const auto &device) {
        return device->template heard<Paired>().has_value();
    };
    const auto isOut = [](const auto &device) { return device->bye() == ByeReason::BadCode; };
    QTRY_COMPARE_WITH_TIMEOUT(with(isOut), 999, 60'000);
    QCOMPARE(with(isIn), 1);
    crowd.clear();
    WireDevice late;
    late.connectTo(m_url);
    QTRY_VERIFY(late.isOpen());
    late.pair(m_houses[1].code);
    QTRY_VERIFY(late.heard<Paired>());
    QCOMPARE(late.heard<Paired>()->kitchen, m_houses[1].id);
}

QTEST_GUILESS_MAIN(TestRights)
#include "tst_rights.moc"
