// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OneKitchen.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr AdmissionRules Rules{5 * 60 * 1000, 5, 3};
constexpr qint64 Now = 1'700'000'000'000;

Member anyDevice(const char *name = "phone")
{
    return {DeviceId::random(), QString::fromLatin1(name)};
}

QList<DeviceId> idsIn(const QList<Member> &members)
{
    QList<DeviceId> ids;
    for (const Member &member : members)
        ids += member.id;
    return ids;
}

} // namespace

/// Who may come into a kitchen, on a real SQLite file.
class TestAdmissions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        reopen();
    }
    void cleanup() { m_store.reset(); }

    void codeLooksAsPrinted();
    void codeLetsInOnce();
    void codeMayBeWrittenCarelessly_data();
    void codeMayBeWrittenCarelessly();
    void codeExpires();
    void strangersVoidNobodysCode();
    void fiveWrongCodesShutANetworkOut();
    void usedCodeIsNoGuess();
    void whoCannotBeToldApartIsNotCounted();
    void lesserCodeTakesNobodysPlace();
    void codeSurvivesReopening();
    void secretsAreNotInTheFile();
    void wrongTokenIsRefused();
    void devicesAreListedInOrderOfJoining();
    void joiningAgainReplacesTheToken();
    void fullKitchenRefusesButKeepsTheCode();

private:
    void reopen()
    {
        m_store.reset();
        auto opened = fakes::OneKitchen::open(m_folder->filePath(QStringLiteral("k.db")), Rules);
        QVERIFY2(bool(opened), opened ? "" : qPrintable(describe(opened.error())));
        m_store = *std::move(opened);
    }
    QString newCode(qint64 now = Now, Role role = Role::Cook)
    {
        const auto code = m_store->admissions().invite(m_store->kitchen().id, role, now);
        return code ? *code : QString();
    }
    bool redeems(const QString &code, qint64 now = Now, const QByteArray &network = {})
    {
        const auto admission = m_store->redeem(code, anyDevice(), now, network);
        return admission || admission.error().code != ErrorCode::Refused;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<fakes::OneKitchen> m_store;
};

void TestAdmissions::codeLooksAsPrinted()
{
    const QRegularExpression shape(
        QStringLiteral("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$"));
    QSet<QString> codes;
    for (int i = 0; i < 100; ++i) {
        const QString code = newCode();
        QVERIFY2(shape.match(code).hasMatch(), qPrintable(code));
        codes.insert(code);
    }
    QCOMPARE(codes.size(), 100);
}

void TestAdmissions::codeLetsInOnce()
{
    const QString code = newCode();
    const Member device = anyDevice();
    const auto admission = m_store->redeem(code, device, Now);
    QVERIFY(admission);
    QCOMPARE(admission->kitchen, m_store->kitchen().id);
    QCOMPARE(admission->token.size(), 32);
    QCOMPARE(m_store->admissions().check(device.id, {{}, admission->token})->kitchen,
             m_store->kitchen().id);
    const auto again = m_store->redeem(code, anyDevice(), Now);
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Refused);
}

void TestAdmissions::codeMayBeWrittenCarelessly_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("lower case") << 0;
    QTest::newRow("spaces") << 1;
    QTest::newRow("no groups") << 2;
    QTest::newRow("look-alikes") << 3;
}

void TestAdmissions::codeMayBeWrittenCarelessly()
{
    QFETCH(const int, way);
    QString code = newCode();
    if (way == 0)
        code = code.toLower();
    else if (way == 1)
        code = QStringLiteral(" ") + code.replace(QLatin1Char('-'), QLatin1String("  ")) + u'\n';
    else if (way == 2)
        code.remove(QLatin1Char('-'));
    else
        code.replace(QLatin1Char('0'), QLatin1Char('o'))
            .replace(QLatin1Char('1'), QLatin1Char('l'));
    QVERIFY(redeems(code));
}

void TestAdmissions::codeExpires()
{
    const QString code = newCode();
    const QString sameTime = newCode();
    QVERIFY(redeems(code, Now + Rules.lifetimeMs - 1));
    QVERIFY(!redeems(sameTime, Now + Rules.lifetimeMs));
}

void TestAdmissions::strangersVoidNobodysCode()
{
    const QString code = newCode();
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!redeems(QStringLiteral("0000-0000-0000-0000"), Now, "stranger"));
    QVERIFY(!redeems(code, Now, "stranger"));
    QVERIFY(redeems(code, Now, "household")); // nor was it used up by that
}

void TestAdmissions::fiveWrongCodesShutANetworkOut()
{
    for (int i = 0; i < Rules.tries - 1; ++i)
        QVERIFY(!redeems(QString(), Now, "household"));
    QVERIFY(redeems(newCode(), Now, "household")); // a right one changes nothing
    QVERIFY(!redeems(QString(), Now, "household"));
    const auto shut =
        m_store->redeem(newCode(), anyDevice(), Now + Rules.lifetimeMs - 1, "household");
    QCOMPARE(shut.error().code, ErrorCode::Refused);
    QVERIFY(shut.error().context.contains(QStringLiteral("five minutes")));
    const qint64 later = Now + Rules.lifetimeMs;
    QVERIFY(redeems(newCode(later), later, "household"));
}

