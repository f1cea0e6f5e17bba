// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/JsonLd.h"
#include "recipes/formats/JsonRepair.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes::formats;

namespace {

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

QStringList namesOfRecipes(const QString &json)
{
    const auto value = parseJson(json);
    QStringList names;
    if (!value)
        return {u"broken: "_s + value.error().context};
    const QList<QJsonObject> nodes = recipeNodes(*value);
    for (const QJsonObject &node : nodes)
        names += node.value("name"_L1).toString();
    return names;
}

} // namespace

class TestJsonLd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTypes_data();
    void knowsTypes();
    void readsProperties();
    void findsRecipes_data();
    void findsRecipes();
    void leavesGoodJsonAlone();
    void repairs_data();
    void repairs();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void boundsDepth();
    void repairsInLinearTime();
};

void TestJsonLd::knowsTypes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isRecipe");
    QTest::newRow("name") << QByteArray(R"({"@type":"Recipe"})") << true;
    QTest::newRow("http") << QByteArray(R"({"@type":"http://schema.org/Recipe"})") << true;
    QTest::newRow("https") << QByteArray(R"({"@type":"https://schema.org/Recipe"})") << true;
    QTest::newRow("prefix") << QByteArray(R"({"@type":"schema:Recipe"})") << true;
    QTest::newRow("list") << QByteArray(R"({"@type":["Thing","Recipe"]})") << true;
    QTest::newRow("any case") << QByteArray(R"({"@type":"recipe"})") << true;
    QTest::newRow("blanks") << QByteArray(R"({"@type":" Recipe "})") << true;
    QTest::newRow("another") << QByteArray(R"({"@type":"Article"})") << false;
    QTest::newRow("ends alike") << QByteArray(R"({"@type":"NotARecipe"})") << false;
    QTest::newRow("number") << QByteArray(R"({"@type":7})") << false;
    QTest::newRow("none") << QByteArray(R"({"name":"Recipe"})") << false;
    QTest::newRow("empty list") << QByteArray(R"({"@type":[]})") << false;
}

void TestJsonLd::knowsTypes()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isRecipe);
    QCOMPARE(isOfType(object(json.constData()), "Recipe"_L1), isRecipe);
}

void TestJsonLd::readsProperties()
{
    const QJsonObject node = object(R"({"name":"a","schema:text":"b",
        "http://schema.org/url":"c","https://schema.org/item":"d"})");
    QCOMPARE(recipes::formats::property(node, "name"_L1).toString(), u"a"_s);
    QCOMPARE(recipes::formats::property(node, "text"_L1).toString(), u"b"_s);
    QCOMPARE(recipes::formats::property(node, "url"_L1).toString(), u"c"_s);
    QCOMPARE(recipes::formats::property(node, "item"_L1).toString(), u"d"_s);
    QVERIFY(recipes::formats::property(node, "none"_L1).isUndefined());
}

void TestJsonLd::findsRecipes_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("bare") << uR"({"@type":"Recipe","name":"Soup"})"_s << QStringList{u"Soup"_s};
    QTest::newRow("list") << uR"([{"@type":"Recipe","name":"A"},{"@type":"Recipe","name":"B"}])"_s
                          << QStringList{u"A"_s, u"B"_s};
    QTest::newRow("graph") << uR"({"@graph":[{"@type":"WebSite","name":"x"},
        {"@type":["Recipe"],"name":"Pie"}]})"_s
                           << QStringList{u"Pie"_s};
    QTest::newRow("main entity") << uR"({"@type":"WebPage","mainEntity":
        {"@type":"Article","mainEntity":{"@type":"Recipe","name":"Deep"}}})"_s
                                 << QStringList{u"Deep"_s};
    QTest::newRow("not inside another") << uR"({"@type":"Recipe","name":"Outer",
        "isBasedOn":{"@type":"Recipe","name":"Inner"}})"_s
                                        << QStringList{u"Outer"_s};
    QTest::newRow("none") << uR"({"@type":"Article","name":"News"})"_s << QStringList();
    QTest::newRow("empty object") << u"{}"_s << QStringList();
    QTest::newRow("empty list") << u"[]"_s << QStringList();
}

void TestJsonLd::findsRecipes()
{
    QFETCH(QString, json);
    QFETCH(QStringList, names);
    QCOMPARE(namesOfRecipes(json), names);
}

void TestJsonLd::leavesGoodJsonAlone()
{
    const QString good =
        uR"({"a":"x \"quoted\" \\ \u00e9 \n","b":[1,2.5,true,null],"c":{"d":[]},"e":"//no, ;"})"_s;
    const QByteArray repaired = repairedJson(good).toUtf8();
    QCOMPARE(QJsonDocument::fromJson(repaired), QJsonDocument::fromJson(good.toUtf8()));
    QVERIFY(!QJsonDocument::fromJson(repaired).isNull());
}

