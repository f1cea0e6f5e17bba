// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Gzip.h"
#include "recipes/formats/RecipeReader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <zlib.h>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes::formats;

namespace {

QByteArray gzipped(const QByteArray &plain)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(plain.size()))) + 64,
                      Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.chop(qsizetype(stream.avail_out));
    deflateEnd(&stream);
    return packed;
}

const QByteArray Page =
    "<script type=\"application/ld+json\">{\"@type\":\"Recipe\",\"name\":\"Soup\","
    "\"recipeIngredient\":[\"1 leek\"],\"recipeInstructions\":\"Boil.\"}</script>";

} // namespace

class TestRecipeReaderHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesFiles_data();
    void refusesFiles();
    void refusesWhatIsNoFile();
    void refusesPipesAtOnce();
    void refusesLargeFilesUnread();
    void refusesBytes_data();
    void refusesBytes();
    void takesTheLimitExactly();
    void unpacks();
    void stopsBombs();
    void refusesDamagedArchives_data();
    void refusesDamagedArchives();
    void unpacksOnlyOnce();
    void refusesWhatCannotBeKept_data();
    void refusesWhatCannotBeKept();
    void staysFastOnHostilePages_data();
    void staysFastOnHostilePages();

private:
    QString fileWith(const QString &name, const QByteArray &bytes) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRecipeReaderHostile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QString TestRecipeReaderHostile::fileWith(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void TestRecipeReaderHostile::refusesFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const int encoding = int(ErrorCode::BadEncoding);
    const int none = int(ErrorCode::NoRecipe);
    const int syntax = int(ErrorCode::BadSyntax);
    const QByteArray elf("\x7f"
                         "ELF\x02\x01\x01\0\0\0\0\0\x03\0\x3e\0",
                         16);
    const QByteArray png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", 20);
    QTest::newRow("empty page") << u"a.html"_s << QByteArray() << none;
    QTest::newRow("empty cook") << u"a.cook"_s << QByteArray() << none;
    QTest::newRow("empty json") << u"a.json"_s << QByteArray() << none;
    QTest::newRow("blank cook") << u"a.cook"_s << QByteArray(" \n\t\n") << none;
    QTest::newRow("elf") << u"simmer"_s << elf << encoding;
    QTest::newRow("elf as page") << u"a.html"_s << elf << encoding;
    QTest::newRow("elf as cook") << u"a.cook"_s << elf << encoding;
    QTest::newRow("png") << u"a.png"_s << png << encoding;
    QTest::newRow("png as json") << u"a.json"_s << png << encoding;
    QTest::newRow("latin-1 cook") << u"a.cook"_s << QByteArray("Cr\xe8me @lait{}") << encoding;
    QTest::newRow("latin-1 json") << u"a.json"_s << QByteArray("{\"name\":\"Cr\xe8me\"}")
                                  << encoding;
    QTest::newRow("cut json") << u"a.json"_s << QByteArray("{\"@type\":\"Recipe\",\"name\":\"So")
                              << syntax;
    QTest::newRow("cut page") << u"a.html"_s << Page.left(70) << syntax;
    QTest::newRow("prose") << u"a.txt"_s << QByteArray("Dear diary, no food today.") << none;
    QTest::newRow("other json") << u"a.json"_s << QByteArray("{\"a\":1}") << none;
    QTest::newRow("number as json") << u"a.json"_s << QByteArray("12") << syntax;
    QTest::newRow("deep json") << u"a.json"_s << QByteArray(10000, '[') + QByteArray(10000, ']')
                               << syntax;
    QTest::newRow("deep objects") << u"a.json"_s << QByteArray("{\"a\":").repeated(10000) << syntax;
    QTest::newRow("deep page") << u"a.html"_s << QByteArray("<div>").repeated(100000) << syntax;
}

