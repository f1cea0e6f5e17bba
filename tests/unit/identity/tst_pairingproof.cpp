// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/PairingProof.h"

#include <QSet>
#include <QTest>

using namespace simmer::identity;

namespace {

const QString Code = QStringLiteral("7K3M-0Q1V-XB2D-4FGH");

template<class Kind>
Bytes32<Kind> of(char byte)
{
    return *Bytes32<Kind>::fromBytes(QByteArray(32, byte));
}

PairingTalk someTalk()
{
    return {of<FingerprintKind>(0x11), of<FingerprintKind>(0x22), of<NonceKind>(0x33),
            of<NonceKind>(0x44)};
}

QByteArray hex(const Proof &proof)
{
    return proof.toBytes().toHex();
}

} // namespace

/// The proofs of a pairing, against answers that another implementation (Python's hmac) gave.
class TestPairingProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownAnswers();
    void codeIsReadAsItWasMeant();
    void eachBitOfEachFieldMatters();
    void proofsOfManInTheMiddleFitNowhere();
    void equalityLooksAtEveryBit();
    void textOfAFingerprint_data();
    void textOfAFingerprint();
    void noncesDiffer();
    void deviceIdIsTheFirstHalf();
};

void TestPairingProof::knownAnswers()
{
    const CodeHash code = hashOf(Code);
    PairingTalk talk = someTalk();
    QCOMPARE(hex(clientProof(code, talk)),
             QByteArray("18aeaa724d03c87348c5bcff4475a0ba4abb2742877074d39bb3894a66f17843"));
    QCOMPARE(hex(serverProof(code, talk)),
             QByteArray("7f50fd62284a7dddca81e448f5c041cb4412a40be79b8850eb223ba5d45530a7"));
    talk.server = talk.client = {}; // plain
    QCOMPARE(hex(clientProof(code, talk)),
             QByteArray("6ab6c74ea7a122f7bf847a77724f01cd8c5df14ee487574ee8993d861323ec5b"));
    QCOMPARE(hex(serverProof(code, talk)),
             QByteArray("9a1517d35331e8092c0ed49e206d6dafea616c0750b0c3c1ce9d3f3f513663dc"));
}

void TestPairingProof::codeIsReadAsItWasMeant()
{
    for (const char *typed : {"7k3m0q1vxb2d4fgh", " 7K3M OQIV XB2D 4FGH ", "7K3M-0QLV-XB2D-4FGH"})
        QVERIFY2(hashOf(QString::fromLatin1(typed)) == hashOf(Code), typed);
    QVERIFY(hashOf(QStringLiteral("7K3M-0Q1V-XB2D-4FGJ")) != hashOf(Code));
}

void TestPairingProof::eachBitOfEachFieldMatters()
{
    const QByteArray whole = hashOf(Code).toBytes() + someTalk().server.toBytes() +
                             someTalk().client.toBytes() + someTalk().clientNonce.toBytes() +
                             someTalk().serverNonce.toBytes();
    QSet<QByteArray> seen;
    for (int bit = -1; bit < int(whole.size()) * 8; ++bit) {
        QByteArray changed = whole;
        if (bit >= 0)
            changed[bit / 8] = char(changed[bit / 8] ^ (1 << bit % 8));
        const CodeHash code = *CodeHash::fromBytes(changed.left(32));
        const PairingTalk talk{*Fingerprint::fromBytes(changed.mid(32, 32)),
                               *Fingerprint::fromBytes(changed.mid(64, 32)),
                               *Nonce::fromBytes(changed.mid(96, 32)),
                               *Nonce::fromBytes(changed.mid(128, 32))};
        seen += clientProof(code, talk).toBytes();
        seen += serverProof(code, talk).toBytes();
    }
    QCOMPARE(seen.size(), 2 * (5 * 256 + 1));
}

void TestPairingProof::proofsOfManInTheMiddleFitNowhere()
{
    const CodeHash code = hashOf(Code);
    for (int i = 0; i < 10'000; ++i) {
        const auto server = Fingerprint::random();
        const auto client = Fingerprint::random();
        const auto middle = Fingerprint::random();
        const auto clientNonce = Nonce::random();
        const auto serverNonce = Nonce::random();
        // What the device says to the one in the middle, and what the server wants to hear.
        const PairingTalk heard{middle, client, clientNonce, serverNonce};
        const PairingTalk wanted{server, middle, clientNonce, serverNonce};
        QVERIFY(clientProof(code, heard) != clientProof(code, wanted));
        QVERIFY(serverProof(code, heard) != serverProof(code, wanted));
        QVERIFY(serverProof(code, heard) != clientProof(code, heard)); // nothing to send back
    }
}

void TestPairingProof::equalityLooksAtEveryBit()
{
    const auto proof = of<ProofKind>(0x5a);
    QVERIFY(proof == of<ProofKind>(0x5a));
    for (int bit = 0; bit < 256; ++bit) {
        QByteArray bytes = proof.toBytes();
        bytes[bit / 8] = char(bytes[bit / 8] ^ (1 << bit % 8));
        QVERIFY(proof != *Proof::fromBytes(bytes));
    }
    QVERIFY(!Proof::fromBytes(QByteArray(31, 0)));
    QVERIFY(!Proof::fromBytes(QByteArray(33, 0)));
    QVERIFY(!Proof::fromBytes({}));
}

void TestPairingProof::textOfAFingerprint_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    const QString digits = QString(62, QLatin1Char('a'));
    QTest::newRow("plain") << digits + QStringLiteral("0F") << true;
    QTest::newRow("colons") << QStringLiteral("AA:aa aa") + digits.mid(6) + QStringLiteral("0f")
                            << true;
    QTest::newRow("short") << digits + QStringLiteral("0") << false;
    QTest::newRow("long") << digits + QStringLiteral("0f0") << false;
    QTest::newRow("other letter") << digits + QStringLiteral("0g") << false;
    QTest::newRow("wide digit") << digits + QStringLiteral("0\uFF11") << false;
    QTest::newRow("empty") << QString() << false;
}

void TestPairingProof::textOfAFingerprint()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isOne);
    const auto read = Fingerprint::fromText(text);
    QCOMPARE(read.has_value(), isOne);
    if (!read)
        return;
    QCOMPARE(read->toBytes(), QByteArray(31, char(0xaa)) + char(0x0f));
    QCOMPARE(read->toText().size(), 64 + 15);
    QVERIFY(read->toText().endsWith(QStringLiteral("aaaa aa0f")));
    QVERIFY(Fingerprint::fromText(read->toText()) == read);
}

void TestPairingProof::noncesDiffer()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i)
        seen += Nonce::random().toBytes();
    QCOMPARE(seen.size(), 1000);
}

void TestPairingProof::deviceIdIsTheFirstHalf()
{
    const QByteArray bytes = QByteArray(16, 0x12) + QByteArray(16, 0x34);
    QCOMPARE(deviceIdOf(*Fingerprint::fromBytes(bytes)).toHex(),
             QStringLiteral("12121212121212121212121212121212"));
}

QTEST_GUILESS_MAIN(TestPairingProof)
#include "tst_pairingproof.moc"