void TestJsonLd::repairs_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QStringList>("names");
    const QStringList soup{u"Soup"_s};
    QTest::newRow("trailing comma") << uR"({"@type":"Recipe","name":"Soup",})"_s << soup;
    QTest::newRow("trailing comma in a list")
        << uR"({"@type":["Recipe", ], "name":"Soup"})"_s << soup;
    QTest::newRow("two commas") << uR"({"@type":"Recipe",,"name":"Soup"})"_s << soup;
    QTest::newRow("newline in a text")
        << u"{\"@type\":\"Recipe\",\"name\":\"Hot\nSoup\",}"_s << QStringList{u"Hot\nSoup"_s};
    QTest::newRow("tab in a text")
        << u"{\"@type\":\"Recipe\",\"name\":\"Hot\tSoup\"}"_s << QStringList{u"Hot\tSoup"_s};
    QTest::newRow("wrong escape") << uR"({"@type":"Recipe","name":"Grandma\'s"})"_s
                                  << QStringList{u"Grandma's"_s};
    QTest::newRow("half an escape")
        << uR"({"@type":"Recipe","name":"\u00zz"})"_s << QStringList{u"u00zz"_s};
    QTest::newRow("stray quotes") << uR"({"@type":"Recipe","name":"The "best" soup"})"_s
                                  << QStringList{u"The \"best\" soup"_s};
    QTest::newRow("html comment") << uR"(<!-- {"@type":"Recipe","name":"Soup"} -->)"_s << soup;
    QTest::newRow("cdata") << uR"(//<![CDATA[
        {"@type":"Recipe","name":"Soup"}
        //]]>)"_s << soup;
    QTest::newRow("commented cdata")
        << uR"(/*<![CDATA[*/{"@type":"Recipe","name":"Soup"}/*]]>*/)"_s << soup;
    QTest::newRow("semicolon") << uR"({"@type":"Recipe","name":"Soup"};)"_s << soup;
    QTest::newRow("bracket too many") << uR"({"@type":"Recipe","name":"Soup"}})"_s << soup;
    QTest::newRow("two values")
        << uR"({"@type":"Recipe","name":"A"} {"@type":"Recipe","name":"B"})"_s
        << QStringList{u"A"_s, u"B"_s};
    QTest::newRow("two values with a comma")
        << uR"({"@type":"Recipe","name":"A"},{"@type":"Recipe","name":"B"},)"_s
        << QStringList{u"A"_s, u"B"_s};
    QTest::newRow("entities for quotes")
        << u"{&quot;@type&quot;:&quot;Recipe&quot;,&quot;name&quot;:&quot;Soup &amp; co&quot;}"_s
        << QStringList{u"Soup & co"_s};
    QTest::newRow("address keeps its slashes")
        << uR"({"@type":"Recipe","name":"https://example.org/a",})"_s
        << QStringList{u"https://example.org/a"_s};
}

void TestJsonLd::repairs()
{
    QFETCH(QString, json);
    QFETCH(QStringList, names);
    QCOMPARE(namesOfRecipes(json), names);
}

void TestJsonLd::refusesWhatIsNoJson_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("empty") << QString();
    QTest::newRow("words") << u"no json at all"_s;
    QTest::newRow("cut short") << uR"({"@type":"Recipe","name":"So)"_s;
    QTest::newRow("cut short after a value") << uR"({"@type":"Recipe","name":"Soup")"_s;
    QTest::newRow("missing value") << uR"({"@type":})"_s;
    QTest::newRow("single quotes") << u"{'@type':'Recipe'}"_s;
}

void TestJsonLd::refusesWhatIsNoJson()
{
    QFETCH(QString, json);
    const auto value = parseJson(json);
    QVERIFY(!value);
    QCOMPARE(value.error().code, ErrorCode::BadSyntax);
    QVERIFY(!value.error().context.contains(u'\n'));
    QVERIFY(!value.error().context.isEmpty());
}

void TestJsonLd::boundsDepth()
{
    const QString deep = QString(10000, u'[') + QString(10000, u']');
    const auto value = parseJson(deep);
    QVERIFY(!value);
    QCOMPARE(value.error().code, ErrorCode::BadSyntax);
    QVERIFY2(value.error().context.contains(u"deep"_s), qPrintable(value.error().context));

    // Just within Qt's own bound the walk has to hold, too.
    const QString allowed =
        QString(1000, u'[') + uR"({"@type":"Recipe","name":"Low"})"_s + QString(1000, u']');
    QCOMPARE(namesOfRecipes(allowed), QStringList{u"Low"_s});
}

void TestJsonLd::repairsInLinearTime()
{
    // Quotes, commas and brackets each look ahead; together they must not look far every time.
    QString hostile = u"{"_s;
    for (int i = 0; i < 200000; ++i)
        hostile += u"\" \"\\,,[-[/*"_s;
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!parseJson(hostile));
    QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestJsonLd)
#include "tst_jsonld.moc"