/// A household reads one code from one screen: who comes second guesses nothing.
void TestAdmissions::usedCodeIsNoGuess()
{
    const QString used = newCode();
    QVERIFY(redeems(used, Now, "household"));
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!redeems(used, Now, "household"));
    QVERIFY(redeems(newCode(), Now, "household"));
    const qint64 later = Now + Rules.lifetimeMs; // long over: a guess like any other
    for (int i = 0; i < Rules.tries; ++i)
        QVERIFY(!redeems(used, later, "household"));
    QVERIFY(!redeems(newCode(later), later, "household"));
}

void TestAdmissions::whoCannotBeToldApartIsNotCounted()
{
    const QString code = newCode();
    for (int i = 0; i < 100; ++i)
        QVERIFY(!redeems(QString())); // by a proxy, which stands for many
    QVERIFY(redeems(code));
}

void TestAdmissions::lesserCodeTakesNobodysPlace()
{
    const Member owner = anyDevice();
    const auto admission = m_store->redeem(newCode(Now, Role::Owner), owner, Now);
    QVERIFY(admission);
    for (const Role lesser : {Role::Viewer, Role::Cook}) {
        const auto stolen = m_store->redeem(newCode(Now, lesser), owner, Now);
        QVERIFY(!stolen);
        QCOMPARE(stolen.error().code, ErrorCode::Refused);
        QVERIFY(stolen.error().context.contains(QStringLiteral("may do more here")));
    }
    QCOMPARE(m_store->admissions().check(owner.id, {{}, admission->token})->role, Role::Owner);
    QVERIFY(m_store->redeem(newCode(Now, Role::Owner), owner, Now)); // it lost its token
    Member keyed = anyDevice();
    keyed.key = QByteArray(32, 'k');
    QVERIFY(m_store->redeem(newCode(Now, Role::Owner), keyed, Now));
    QVERIFY(m_store->redeem(newCode(Now, Role::Viewer), keyed, Now)); // itself, by its key
}

void TestAdmissions::codeSurvivesReopening()
{
    const QString code = newCode();
    for (int i = 0; i < 4; ++i)
        QVERIFY(!redeems(QStringLiteral("wrong")));
    reopen();
    QVERIFY(redeems(code));
}

void TestAdmissions::secretsAreNotInTheFile()
{
    const QString code = newCode();
    const QString used = newCode();
    const auto admission = m_store->redeem(used, anyDevice(), Now);
    QVERIFY(admission);
    m_store.reset(); // the WAL goes into the file
    QFile file(m_folder->filePath(QStringLiteral("k.db")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.contains("phone"));
    QVERIFY(!bytes.contains(admission->token));
    for (const QString &secret : {code, used})
        for (const QString &form : {secret, QString(secret).remove(QLatin1Char('-'))})
            QVERIFY(!bytes.contains(form.toLatin1()));
}

void TestAdmissions::wrongTokenIsRefused()
{
    const Member device = anyDevice();
    const auto admission = m_store->redeem(newCode(), device, Now);
    QVERIFY(admission);
    QByteArray almost = admission->token;
    almost[31] = char(almost[31] ^ 1);
    const Admissions &admissions = m_store->admissions();
    QCOMPARE(admissions.check(device.id, {{}, almost}).error().code, ErrorCode::Refused);
    QCOMPARE(admissions.check(device.id, Credentials()).error().code, ErrorCode::Refused);
    QCOMPARE(admissions.check(DeviceId::random(), {{}, admission->token}).error().code,
             ErrorCode::Refused);
}

void TestAdmissions::devicesAreListedInOrderOfJoining()
{
    const Member first = anyDevice("first");
    const Member second = anyDevice("second");
    QVERIFY(m_store->redeem(newCode(), second, Now + 1));
    QVERIFY(m_store->redeem(newCode(), first, Now));
    QCOMPARE(idsIn(*m_store->admissions().devices(m_store->kitchen().id)),
             (QList<DeviceId>{first.id, second.id}));
    QCOMPARE(m_store->admissions().devices(KitchenId::random())->size(), 0);
}

void TestAdmissions::joiningAgainReplacesTheToken()
{
    Member device = anyDevice();
    const auto old = m_store->redeem(newCode(), device, Now);
    device.name = QStringLiteral("renamed");
    const auto fresh = m_store->redeem(newCode(), device, Now);
    QVERIFY(old && fresh);
    QVERIFY(!m_store->admissions().check(device.id, {{}, old->token}));
    QVERIFY(m_store->admissions().check(device.id, {{}, fresh->token}));
    device.role = Role::Cook;
    device.joined = Now;
    QCOMPARE(*m_store->admissions().devices(m_store->kitchen().id), QList<Member>{device});
}

void TestAdmissions::fullKitchenRefusesButKeepsTheCode()
{
    const Member old = anyDevice();
    QVERIFY(m_store->redeem(newCode(), old, Now));
    QVERIFY(redeems(newCode()));
    QVERIFY(redeems(newCode())); // the third and last
    const QString code = newCode();
    const auto fourth = m_store->redeem(code, anyDevice(), Now);
    QVERIFY(!fourth);
    QCOMPARE(fourth.error().code, ErrorCode::TooLarge);
    QVERIFY(m_store->redeem(code, old, Now)); // one that is in already
}

QTEST_GUILESS_MAIN(TestAdmissions)
#include "tst_admissions.moc"
