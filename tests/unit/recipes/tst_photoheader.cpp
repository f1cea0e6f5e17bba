// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Photos.h"
#include "fakes/ShelfBook.h"
#include "recipes/PhotoHeader.h"
#include "recipes/RecipeBook.h"
#include "recipes/RecipeCodec.h"

#include <QJsonArray>
#include <QTest>

#include <random>

using namespace simmer;
using namespace simmer::recipes;

namespace {

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

/// A JPEG down to its frame header: 640 × 480, after `before`.
QByteArray jpeg(const QByteArray &before = {}, const QByteArray &marker = "\xc0")
{
    return hex("ffd8") + before + "\xff" + marker + hex("001108 01e0 0280 03 012200 021101 031101");
}

/// An APP1 segment of that many bytes, as a camera's own picture of the picture.
QByteArray segment(quint16 bytes)
{
    const quint16 length = qToBigEndian(bytes);
    return hex("ffe1") + QByteArray(reinterpret_cast<const char *>(&length), 2) +
           QByteArray(bytes - 2, '\xc0');
}

QByteArray webp(const QByteArray &chunk)
{
    return "RIFF" + hex("40000000") + "WEBP" + chunk;
}

} // namespace

/// The size of images from their first bytes, which may be anybody's; and how recipes name them.
class TestPhotoHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizesAreRead_data();
    void sizesAreRead();
    void othersAreRefused_data();
    void othersAreRefused();
    void fortyMegapixelsAreTheMost();
    void mutantsAreReadOrRefused();
    void recipesNameTheirPhotos();
    void namesInRecipesAreStrict();
    void importKeepsWhatIsOurs();
};

void TestPhotoHeader::sizesAreRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<PhotoFormat>("format");
    QTest::addColumn<QSize>("size");
    const auto row = [](const char *name, const QByteArray &bytes, PhotoFormat format, int width,
                        int height) {
        QTest::newRow(name) << bytes << format << QSize(width, height);
    };
    row("png", fakes::pngHeader(1920, 1080), PhotoFormat::Png, 1920, 1080);
    row("jpeg", jpeg(), PhotoFormat::Jpeg, 640, 480);
    row("jpeg, progressive", jpeg({}, "\xc2"), PhotoFormat::Jpeg, 640, 480);
    row("jpeg after tables", jpeg(hex("ffc40004 0102 ffdb0003 ff ffff")), PhotoFormat::Jpeg, 640,
        480);
    row("jpeg after 60 kB of camera", jpeg(segment(60'000) + segment(65'535)), PhotoFormat::Jpeg,
        640, 480);
    row("webp, lossy", webp("VP8 " + hex("10000000 300100 9d012a 8002 e001")), PhotoFormat::WebP,
        640, 480);
    row("webp, scaled", webp("VP8 " + hex("10000000 300100 9d012a 80c2 e041")), PhotoFormat::WebP,
        640, 480);
    row("webp, lossless", webp("VP8L" + hex("10000000 2f 7fc27700")), PhotoFormat::WebP, 640, 480);
    row("webp, extended", webp("VP8X" + hex("0a000000 10000000 7f0200 df0100")), PhotoFormat::WebP,
        640, 480);
}

void TestPhotoHeader::sizesAreRead()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const PhotoFormat, format);
    QFETCH(const QSize, size);
    const auto header = readPhotoHeader(bytes);
    QVERIFY2(header, header ? "" : qPrintable(describe(header.error())));
    QCOMPARE(header->format, format);
    QCOMPARE(QSize(int(header->width), int(header->height)), size);
    for (qsizetype length = 0; length < std::min<qsizetype>(bytes.size(), 40); ++length) {
        const auto cut = readPhotoHeader(bytes.left(length)); // never beyond what there is
        QVERIFY(!cut || *cut == *header);
    }
}

void TestPhotoHeader::othersAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("<svg width='1' height='1'/>");
    QTest::newRow("gif") << QByteArray("GIF89a\x01\x00\x01\x00", 10);
    QTest::newRow("png without a size") << fakes::pngHeader(1, 1).left(16);
    QTest::newRow("png, no pixels") << fakes::pngHeader(0, 5);
    QTest::newRow("png, other chunk first") << fakes::pngHeader(5, 5).replace("IHDR", "IDAT");
    QTest::newRow("jpeg, scan before frame") << jpeg(hex("ffda0002"));
    QTest::newRow("jpeg, ends before frame") << jpeg(hex("ffd9"));
    QTest::newRow("jpeg, segment of no length") << jpeg(hex("ffe10000"));
    QTest::newRow("jpeg, height comes later") << jpeg().replace(hex("01e0"), hex("0000"));
    QTest::newRow("jpeg, all fill") << QByteArray("\xff\xd8") + QByteArray(100'000, '\xff');
    QTest::newRow("webp, no key frame") << webp("VP8 " + hex("10000000 300100 9d012b 8002 e001"));
    QTest::newRow("webp, unknown chunk") << webp("VP9 " + hex("10000000 300100 9d012a 8002 e001"));
}

