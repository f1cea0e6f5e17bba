// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OneKitchen.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "syncclient/Pairing.h"
#include "syncserver/sessions/Stranger.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace simmer;
using namespace simmer::syncclient;
using namespace simmer::syncserver;
namespace limits = protocol::limits;

namespace {

constexpr storage::AdmissionRules Rules{limits::CodeLifetimeMs, limits::CodeTries, 1 << 20};
constexpr qint64 Now = 1'795'000'000'000;
constexpr int Attacks = 10'000;

/// The device's end: whatever key the other side showed.
class SeenWire final : public Wire
{
public:
    SeenWire(std::optional<identity::Fingerprint> server, std::optional<identity::Fingerprint> own)
        : m_server(std::move(server))
        , m_own(std::move(own))
    {
    }

    std::optional<identity::Fingerprint> serverKey() const override { return m_server; }
    std::optional<identity::Fingerprint> ownKey() const override { return m_own; }
    bool isVouched() const override { return vouched; }
    void open(const QUrl &) override {}
    void send(const QByteArray &) override {}
    void close() override {}
    void abort() override {}
    QString why() const override { return {}; }

    bool vouched = false;

private:
    std::optional<identity::Fingerprint> m_server;
    std::optional<identity::Fingerprint> m_own;
};

/// The server's end: keeps what was said.
class HeardSocket final : public Socket
{
public:
    explicit HeardSocket(std::optional<identity::Fingerprint> key)
        : m_peer{QStringLiteral("192.0.2.7"), false, true, std::move(key)}
    {
    }

    const Peer &peer() const override { return m_peer; }
    void send(Text message) override { said += *protocol::decodeFromServer(*message); }
    qsizetype queuedBytes() const override { return 0; }
    void readNext(qint64) override {}
    void trust() override {}
    void finish(Text word) override { said += *protocol::decodeFromServer(*word); }
    void cutOff(Text word) override { finish(std::move(word)); }

    template<class Message>
    std::optional<Message> last() const
    {
        const auto *found = said.isEmpty() ? nullptr : std::get_if<Message>(&said.constLast());
        return found ? std::optional(*found) : std::nullopt;
    }

    QList<protocol::FromServer> said;

private:
    Peer m_peer;
};

} // namespace

/// The production code of both sides, with somebody between who has a key of his own.
class TestPairing : public QObject, public Reception
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void honestDeviceJoins_data();
    void honestDeviceJoins();
    void proxyNeedsAVouchedName();
    void plainStaysOnThisMachine();
    void codeOfTheQrPinsTheServer();
    void manInTheMiddleFails();

private:
    /// What the one between does.
    enum class Trick {
        Relay,
        Unbind,
        ChangeDeviceNonce,
        ChangeServerNonce,
        Guess,
        Reflect,
        Replay
    };
    static constexpr int Tricks = 7;

    std::optional<identity::Fingerprint> ownKey() const override { return m_key; }
    qint64 wallMs() const override { return m_now; }
    storage::Admissions &admissions() override { return m_kitchen->admissions(); }
    Expected<QString> nameOf(const KitchenId &) override { return QStringLiteral("Kitchen"); }
    void joined(const KitchenId &, const storage::Member &) override { ++m_joined; }
    Expected<std::unique_ptr<Guest>> seat(Socket &, const storage::Admission &,
                                          const protocol::Hello &, qint64) override
    {
        return Error{ErrorCode::Unreachable, QStringLiteral("not here"), {}};
    }

    QString newCode() { return *admissions().invite(m_kitchen->kitchen().id, Role::Cook, m_now); }
    static Expected<Pairing> pairing(const QString &code)
    {
        return Pairing::prepare({QUrl(QStringLiteral("wss://kitchen.local:7464/sync")),
                                 code,
                                 QStringLiteral("Phone"),
                                 {}});
    }
    static void tell(Guest &guest, const protocol::FromDevice &message)
    {
        guest.received(protocol::encode(message), true, 0);
    }
    /// Whether the device believes that it joined.
    bool attack(Trick trick, std::mt19937 &chance);

    qint64 m_now = Now;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<fakes::OneKitchen> m_kitchen;
    std::optional<identity::Fingerprint> m_key;
    int m_joined = 0;
    QByteArray m_earlierProof; ///< of the attack before
};

void TestPairing::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto kitchen = fakes::OneKitchen::open(m_folder->filePath(QStringLiteral("k.db")), Rules);
    QVERIFY(kitchen);
    m_kitchen = *std::move(kitchen);
    m_key = identity::Fingerprint::random();
    m_joined = 0;
    m_earlierProof = QByteArray(32, 'x');
}

void TestPairing::honestDeviceJoins_data()
{
    QTest::addColumn<bool>("rightCode");
    QTest::newRow("right code") << true;
    QTest::newRow("wrong code") << false;
}

