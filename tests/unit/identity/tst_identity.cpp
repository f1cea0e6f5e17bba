// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Certificates.h"
#include "identity/Identity.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace simmer;
using namespace simmer::identity;

namespace {

mode_t modeOf(const QString &path)
{
    struct stat state {
    };
    return ::stat(QFile::encodeName(path).constData(), &state) == 0 ? state.st_mode & 07777 : 0;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes, mode_t mode = 0600)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

QSslCertificate ownOf(const Identity &identity)
{
    return QSslCertificate(identity.certificates, QSsl::Pem);
}

} // namespace

/// Keys and certificates in their files.
class TestIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void isMadeOnceThenStays();
    void fileIsItsOwnersAlone_data();
    void fileIsItsOwnersAlone();
    void certificateNamesNobody();
    void fingerprintIsOfThePublicKey();
    void halfFileOfACrashIsNoHindrance();
    void damagedFileIsNamedAndKept_data();
    void damagedFileIsNamedAndKept();
    void unreadableFileIsNamed();
    void foldersAreNoFiles();
    void openFileIsClosedToOthers();
    void realChainIsLoaded();
    void keyOfAnotherCertificateIsRefused();
    void keyForEverybodyIsRefused();
    void keyWithPassphraseIsRefused();
    void otherBytesHaveNoFingerprint();

private:
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestIdentity::isMadeOnceThenStays()
{
    const auto first = loadOrMake(path("server.pem"));
    QVERIFY(first);
    const auto second = loadOrMake(path("server.pem"));
    QVERIFY(second);
    QVERIFY(*first == *second);
    const auto other = loadOrMake(path("other.pem"));
    QVERIFY(other);
    QVERIFY(other->fingerprint != first->fingerprint);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files),
             (QStringList{QStringLiteral("other.pem"), QStringLiteral("server.pem")}));
}

void TestIdentity::fileIsItsOwnersAlone_data()
{
    QTest::addColumn<int>("mask");
    QTest::newRow("usual") << 0022;
    QTest::newRow("none") << 0;
    QTest::newRow("all") << 0777;
}

void TestIdentity::fileIsItsOwnersAlone()
{
    QFETCH(const int, mask);
    const mode_t before = ::umask(mode_t(mask));
    const auto made = loadOrMake(path("server.pem"));
    ::umask(before);
    QVERIFY(made);
    QCOMPARE(modeOf(path("server.pem")), mode_t(0600));
}

void TestIdentity::certificateNamesNobody()
{
    const auto made = loadOrMake(path("device.pem"));
    QVERIFY(made);
    const QSslCertificate certificate = ownOf(*made);
    QVERIFY(certificate.isSelfSigned());
    QCOMPARE(certificate.version(), QByteArray("3"));
    QCOMPARE(certificate.subjectInfoAttributes(), QList<QByteArray>{"CN"});
    QCOMPARE(certificate.subjectInfo("CN"), QStringList{QStringLiteral("Simmer")});
    QVERIFY(certificate.subjectAlternativeNames().isEmpty());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(certificate.effectiveDate() < now.addSecs(-3600));
    QVERIFY(certificate.expiryDate() > now.addDays(20 * 365 - 1));
    const QSslKey key(made->key, QSsl::Ec);
    QVERIFY(!key.isNull()); // as the device's own connection reads it
    QCOMPARE(key.length(), 256);
}

void TestIdentity::fingerprintIsOfThePublicKey()
{
    const auto made = loadOrMake(path("device.pem"));
    QVERIFY(made);
    const QSslCertificate certificate = ownOf(*made);
    QCOMPARE(made->fingerprint.toBytes(),
             QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256));
    QVERIFY(fingerprintOf(certificate.toDer()) == made->fingerprint);
}

void TestIdentity::halfFileOfACrashIsNoHindrance()
{
    put(path("server.pem.new"), "-----BEGIN PRIV", 0644);
    QVERIFY(loadOrMake(path("server.pem")));
    QVERIFY(!QFile::exists(path("server.pem.new")));
    QCOMPARE(modeOf(path("server.pem")), mode_t(0600));
}

void TestIdentity::damagedFileIsNamedAndKept_data()
{
    QTest::addColumn<int>("kept"); // bytes
    QTest::addColumn<QString>("lacks");
    QTest::newRow("empty") << 0 << QStringLiteral("certificate");
    QTest::newRow("half a key") << 60 << QStringLiteral("certificate");
    QTest::newRow("half a certificate") << 400 << QStringLiteral("certificate");
    QTest::newRow("no key") << -1 << QStringLiteral("private key");
}