void TestPhotoHeader::othersAreRefused()
{
    QFETCH(const QByteArray, bytes);
    const auto header = readPhotoHeader(bytes);
    QVERIFY(!header);
    QCOMPARE(header.error().code, ErrorCode::BadSyntax);
}

void TestPhotoHeader::fortyMegapixelsAreTheMost()
{
    QVERIFY(readPhotoHeader(fakes::pngHeader(8000, 5000)));
    for (const auto &[width, height] : QList<std::pair<quint32, quint32>>{
             {8000, 5001}, {40'000'001, 1}, {1, 40'000'001}, {0xffffffff, 0xffffffff}}) {
        const auto header = readPhotoHeader(fakes::pngHeader(width, height));
        QVERIFY(!header);
        QCOMPARE(header.error().code, ErrorCode::TooLarge);
    }
    const auto wide = readPhotoHeader(webp("VP8X" + hex("0a000000 10000000 ffffff ffffff")));
    QVERIFY(!wide);
    QCOMPARE(wide.error().code, ErrorCode::TooLarge);
}

/// The sanitizers' builds see what is read beyond the end.
void TestPhotoHeader::mutantsAreReadOrRefused()
{
    std::mt19937 dice(20261121); // NOLINT(bugprone-random-generator-seed): the same on every run
    const QList<QByteArray> seeds{fakes::pngHeader(10, 10),
                                  jpeg(segment(40)),
                                  jpeg(hex("ffc40004 0102"), "\xc2"),
                                  webp("VP8 " + hex("10000000 300100 9d012a 8002 e001")),
                                  webp("VP8L" + hex("10000000 2f 7fc27700")),
                                  webp("VP8X" + hex("0a000000 10000000 7f0200 df0100"))};
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 50'000; ++round) {
        QByteArray bytes = seeds[round % seeds.size()];
        for (auto changes = dice() % 4; changes > 0; --changes)
            bytes[qsizetype(dice() % quint64(bytes.size()))] = char(dice());
        bytes.truncate(qsizetype(dice() % quint64(bytes.size() + 20)));
        const auto header = readPhotoHeader(QByteArray(bytes.constData(), bytes.size()));
        if (header)
            QVERIFY(header->width > 0 && header->height > 0 &&
                    header->width * header->height <= MostPhotoPixels);
        ++(header ? read : refused);
    }
    QVERIFY(read > 1000);
    QVERIFY(refused > 1000);
}

void TestPhotoHeader::recipesNameTheirPhotos()
{
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Dal");
    QVERIFY(!toJson(recipe).contains(QStringLiteral("photos")));
    recipe.photos = {BlobHash::of("one"), BlobHash::of("two")};
    const auto read = recipeFromJson(recipe.id, toJson(recipe));
    QVERIFY(read);
    QVERIFY(*read == recipe);
}

void TestPhotoHeader::namesInRecipesAreStrict()
{
    Recipe recipe;
    recipe.title = QStringLiteral("Dal");
    const QString good = BlobHash::of("one").toHex();
    QJsonArray many;
    for (qsizetype i = 0; i <= MostPhotos; ++i)
        many.append(good);
    for (const QJsonValue &photos :
         {QJsonValue(QJsonArray{good.toUpper()}), QJsonValue(QJsonArray{good.left(62)}),
          QJsonValue(QJsonArray{1}), QJsonValue(QJsonArray{QString()}), QJsonValue(many),
          QJsonValue(good)}) {
        QJsonObject json = toJson(recipe);
        json.insert(QStringLiteral("photos"), photos);
        QVERIFY(!recipeFromJson({}, json));
    }
}

/// A file that is read again says nothing of what the kitchen added.
void TestPhotoHeader::importKeepsWhatIsOurs()
{
    fakes::ShelfBook book;
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.photos = {BlobHash::of("one")};
    book.save(recipe);
    recipe.notes = QStringLiteral("Less salt");
    recipe.isFavourite = true;
    book.save(recipe);
    Recipe again;
    again.id = recipe.id;
    again.title = QStringLiteral("Dal");
    book.saveImported(again);
    QCOMPARE(book.recipes().value(recipe.id).title, again.title);
    QCOMPARE(book.recipes().value(recipe.id).photos, recipe.photos);
    QCOMPARE(book.recipes().value(recipe.id).notes, recipe.notes);
    QVERIFY(book.recipes().value(recipe.id).isFavourite);
    again.photos = {BlobHash::of("two")};
    book.saveImported(again);
    QCOMPARE(book.recipes().value(recipe.id).photos, again.photos);
    again.photos.clear();
    book.save(again); // a cook took them out
    QVERIFY(book.recipes().value(recipe.id).photos.isEmpty());
}

QTEST_GUILESS_MAIN(TestPhotoHeader)
#include "tst_photoheader.moc"
