// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Charset.h"

#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes::formats;

class TestCharset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPages_data();
    void readsPages();
    void keepsUtf8WithStrayBytes();
    void refusesBinaries_data();
    void refusesBinaries();
    void readsStrictly();
    void refusesStrictly_data();
    void refusesStrictly();
};

void TestCharset::readsPages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("ascii") << QByteArray("<p>soup") << u"<p>soup"_s;
    QTest::newRow("utf-8") << QByteArray("<p>cr\xc3\xa8me") << u"<p>crème"_s;
    QTest::newRow("utf-8 with a mark")
        << QByteArray("\xef\xbb\xbf<p>cr\xc3\xa8me") << u"<p>crème"_s;
    QTest::newRow("marks inside") << QByteArray("<p>\xef\xbb\xbfsoup") << u"<p>soup"_s;
    QTest::newRow("latin-1") << QByteArray("<meta charset=iso-8859-1>cr\xe8me")
                             << u"<meta charset=iso-8859-1>crème"_s;
    QTest::newRow("latin-1 means windows-1252") << QByteArray("<meta charset='ISO-8859-1'>10\x96"
                                                              "12 \x93ok\x94 5 \x80")
                                                << u"<meta charset='ISO-8859-1'>10–12 “ok” 5 €"_s;
    QTest::newRow("http-equiv")
        << QByteArray(
               "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">"
               "\xf1\xf3\xef")
        << u"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">суп"_s;
    QTest::newRow("shift-jis") << QByteArray("<meta charset=shift_jis>\x8d\xde\x97\xbf")
                               << u"<meta charset=shift_jis>材料"_s;
    QTest::newRow("utf-8 although it declares latin-1")
        << QByteArray("<meta charset=iso-8859-1>cr\xc3\xa8me")
        << u"<meta charset=iso-8859-1>crème"_s;
    QTest::newRow("undeclared") << QByteArray("cr\xe8me") << u"crème"_s;
    QTest::newRow("unknown charset")
        << QByteArray("<meta charset=klingon>cr\xe8me") << u"<meta charset=klingon>crème"_s;
    QTest::newRow("utf-16") << QByteArray("\xff\xfe<\0p\0>\0\xe8\0", 10) << u"<p>è"_s;
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestCharset::readsPages()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const auto decoded = decodePage(bytes);
    QVERIFY(decoded);
    QCOMPARE(*decoded, text);
}

void TestCharset::keepsUtf8WithStrayBytes()
{
    // One byte of another encoding must not turn all the rest into mojibake.
    const QByteArray bytes = QByteArray("cr\xc3\xa8me br\xc3\xbbl\xc3\xa9"
                                        "e ")
                                 .repeated(9) +
                             "\xe9!";
    const auto decoded = decodePage(bytes);
    QVERIFY(decoded);
    QVERIFY(decoded->startsWith(u"crème brûlée"));
    QCOMPARE(decoded->count(QChar::ReplacementCharacter), 1);
}

void TestCharset::refusesBinaries_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("ELF") << QByteArray("\x7f"
                                       "ELF\x02\x01\x01\0\0\0",
                                       10);
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    QTest::newRow("NUL in a page") << QByteArray("<p>a\0b</p>", 10);
}

void TestCharset::refusesBinaries()
{
    QFETCH(QByteArray, bytes);
    for (const auto &decoded : {decodePage(bytes), decodeStrictly(bytes)}) {
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, ErrorCode::BadEncoding);
        QVERIFY(!decoded.error().context.contains(u'\n'));
    }
}

void TestCharset::readsStrictly()
{
    QCOMPARE(*decodeStrictly("cr\xc3\xa8me"), u"crème"_s);
    QCOMPARE(*decodeStrictly("\xef\xbb\xbf"
                             "a"),
             u"a"_s);
    QCOMPARE(*decodeStrictly(QByteArray("\xff\xfe"
                                        "a\0",
                                        4)),
             u"a"_s);
    QCOMPARE(*decodeStrictly("a\n\xef\xbb\xbf"
                             "b"),
             u"a\nb"_s);
    QCOMPARE(*decodeStrictly(""), QString());
}

void TestCharset::refusesStrictly_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("latin-1") << QByteArray("cr\xe8me");
    QTest::newRow("cut sequence") << QByteArray("cr\xc3");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80");
    QTest::newRow("above Unicode") << QByteArray("\xf5\x80\x80\x80");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
}

void TestCharset::refusesStrictly()
{
    QFETCH(QByteArray, bytes);
    const auto decoded = decodeStrictly(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::BadEncoding);
}

QTEST_GUILESS_MAIN(TestCharset)
#include "tst_charset.moc"
