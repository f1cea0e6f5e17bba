// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Blob.h"
#include "fakes/Photos.h"
#include "integration/Programs.h"
#include "integration/Proxy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::fakes;

namespace {

constexpr qint64 PhotoBytes = 3 * 1024 * 1024 + 321;
constexpr qint64 WireBytes = PhotoBytes * 4 / 3;        // as base64
constexpr qint64 WordsBytes = WireBytes / 100;          // of the messages around the pieces
constexpr qint64 LostBytes = 2 * BlobPartBytes * 4 / 3; // that a kill may cost: one piece under
                                                        // way, and hello, pings and questions

constexpr int Kills = 6;

} // namespace

/// A photo of real size between real programs that are killed on the way.
class TestPhotos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { QCOMPARE(m_server->stop(), 0); }

    void uploadGoesOnAfterKills();
    void downloadGoesOnAfterKills();
    void oneSyncBringsThePhotosOfWhatCame();
    void whatIsNoPhotoIsRefusedInWords();
    void photoOfSomebodyWhoIsAwayIsNotWaitedFor();

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString written(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", name);
        return file.fileName();
    }
    QByteArray photoOf(const Ctl &device, const char *recipe = "dal")
    {
        const QString file = path("saved");
        QFile::remove(file);
        const Run run = device.run({QStringLiteral("photo"), QString::fromLatin1(recipe),
                                    QStringLiteral("--save"), file, QStringLiteral("--offline")});
        QFile saved(file);
        return run.exitCode == 0 && saved.open(QIODevice::ReadOnly) ? saved.readAll() : "";
    }
    static int sync(const Ctl &device)
    {
        return device.run({QStringLiteral("sync"), QStringLiteral("--wait"), QStringLiteral("60s")})
            .exitCode;
    }
    bool join(const Ctl &device, const char *name)
    {
        return device
                   .run({QStringLiteral("pair"), m_proxy->url().toString(), m_server->invite(),
                         QStringLiteral("--name"), QString::fromLatin1(name)})
                   .exitCode == 0;
    }

    QTemporaryDir m_folder;
    const QByteArray m_photo = photo(PhotoBytes);
    std::unique_ptr<KitchenServer> m_server;
    std::unique_ptr<Proxy> m_proxy;
    std::unique_ptr<Ctl> m_ana;
    std::unique_ptr<Ctl> m_ben;
};

void TestPhotos::initTestCase()
{
    m_server = std::make_unique<KitchenServer>(path("server"));
    QVERIFY(m_server->start());
    m_proxy = std::make_unique<Proxy>(QUrl(m_server->url()));
    m_proxy->setDelay(2, 0);
    m_ana = std::make_unique<Ctl>(path("ana"));
    m_ben = std::make_unique<Ctl>(path("ben"));
    QVERIFY(join(*m_ana, "Ana"));
    QVERIFY(join(*m_ben, "Ben"));
    const QString recipe = written("dal.cook", "---\ntitle: Dal\n---\nCook @lentils for "
                                               "~{20%minutes}.\n");
    QCOMPARE(m_ana->run({QStringLiteral("import"), recipe}).exitCode, 0);
}

/// The server dies four times at once (SIGKILL), the device twice, each time with a ninth more on
/// its way; every byte that a disk had is sent once.
void TestPhotos::uploadGoesOnAfterKills()
{
    auto watch = m_ana->watch();
    QVERIFY(!watch->nextLine().isEmpty());
    const qint64 before = m_proxy->sentUp();
    m_proxy->setMostUp(before);
    const Run added =
        m_ana->run({QStringLiteral("photo"), QStringLiteral("dal"), written("p.png", m_photo)});
    QCOMPARE(added.exitCode, 0);
    QCOMPARE(added.lines.constFirst().value(QLatin1String("photo")).toString(),
             BlobHash::of(m_photo).toHex());
    for (int kill = 1; kill <= Kills; ++kill) {
        const qint64 most = before + kill * WireBytes / 9;
        m_proxy->setMostUp(most);
        QTRY_COMPARE(m_proxy->sentUp(), most);
        if (kill % 3 == 0) {
            watch->kill();
            watch = m_ana->watch();
        } else {
            m_server->kill();
            QVERIFY(m_server->start());
        }
        QVERIFY(photoOf(*m_ben).isEmpty());
    }
    watch->kill();
    m_proxy->setMostUp(Proxy::Unlimited);
    QCOMPARE(sync(*m_ana), 0);
    const qint64 sent = m_proxy->sentUp() - before;
    qInfo("%lld bytes of photo, %lld as text; %lld sent in all with %d kills",
          qlonglong(PhotoBytes), qlonglong(WireBytes), qlonglong(sent), Kills);
    QVERIFY(sent > WireBytes);
    QVERIFY(sent < WireBytes + WordsBytes + Kills * LostBytes);
}