void TestPairing::honestDeviceJoins()
{
    QFETCH(const bool, rightCode);
    const QString code = newCode();
    Expected<Pairing> device = pairing(rightCode ? code : QStringLiteral("0000-0000-0000-0000"));
    const auto own = device->security().identity->fingerprint;
    const SeenWire wire(m_key, own);
    HeardSocket socket(own);
    Stranger stranger(*this, socket);
    tell(stranger, device->greeting(DeviceId::random()));
    const auto challenge = socket.last<protocol::Challenge>();
    QVERIFY(challenge && challenge->isBound);
    tell(stranger, *device->answer(*challenge, wire));
    const auto paired = socket.last<protocol::Paired>();
    QCOMPARE(paired.has_value(), rightCode);
    QCOMPARE(m_joined, rightCode ? 1 : 0);
    if (!rightCode)
        return;
    const auto membership = device->finish(*paired);
    QVERIFY(membership);
    QVERIFY(membership->token.isEmpty()); // it is known by its key
    QCOMPARE(membership->serverKey, m_key->toBytes());
    const WireSecurity security = securityOf(*membership);
    QCOMPARE(security.trust, ServerTrust::ByKey);
    QCOMPARE(security.pinned, m_key);
    QCOMPARE(security.identity->fingerprint, own);
}

void TestPairing::proxyNeedsAVouchedName()
{
    m_key.reset(); // the proxy ends the TLS
    const QString code = newCode();
    for (const bool vouched : {false, true}) {
        Expected<Pairing> device = pairing(code);
        SeenWire wire(identity::Fingerprint::random(), device->security().identity->fingerprint);
        wire.vouched = vouched;
        HeardSocket socket(std::nullopt);
        Stranger stranger(*this, socket);
        tell(stranger, device->greeting(DeviceId::random()));
        const auto proof = device->answer(*socket.last<protocol::Challenge>(), wire);
        QCOMPARE(bool(proof), vouched);
        if (!vouched)
            continue;
        tell(stranger, *proof);
        const auto membership = device->finish(*socket.last<protocol::Paired>());
        QVERIFY(membership && membership->isByName);
        QCOMPARE(membership->token.size(), 32);
        QCOMPARE(securityOf(*membership).trust, ServerTrust::ByName);
    }
}

void TestPairing::plainStaysOnThisMachine()
{
    const auto prepare = [](const char *address) {
        return Pairing::prepare(
            {QUrl(QString::fromLatin1(address)), QStringLiteral("x"), QStringLiteral("Phone"), {}});
    };
    for (const char *here : {"ws://127.0.0.1:7464", "ws://localhost:7464", "ws://[::1]:7464"})
        QVERIFY2(prepare(here), here);
    for (const char *away :
         {"ws://192.168.1.5:7464", "ws://kitchen.local", "ws://127.0.0.1.evil.org"})
        QCOMPARE(prepare(away).error().code, ErrorCode::BadArgument);
}

void TestPairing::codeOfTheQrPinsTheServer()
{
    const auto pairing = Pairing::prepare({QUrl(QStringLiteral("wss://kitchen.local")),
                                           QStringLiteral("x"), QStringLiteral("Phone"), m_key});
    QCOMPARE(pairing->security().trust, ServerTrust::ByKey);
    QCOMPARE(pairing->security().pinned, m_key);
}

/// Both ends talk to the one between, who does not know the code.
bool TestPairing::attack(Trick trick, std::mt19937 &chance)
{
    m_now += Rules.lifetimeMs; // the code of the attack before is over
    const QString code = newCode();
    const auto between = identity::Fingerprint::random();
    const auto randomBytes = [&chance] {
        QByteArray bytes(32, 0);
        for (char &byte : bytes)
            byte = char(chance());
        return bytes;
    };
    Expected<Pairing> device = pairing(code);
    const SeenWire wire(between, device->security().identity->fingerprint);
    HeardSocket socket(between);
    Stranger stranger(*this, socket);

    protocol::Pair greeting = device->greeting(DeviceId::random());
    if (trick == Trick::ChangeDeviceNonce)
        greeting.nonce = randomBytes();
    tell(stranger, greeting);
    protocol::Challenge challenge = *socket.last<protocol::Challenge>();
    if (trick == Trick::ChangeServerNonce)
        challenge.nonce = randomBytes();
    if (trick == Trick::Unbind)
        challenge.isBound = false;
    const auto proof = device->answer(challenge, wire);
    QByteArray passed = proof ? proof->proof : randomBytes();
    if (trick == Trick::Guess)
        passed = randomBytes();
    if (trick == Trick::Replay)
        passed = m_earlierProof;
    m_earlierProof = proof ? proof->proof : m_earlierProof;
    tell(stranger, protocol::Prove{passed});
    protocol::Paired answer{m_kitchen->kitchen().id, QStringLiteral("Kitchen"), Role::Owner,
                            randomBytes(), randomBytes()};
    if (const auto paired = socket.last<protocol::Paired>())
        answer = *paired;
    else if (trick == Trick::Reflect && proof)
        answer.proof = proof->proof;
    return bool(device->finish(answer));
}

void TestPairing::manInTheMiddleFails()
{
    std::mt19937 chance(20261121);
    int failed = 0;
    for (int i = 0; i < Attacks; ++i)
        failed += !attack(Trick(i % Tricks), chance) && m_joined == 0;
    qInfo("a man in the middle failed %d of %d times", failed, Attacks);
    QCOMPARE(failed, Attacks);
    QVERIFY(m_kitchen->admissions().devices(m_kitchen->kitchen().id)->isEmpty());
}

QTEST_GUILESS_MAIN(TestPairing)
#include "tst_pairing.moc"