void TestRecipeReaderHostile::refusesFiles()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    const QString path = fileWith(name, bytes);
    const auto recipes = readFile(path);
    QVERIFY(!recipes);
    QCOMPARE(int(recipes.error().code), code);
    const QString line = describe(recipes.error());
    QVERIFY(!line.contains(u'\n'));
    QVERIFY2(!line.contains(m_folder->path()), qPrintable(line));
    QVERIFY(line.size() > 5 && line.size() < 200);
}

void TestRecipeReaderHostile::refusesWhatIsNoFile()
{
    QCOMPARE(readFile(m_folder->path()).error().code, ErrorCode::FileUnreadable);
    QCOMPARE(readFile(m_folder->filePath(u"none.html"_s)).error().code, ErrorCode::FileUnreadable);
    QCOMPARE(readFile(QString()).error().code, ErrorCode::FileUnreadable);
    QCOMPARE(readFile(u"/dev/zero"_s).error().code, ErrorCode::FileUnreadable);
}

void TestRecipeReaderHostile::refusesPipesAtOnce()
{
    const QString path = m_folder->filePath(u"pipe.html"_s);
    QCOMPARE(mkfifo(path.toLocal8Bit().constData(), 0600), 0);
    QCOMPARE(readFile(path).error().code, ErrorCode::FileUnreadable);
}

void TestRecipeReaderHostile::refusesLargeFilesUnread()
{
    // A sparse file: it has a size, but takes no room on the disk.
    QFile file(m_folder->filePath(u"large.html"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(qint64(50) * 1024 * 1024));
    file.close();
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(readFile(file.fileName()).error().code, ErrorCode::TooLarge);
    QVERIFY2(timer.elapsed() < 1000, "it was read");
}

void TestRecipeReaderHostile::refusesBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("too large") << QByteArray(MaxFileBytes + 1, ' ') << int(ErrorCode::TooLarge);
    QTest::newRow("nothing") << QByteArray() << int(ErrorCode::NoRecipe);
    QTest::newRow("only a mark") << QByteArray("\xef\xbb\xbf") << int(ErrorCode::NoRecipe);
    QTest::newRow("zeros") << QByteArray(1000, '\0') << int(ErrorCode::BadEncoding);
}

void TestRecipeReaderHostile::refusesBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    for (const QString &name : {u"a.html"_s, u"a.cook"_s, u"a.json"_s, QString()})
        QCOMPARE(int(readBytes(name, bytes).error().code), code);
}

void TestRecipeReaderHostile::takesTheLimitExactly()
{
    const QByteArray padded = Page + QByteArray(MaxFileBytes - Page.size(), ' ');
    const auto recipes = readBytes(u"a.html"_s, padded);
    QVERIFY(recipes);
    QCOMPARE(recipes->first().title, u"Soup"_s);
}

void TestRecipeReaderHostile::unpacks()
{
    QCOMPARE(*gunzip(gzipped(Page), MaxFileBytes), Page);
    QCOMPARE(readBytes(u"a.html.gz"_s, gzipped(Page))->first().title, u"Soup"_s);
    QCOMPARE(readBytes(u"a.html"_s, gzipped(Page))->first().title, u"Soup"_s);
    const auto cook = readBytes(u"Pea soup.cook.gz"_s, gzipped("Boil @peas{1%kg}."));
    QCOMPARE(cook->first().title, u"Pea soup"_s);
    QVERIFY(!isGzip("\x1f"));
    QVERIFY(!isGzip(Page));
}