void TestPhotos::downloadGoesOnAfterKills()
{
    const qint64 before = m_proxy->sentDown();
    for (int kill = 1; kill <= Kills; ++kill) {
        const qint64 most = before + kill * WireBytes / 9;
        m_proxy->setMostDown(most);
        const auto watch = m_ben->watch();
        QTRY_COMPARE(m_proxy->sentDown(), most);
        watch->kill();
        QVERIFY(photoOf(*m_ben).isEmpty());
    }
    m_proxy->setMostDown(Proxy::Unlimited);
    QCOMPARE(sync(*m_ben), 0);
    const qint64 sent = m_proxy->sentDown() - before;
    qInfo("%lld sent in all with %d kills", qlonglong(sent), Kills);
    QCOMPARE(BlobHash::of(photoOf(*m_ben)).toHex(), BlobHash::of(m_photo).toHex());
    QVERIFY(sent > WireBytes);
    QVERIFY(sent < WireBytes + WordsBytes + Kills * LostBytes);
    QCOMPARE(m_ben->run({QStringLiteral("digest")}).output,
             m_ana->run({QStringLiteral("digest")}).output);
}

/// A recipe that just came says which photo it lacks only after the log is level.
void TestPhotos::oneSyncBringsThePhotosOfWhatCame()
{
    for (int i = 0; i < 8; ++i) {
        const Ctl guest(path("guest") + QString::number(i));
        QVERIFY(join(guest, "Guest"));
        QCOMPARE(sync(guest), 0);
        QCOMPARE(photoOf(guest).size(), m_photo.size());
    }
}

void TestPhotos::whatIsNoPhotoIsRefusedInWords()
{
    const auto add = [this](const QString &file) {
        return m_ana->run({QStringLiteral("photo"), QStringLiteral("dal"), file});
    };
    const QList<std::pair<QString, QString>> cases{
        {written("text.png", "no picture"), QStringLiteral("no JPEG, PNG or WebP")},
        {written("huge.png", photo(MostBlobBytes + 1)), QStringLiteral("at most 8 MiB")},
        {written("wide.png", pngHeader(8000, 8000)), QStringLiteral("at most 40 megapixels")},
        {path("nothing"), QStringLiteral("check that it is a file")},
        {QStringLiteral("/dev/zero"), QStringLiteral("at most 8 MiB")}};
    for (const auto &[file, words] : cases) {
        const Run run = add(file);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.trouble.contains(words), qPrintable(run.trouble));
    }
    QCOMPARE(m_ana->run({QStringLiteral("photo"), QStringLiteral("dal")}).exitCode, 2);
    QCOMPARE(
        m_ana->run({QStringLiteral("photo"), QStringLiteral("nothing"), cases[0].first}).exitCode,
        1);
    QCOMPARE(photoOf(*m_ana), m_photo);
}

/// A recipe came, its photo is on a device that went away: sync ends, and says later what is not
/// here.
void TestPhotos::photoOfSomebodyWhoIsAwayIsNotWaitedFor()
{
    const Ctl cleo(path("cleo"));
    QVERIFY(join(cleo, "Cleo"));
    const QString recipe =
        written("soup.cook", "---\ntitle: Soup\n---\nCook @peas for ~{1%hour}.\n");
    const QString file = written("second.png", photo(200'000, 2));
    m_server->kill();
    QCOMPARE(cleo.run({QStringLiteral("import"), recipe, QStringLiteral("--offline")}).exitCode, 0);
    QCOMPARE(cleo.run({QStringLiteral("photo"), QStringLiteral("soup"), file,
                       QStringLiteral("--offline")})
                 .exitCode,
             0);
    QVERIFY(QFile::rename(cleo.profile() + QStringLiteral("/photos.db"), path("aside.db")));
    QVERIFY(m_server->start());
    QCOMPARE(sync(cleo), 0); // its op goes, its photo is not there
    QCOMPARE(sync(*m_ben), 0);
    const Run missing = m_ben->run(
        {QStringLiteral("photo"), QStringLiteral("soup"), QStringLiteral("--save"), path("saved")});
    QCOMPARE(missing.exitCode, 1);
    QVERIFY2(missing.trouble.contains(QStringLiteral("not come yet")), qPrintable(missing.trouble));
    QVERIFY(QFile::remove(cleo.profile() + QStringLiteral("/photos.db")));
    QVERIFY(QFile::rename(path("aside.db"), cleo.profile() + QStringLiteral("/photos.db")));
    QCOMPARE(sync(cleo), 0);
    QCOMPARE(sync(*m_ben), 0);
    QCOMPARE(photoOf(*m_ben, "soup"), photo(200'000, 2));
}

QTEST_GUILESS_MAIN(TestPhotos)
#include "tst_photos.moc"
