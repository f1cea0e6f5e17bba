// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "models/PhotoSource.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

QByteArray encoded(const QSize &size, const QColor &colour, const char *format)
{
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(colour);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    picture.save(&bytes, format);
    return bytes.data();
}

} // namespace

/// The way of a photo from the disk to the window.
class TestPhotos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesScaledAndStaysAtHand();
    void bothSizesOfOneComeOnce();
    void whatIsNotHereComesWhenItArrives();
    void whatIsNoPictureIsMissing_data();
    void whatIsNoPictureIsMissing();
    void manyAsksComeNewestFirst();
    void anothersBytesChangeNothing();
};

void TestPhotos::comesScaledAndStaysAtHand()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    const BlobHash photo = kitchen.keepPhoto(encoded({3000, 1500}, Qt::red, "jpeg"));
    PhotoSource source;
    kitchen.bringPhotos(source);
    QSignalSpy came(&source, &PhotoSource::came);
    QVERIFY(source.atHand(photo, PhotoSize::Small).isNull());
    source.ask(photo, PhotoSize::Small);
    QCOMPARE(came.size(), 0);
    QTRY_COMPARE(came.size(), 1);
    const QImage picture = source.atHand(photo, PhotoSize::Small);
    QCOMPARE(picture.size(), QSize(480, 240));
    QVERIFY(picture.pixelColor(10, 10).red() > 240);
    QVERIFY(source.atHand(photo, PhotoSize::Large).isNull());
    source.ask(photo, PhotoSize::Small); // from memory: no second reading
    QSignalSpy wished(&source, &PhotoSource::bytesWished);
    QTRY_COMPARE(came.size(), 2);
    QCOMPARE(wished.size(), 0);
}

void TestPhotos::bothSizesOfOneComeOnce()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    const BlobHash photo = kitchen.keepPhoto(encoded({600, 600}, Qt::blue, "png"));
    PhotoSource source;
    kitchen.bringPhotos(source);
    QSignalSpy came(&source, &PhotoSource::came);
    for (int twice = 0; twice < 2; ++twice) {
        source.ask(photo, PhotoSize::Large);
        source.ask(photo, PhotoSize::Small);
    }
    QTRY_COMPARE(came.size(), 2);
    QCOMPARE(source.atHand(photo, PhotoSize::Large).size(), QSize(600, 600)); // never enlarged
    QCOMPARE(source.atHand(photo, PhotoSize::Small).size(), QSize(480, 480));
}

void TestPhotos::whatIsNotHereComesWhenItArrives()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    const QByteArray bytes = encoded({40, 40}, Qt::green, "png");
    const BlobHash photo = BlobHash::of(bytes);
    PhotoSource source;
    kitchen.bringPhotos(source);
    QSignalSpy came(&source, &PhotoSource::came);
    QSignalSpy missing(&source, &PhotoSource::missing);
    source.ask(photo, PhotoSize::Small);
    QTRY_COMPARE(missing.size(), 1);
    kitchen.keepPhoto(bytes);
    QCOMPARE(came.size(), 0);
    source.arrived(photo);
    QTRY_COMPARE(came.size(), 1);
    source.arrived(photo); // nobody waits any more
    source.ask(photo, PhotoSize::Small);
    QTRY_COMPARE(came.size(), 2);
}

void TestPhotos::whatIsNoPictureIsMissing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>");
    QTest::newRow("cut off") << encoded({64, 64}, Qt::red, "png").left(60);
    QByteArray huge = encoded({64, 64}, Qt::red, "png");
    huge.replace(16, 8, QByteArray::fromHex("0000ffff0000ffff")); // its size, as the header says
    QTest::newRow("4 billion pixels") << huge;
    QTest::newRow("a PNG's head, a JPEG's body")
        << encoded({64, 64}, Qt::red, "png").left(40) + encoded({64, 64}, Qt::red, "jpeg");
}

void TestPhotos::whatIsNoPictureIsMissing()
{
    QFETCH(QByteArray, bytes);
    PhotoSource source;
    QSignalSpy missing(&source, &PhotoSource::missing);
    connect(&source, &PhotoSource::bytesWished, this,
            [&](const BlobHash &photo) { source.take(photo, bytes); });
    source.ask(BlobHash::of("a"), PhotoSize::Small);
    QTRY_COMPARE(missing.size(), 1);
    QVERIFY(source.atHand(BlobHash::of("a"), PhotoSize::Small).isNull());
}

void TestPhotos::manyAsksComeNewestFirst()
{
    PhotoSource source;
    QList<BlobHash> wished;
    connect(&source, &PhotoSource::bytesWished, this,
            [&](const BlobHash &photo) { wished += photo; });
    QList<BlobHash> asked;
    for (int i = 0; i < 300; ++i) {
        asked += BlobHash::of(QByteArray::number(i));
        source.ask(asked.constLast(), PhotoSize::Small);
    }
    QTRY_COMPARE(wished.size(), 2); // no more at once
    QCOMPARE(wished.constFirst(), asked.constLast());
    for (qsizetype i = 0; i < wished.size(); ++i)
        source.lack(wished.at(i));
    QCOMPARE(wished.size(), 256);
    QVERIFY(!wished.contains(asked.constFirst()));
}

void TestPhotos::anothersBytesChangeNothing()
{
    PhotoSource source;
    QSignalSpy came(&source, &PhotoSource::came);
    QSignalSpy missing(&source, &PhotoSource::missing);
    const QByteArray bytes = encoded({8, 8}, Qt::red, "png");
    source.take(BlobHash::of(bytes), bytes);
    source.lack(BlobHash::of(bytes));
    source.ask({}, PhotoSize::Small);
    QCoreApplication::processEvents();
    QCOMPARE(came.size() + missing.size(), 0);
}

QTEST_MAIN(TestPhotos)
#include "tst_ui_photos.moc"