void TestIdentity::damagedFileIsNamedAndKept()
{
    QFETCH(const int, kept);
    QFETCH(const QString, lacks);
    QVERIFY(loadOrMake(path("server.pem")));
    const QByteArray whole = bytesOf(path("server.pem"));
    const QByteArray damaged =
        kept >= 0 ? whole.left(kept) : whole.mid(whole.indexOf("-----BEGIN CERTIFICATE"));
    put(path("server.pem"), damaged);
    const auto read = loadOrMake(path("server.pem"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadSyntax);
    QVERIFY2(read.error().context.contains(lacks), qPrintable(read.error().context));
    QVERIFY(read.error().context.contains(path("server.pem")));
    QCOMPARE(bytesOf(path("server.pem")), damaged);
}

void TestIdentity::unreadableFileIsNamed()
{
    const auto made = loadOrMake(path("no/such/folder/server.pem"));
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::FileUnreadable);
    QVERIFY(made.error().context.contains(QLatin1String("no/such/folder")));
}

void TestIdentity::foldersAreNoFiles()
{
    QVERIFY(QDir().mkdir(path("server.pem")));
    const auto read = loadOrMake(path("server.pem"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadSyntax);
}

void TestIdentity::openFileIsClosedToOthers()
{
    const auto made = loadOrMake(path("server.pem"));
    QCOMPARE(::chmod(QFile::encodeName(path("server.pem")).constData(), 0664), 0);
    const auto read = loadOrMake(path("server.pem"));
    QVERIFY(made && read);
    QVERIFY(*made == *read);
    QCOMPARE(modeOf(path("server.pem")), mode_t(0600));
}

void TestIdentity::realChainIsLoaded()
{
    const auto own = loadOrMake(path("own.pem"));
    const auto above = loadOrMake(path("above.pem"));
    QVERIFY(own && above);
    put(path("chain.pem"), own->certificates + "# a word\n" + above->certificates, 0644);
    put(path("key.pem"), own->key, 0640);
    const auto loaded = load(path("chain.pem"), path("key.pem"));
    QVERIFY(loaded);
    QVERIFY(loaded->fingerprint == own->fingerprint);
    QCOMPARE(QSslCertificate::fromData(loaded->certificates).size(), 2);
    QCOMPARE(modeOf(path("chain.pem")), mode_t(0644)); // not ours to change
    QCOMPARE(modeOf(path("key.pem")), mode_t(0640));
    QCOMPARE(load(path("none.pem"), path("key.pem")).error().code, ErrorCode::NotFound);
    QCOMPARE(load(path("chain.pem"), path("none.pem")).error().code, ErrorCode::NotFound);
}

void TestIdentity::keyOfAnotherCertificateIsRefused()
{
    const auto one = loadOrMake(path("one.pem"));
    const auto two = loadOrMake(path("two.pem"));
    QVERIFY(one && two);
    put(path("mixed.pem"), one->key + two->certificates);
    const auto mixed = loadOrMake(path("mixed.pem"));
    QVERIFY(!mixed);
    QCOMPARE(mixed.error().code, ErrorCode::Refused);
    QVERIFY(mixed.error().context.contains(QLatin1String("not of this private key")));
    QVERIFY(!load(path("one.pem"), path("two.pem")));
}

void TestIdentity::keyForEverybodyIsRefused()
{
    const auto own = loadOrMake(path("own.pem"));
    QVERIFY(own);
    put(path("key.pem"), own->key, 0644);
    const auto loaded = load(path("own.pem"), path("key.pem"));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::Refused);
    QVERIFY(loaded.error().context.contains(QLatin1String("everybody may read")));
}

void TestIdentity::keyWithPassphraseIsRefused()
{
    const auto own = loadOrMake(path("own.pem"));
    QVERIFY(own);
    const QSslKey key(own->key, QSsl::Ec);
    const QByteArray locked = key.toPem("a phrase");
    QVERIFY(locked.contains("ENCRYPTED"));
    put(path("key.pem"), locked);
    const auto loaded = load(path("own.pem"), path("key.pem"));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::BadSyntax);
    QVERIFY(loaded.error().context.contains(QLatin1String("without passphrase")));
}

void TestIdentity::otherBytesHaveNoFingerprint()
{
    const auto made = loadOrMake(path("device.pem"));
    QVERIFY(made);
    const QByteArray der = ownOf(*made).toDer();
    for (qsizetype size = 0; size < der.size(); ++size)
        QVERIFY(!fingerprintOf(der.left(size)));
    for (qsizetype i = 0; i < der.size(); ++i) { // must not crash, and not pass for the same key
        QByteArray mutated = der;
        mutated[i] = char(mutated[i] ^ 0xff);
        const auto print = fingerprintOf(mutated);
        const bool keyTouched = !ownOf(*made).publicKey().toDer().isEmpty() && print &&
                                !mutated.contains(ownOf(*made).publicKey().toDer());
        QVERIFY(!keyTouched || *print != made->fingerprint);
    }
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