void TestRecipeReaderHostile::stopsBombs()
{
    const QByteArray bomb = gzipped(QByteArray(qsizetype(100) * 1024 * 1024, 'a'));
    QVERIFY(bomb.size() < 200'000);
    const auto recipes = readBytes(u"a.html.gz"_s, bomb);
    QVERIFY(!recipes);
    QCOMPARE(recipes.error().code, ErrorCode::TooLarge);
    QVERIFY(!gunzip(gzipped(QByteArray(1001, 'a')), 1000));
    QVERIFY(gunzip(gzipped(QByteArray(1000, 'a')), 1000));
}

void TestRecipeReaderHostile::refusesDamagedArchives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = gzipped(Page);
    QTest::newRow("header only") << good.left(10);
    QTest::newRow("three bytes") << good.left(3);
    QTest::newRow("cut short") << good.left(good.size() / 2);
    QTest::newRow("without its sum") << good.left(good.size() - 4);
    QByteArray flipped = good;
    flipped[good.size() / 2] = char(flipped[good.size() / 2] ^ 0x55);
    QTest::newRow("flipped") << flipped;
    QByteArray sum = good;
    sum[good.size() - 6] = char(sum[good.size() - 6] ^ 1);
    QTest::newRow("wrong sum") << sum;
}

void TestRecipeReaderHostile::refusesDamagedArchives()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(readBytes(u"a.html.gz"_s, bytes).error().code, ErrorCode::BadSyntax);
}

void TestRecipeReaderHostile::unpacksOnlyOnce()
{
    const auto recipes = readBytes(u"a.html.gz"_s, gzipped(gzipped(Page)));
    QVERIFY(!recipes);
    QCOMPARE(recipes.error().code, ErrorCode::BadEncoding);
}

void TestRecipeReaderHostile::refusesWhatCannotBeKept_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("long title") << "---\ntitle: " + QByteArray(5000, 'x') + "\n---\nBoil.";
    QTest::newRow("long step") << QByteArray("Boil. ").repeated(50000);
    QTest::newRow("many steps") << QByteArray("Boil.\n\n").repeated(5000);
    QTest::newRow("many ingredients") << QByteArray("@a{1} ").repeated(3000);
    QTest::newRow("all in all") << (QByteArray(1000, 'x') + "\n\n").repeated(300);
}

void TestRecipeReaderHostile::refusesWhatCannotBeKept()
{
    QFETCH(QByteArray, bytes);
    const auto recipes = readBytes(u"a.cook"_s, bytes);
    QVERIFY(!recipes);
    QCOMPARE(recipes.error().code, ErrorCode::TooLarge);
    QVERIFY(recipes.error().context.size() < 200);
}

void TestRecipeReaderHostile::staysFastOnHostilePages_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("piece");
    for (const char *piece : {"<p>",
                              "<b>",
                              "</b>",
                              "<table>",
                              "<a href=",
                              "<!--",
                              "&amp;",
                              "&",
                              "<script>",
                              "<li>x",
                              "<div itemprop=name itemscope>",
                              "<h2>Method</h2>",
                              "<svg><desc>",
                              "<select><option>",
                              "<template>",
                              "<frameset>",
                              "<textarea>",
                              "\"",
                              "<![CDATA[",
                              "<form><input>",
                              "<i><p></i>"})
        QTest::newRow(piece) << u"a.html"_s << QByteArray(piece);
    for (const char *piece :
         {"{", "[", "\"", "\\", ",", "{\"a\":", "[{\"@type\":\"Recipe\"},", "/*", "//"})
        QTest::newRow(QByteArray("json ") + piece) << u"a.json"_s << '[' + QByteArray(piece);
    for (const char *piece :
         {"@", "@a{", "~{1%", "--", "[-", "-", ">", "=", "~{5%minutes} ", "1 h "})
        QTest::newRow(QByteArray("cook ") + piece) << u"a.cook"_s << QByteArray(piece);
}

void TestRecipeReaderHostile::staysFastOnHostilePages()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, piece);
    const QByteArray bytes = piece.repeated(1'000'000 / piece.size());
    QElapsedTimer timer;
    timer.start();
    const auto recipes = readBytes(name, bytes);
    QVERIFY2(timer.elapsed() < 30000, qPrintable(QString::number(timer.elapsed())));
    if (!recipes)
        QVERIFY(!recipes.error().context.isEmpty());
}

QTEST_GUILESS_MAIN(TestRecipeReaderHostile)
#include "tst_recipe_reader_hostile.moc"
