// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Amounts.h"
#include "recipes/scaling/Scaling.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace simmer::recipes;

namespace {

QString u(const char *text)
{
    return QString::fromUtf8(text);
}

struct Case {
    const char *line;
    int top;
    int bottom;
    const char *scaled;
    const char *language = "en";
};

// Lines of our own, in the shapes that recipes have.
constexpr Case Cases[] = {
    // Counts, fractions, mixed numbers
    {"2 red onions", 2, 1, "4 red onions"},
    {"1 egg", 1, 2, "½ egg"},
    {"3 eggs", 1, 3, "1 eggs"},
    {"1 1/2 cups flour", 2, 1, "3 cups flour"},
    {"1-1/2 cups flour", 2, 1, "3 cups flour"},
    {"1½ cups flour", 1, 2, "¾ cup flour"},
    {"1 ½ cups flour", 3, 1, "4½ cups flour"},
    {"1/3 cup sugar", 2, 1, "⅔ cup sugar"},
    {"1⁄2 cup sugar", 3, 1, "1½ cups sugar"},
    {"⅔ cup milk", 3, 2, "1 cup milk"},
    {"2 cups milk", 1, 2, "1 cup milk"},
    {"1 cup milk", 1, 3, "⅓ cup milk"},
    {"1 /2 banana", 2, 1, "1 banana"},
    {"½ bunch parsley", 3, 1, "1½ bunches parsley"},
    {"1.5 tbsp oil", 3, 1, "4.5 tbsp oil"},
    {"1.5 tbsp oil", 1, 3, "0.5 tbsp oil"},
    {"1/8 tsp nutmeg", 1, 2, "1/16 tsp nutmeg"},
    {"7 eggs", 10, 7, "10 eggs"},
    {"5 eggs", 5, 2, "12½ eggs"},
    {"4 eggs", 1, 7, "½ eggs"},
    {"2 dozen oysters", 1, 2, "1 dozen oysters"},
    // Ranges
    {"2–3 cloves garlic", 2, 1, "4–6 cloves garlic"},
    {"2-3 cloves garlic", 2, 1, "4-6 cloves garlic"},
    {"2 to 3 sprigs thyme", 1, 2, "1 to 1½ sprigs thyme"},
    {"2 or 3 tomatoes", 2, 1, "4 or 6 tomatoes"},
    {"20–25 cherries", 1, 5, "4–5 cherries"},
    {"40-41 g salt", 1, 2, "20-20.5 g salt"},
    // Weights and volumes
    {"200 g butter", 3, 2, "300 g butter"},
    {"200g butter", 1, 2, "100g butter"},
    {"1 kg potatoes", 3, 4, "750 g potatoes"},
    {"0.75 kg potatoes", 1, 1, "0.75 kg potatoes"},
    {"1.5 kg potatoes", 1, 2, "750 g potatoes"},
    {"800 g potatoes", 3, 2, "1.2 kg potatoes"},
    {"1200 g potatoes", 2, 1, "2400 g potatoes"},
    {"½ kg mince", 3, 1, "1½ kg mince"},
    {"400 g rice", 1, 3, "135 g rice"},
    {"75 g butter", 3, 2, "113 g butter"},
    {"423 g flour", 2, 1, "846 g flour"},
    {"7 g yeast", 1, 3, "2.3 g yeast"},
    {"2.5 g salt", 3, 1, "7.5 g salt"},
    {"250 ml milk", 1, 3, "83 ml milk"},
    {"600 ml stock", 2, 1, "1.2 l stock"},
    {"1,000 g flour", 2, 1, "2000 g flour"},
    {"9 oz pasta", 3, 2, "13½ oz pasta"},
    {"1 lb. tenders", 2, 1, "2 lb. tenders"},
    {"1-2 pounds chicken", 2, 1, "2-4 pounds chicken"},
    // The same amount in two measures, and sums
    {"250g/9oz flour", 2, 1, "500g/18oz flour"},
    {"200ml/7¼oz cream", 2, 1, "400ml/14½oz cream"},
    {"500 ml (18 fl oz) stock", 2, 1, "1 l (36 fl oz) stock"},
    {"1 cup (135 g) cashews", 2, 1, "2 cups (270 g) cashews"},
    {"1/2 cup sugar (100g)", 3, 1, "1½ cups sugar (300g)"},
    {"2 cups + 2 tablespoons flour (270g)", 2, 1, "4 cups + 4 tablespoons flour (540g)"},
    {"1 cup sugar, plus 2 tbsp for dusting", 2, 1, "2 cups sugar, plus 4 tbsp for dusting"},
    {"1 tbsp or 15 g honey", 2, 1, "2 tbsp or 30 g honey"},
    {"1 cup spinach or 2 cups kale", 2, 1, "2 cups spinach or 4 cups kale"},
    {"250 g carrots (3)", 2, 1, "500 g carrots (6)"},
    {"3 fillets (300 g)", 2, 1, "6 fillets (600 g)"},
    // The size of one stays
    {"2 x 400 g tins tomatoes", 2, 1, "4 x 400 g tins tomatoes"},
    {"2 × 400g tins tomatoes", 1, 2, "1 × 400g tins tomatoes"},
    {"1 (8-oz) package cream cheese", 2, 1, "2 (8-oz) package cream cheese"},
    {"2 (400 g) tins beans", 2, 1, "4 (400 g) tins beans"},
    {"1 can plum tomatoes (28 oz)", 2, 1, "2 cans plum tomatoes (28 oz)"},
    {"2 chicken breasts (200 g each)", 2, 1, "4 chicken breasts (200 g each)"},
    {"3 squash, cut into 1/2 inch pieces", 2, 1, "6 squash, cut into 1/2 inch pieces"},
    {"1 eggplant (large, cut into 1 inch cubes)", 2, 1,
     "2 eggplant (large, cut into 1 inch cubes)"},
    {"2 cm piece of ginger", 2, 1, "4 cm piece of ginger"},
    // Words
    {"one onion", 2, 1, "2 onion"},
    {"two eggs", 1, 2, "1 eggs"},
    {"half a lemon", 2, 1, "1 lemon"},
    {"half a lemon", 3, 1, "1½ lemon"},
    {"a cup of rice", 2, 1, "2 cups of rice"},
    {"a pinch of salt", 2, 1, "a pinch of salt"},
    {"2 pinches of salt", 1, 2, "1 pinch of salt"},
    {"an onion", 2, 1, "an onion"},
    {"a few leaves", 2, 1, "a few leaves"},
    // Only looks like an amount
    {"7-Up", 2, 1, "7-Up"},
    {"7 Up, chilled", 2, 1, "7 Up, chilled"},
    {"00 flour", 2, 1, "00 flour"},
    {"5-spice powder", 2, 1, "5-spice powder"},
    {"2% milk", 2, 1, "2% milk"},
    {"cream, 30 % fat", 2, 1, "cream, 30 % fat"},
    {"butter for a 24 cm tin", 2, 1, "butter for a 24 cm tin"},
    {"9 inch pie crust", 2, 1, "9 inch pie crust"},
    {"14-ounce steak", 2, 1, "14-ounce steak"},
    {"flour type 550", 2, 1, "flour type 550"},
    {"B12 drops", 2, 1, "B12 drops"},
    {"12345678 beans", 2, 1, "12345678 beans"},
    {"10/12 prawns", 2, 1, "10/12 prawns"},
    {"1:1 sake and mirin", 2, 1, "1:1 sake and mirin"},
    {"salt and pepper", 2, 1, "salt and pepper"},
    {"", 2, 1, ""},
    {"2", 2, 1, "4"},
    // Elsewhere in the line
    {"Onions, 1", 2, 1, "Onions, 2"},
    {"Sugar 130 g", 2, 1, "Sugar 260 g"},
    {"Salt (about 1 tsp)", 2, 1, "Salt (about 2 tsp)"},
    {"juice of 2 limes", 2, 1, "juice of 4 limes"},
    {"about 200 g peas", 2, 1, "about 400 g peas"},
    {"- 200 g peas", 2, 1, "- 400 g peas"},
    {"1. 200 g peas", 2, 1, "1. 400 g peas"},
    // German
    {"1,5 kg Kartoffeln", 1, 2, "750 g Kartoffeln", "de"},
    {"1,5 l Brühe", 3, 1, "4,5 l Brühe", "de"},
    {"1.000 g Mehl", 2, 1, "2000 g Mehl", "de"},
    {"2 EL Öl", 3, 2, "3 EL Öl", "de"},
    {"1 Prise Salz", 2, 1, "2 Prisen Salz", "de"},
    {"2-3 Knoblauchzehen", 2, 1, "4-6 Knoblauchzehen", "de"},
    {"2 bis 3 Zweige Thymian", 2, 1, "4 bis 6 Zweige Thymian", "de"},
    {"½ Bund Petersilie", 2, 1, "1 Bund Petersilie", "de"},
    {"1 Dose Tomaten (400 g)", 2, 1, "2 Dosen Tomaten (400 g)", "de"},
    {"2 Zwiebeln (200 g)", 2, 1, "4 Zwiebeln (400 g)", "de"},
    {"eine halbe Zitrone", 2, 1, "1 Zitrone", "de"},
    {"zwei Eier", 2, 1, "4 Eier", "de"},
    {"eine Prise Salz", 2, 1, "eine Prise Salz", "de"},
    {"etwas Muskatnuss", 2, 1, "etwas Muskatnuss", "de"},
    {"ca. 200 g Zucker", 2, 1, "ca. 400 g Zucker", "de"},
    {"Mehl Type 405", 2, 1, "Mehl Type 405", "de"},
    {"405er Mehl", 2, 1, "405er Mehl", "de"},
    {"Saft von 1 Zitrone", 2, 1, "Saft von 2 Zitrone", "de"},
    {"3 Eier (Größe M)", 2, 1, "6 Eier (Größe M)", "de"},
    // French, Italian and others
    {"3 gousses d'ail", 1, 3, "1 gousse d'ail", "fr"},
    {"1 c. à soupe d’huile", 2, 1, "2 c. à soupe d’huile", "fr"},
    {"1 cuillère à soupe de sucre", 3, 2, "1½ cuillère à soupe de sucre", "fr"},
    {"1 cuillère à soupe de sucre", 2, 1, "2 cuillères à soupe de sucre", "fr"},
    {"Crème épaisse : 50 g", 2, 1, "Crème épaisse : 100 g", "fr"},
    {"une gousse d'ail", 3, 1, "3 gousses d'ail", "fr"},
    {"2 à 3 tomates", 2, 1, "4 à 6 tomates", "fr"},
    {"Jus d’1 citron", 2, 1, "Jus d’2 citron", "fr"},
    {"zucchero 130 g", 2, 1, "zucchero 260 g", "it"},
    {"acqua 200 ml + q.b. per crema", 2, 1, "acqua 400 ml + q.b. per crema", "it"},
    {"q.b. sale", 2, 1, "q.b. sale", "it"},
    {"1 spicchio d'aglio", 2, 1, "2 spicchi d'aglio", "it"},
    {"mezzo limone", 2, 1, "1 limone", "it"},
    {"0,5 dl fløde", 3, 1, "1,5 dl fløde", "da"},
    {"玉ねぎ 2個", 2, 1, "玉ねぎ 4個", "ja"},
    {"砂糖 小さじ1", 3, 1, "砂糖 小さじ3", "ja"},
    {"鶏もも肉 500g前後", 2, 1, "鶏もも肉 1kg前後", "ja"},
    {"cebula 1 sztuka", 2, 1, "cebula 2 sztuki", "pl"},
    {"1 colher (chá) de sal", 2, 1, "2 colheres (chá) de sal", "pt"},
    {"80 мл масла", 2, 1, "160 мл масла", "ru"},
    {"масло - 50г", 2, 1, "масло - 100г", "ru"},
};

} // namespace

/// What becomes of a line of ingredients for more or fewer people.
class TestScaling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void onceIsAsWritten();
    void thereAndBack();
    void parts_data();
    void parts();
    void amountsNeverOverlap();
    void hostileLinesEndSoon();
    void realRecipes();
};

void TestScaling::lines_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < std::size(Cases); ++i)
        QTest::addRow("%zu %s", i, Cases[i].line) << int(i);
}

void TestScaling::lines()
{
    QFETCH(int, number);
    const Case &it = Cases[number];
    QCOMPARE(scaledLine(u(it.line), Fraction::of(it.top, it.bottom), u(it.language)), u(it.scaled));
}

void TestScaling::onceIsAsWritten()
{
    for (const Case &it : Cases)
        QCOMPARE(scaledLine(u(it.line), Fraction::of(1), u(it.language)), u(it.line));
    QCOMPARE(scaledLine(u("2 eggs"), Fraction{0, 1}, {}), u("2 eggs"));
}

/// Doubled and halved again a whole amount is what it was.
void TestScaling::thereAndBack()
{
    for (const char *line : {"2 cups milk", "3 cloves garlic", "350 g flour", "1½ tsp salt",
                             "2–3 tbsp oil", "1 cup (240 ml) milk"})
        QCOMPARE(
            scaledLine(scaledLine(u(line), Fraction::of(2), u("en")), Fraction::of(1, 2), u("en")),
            u(line));
}

void TestScaling::parts_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *line, const char *amount, const char *what) {
        QTest::newRow(line) << u(line) << u(amount) << u(what);
    };
    row("1.6 kg whole chicken", "1.6 kg", "Whole chicken");
    row("2 red onions", "2", "Red onions");
    row("1 ½ cups of flour", "1 ½ cups", "Flour");
    row("20–25 cherries", "20–25", "Cherries");
    row("1,2 Liter Gemüsebrühe", "1,2 Liter", "Gemüsebrühe");
    row("250g/9oz flour", "250g/9oz", "Flour");
    row("2 x 400 g tins tomatoes", "2 x 400 g", "Tins tomatoes");
    row("3 gousses d'ail", "3 gousses", "Ail");
    row("zucchero 130 g", "130 g", "Zucchero");
    row("Onions, 1", "1", "Onions");
    row("1 cup (135 g) cashews", "1 cup", "Cashews (135 g)");
    row("half a lemon", "half a", "Lemon");
    row("a pinch of salt", "", "A pinch of salt");
    row("salt and pepper", "", "Salt and pepper");
    row("juice of 2 limes", "", "Juice of 2 limes");
    row("7up", "", "7up");
    row("200 g", "", "200 g");
    row("", "", "");
}

void TestScaling::parts()
{
    QFETCH(QString, line);
    const IngredientParts parts = partsOf(line, {});
    QTEST(parts.amount, "amount");
    QTEST(parts.what, "what");
}

/// On lines made of pieces of lines: spans lie in the line, one after the other.
void TestScaling::amountsNeverOverlap()
{
    QRandomGenerator random(7);
    QStringList pieces{u("("), u(")"), u("/"), u("+"), u("–"), u("x"), u("½"), u("g"), u("of")};
    for (const Case &it : Cases)
        pieces += u(it.line).split(u' ', Qt::SkipEmptyParts);
    for (int round = 0; round < 4000; ++round) {
        QString line;
        for (int i = 0; i < 8; ++i) {
            line += pieces.at(random.bounded(int(pieces.size())));
            if (random.bounded(3) > 0)
                line += u' ';
        }
        qsizetype last = 0;
        const QList<Amount> amounts = amountsIn(line, u(round % 2 ? "de" : "en")).all;
        for (const Amount &amount : amounts) {
            QVERIFY2(amount.low.start >= last, qPrintable(line));
            QVERIFY2(amount.end() > amount.low.start && amount.end() <= line.size(),
                     qPrintable(line));
            QVERIFY2(amount.low.amount.top > 0, qPrintable(line));
            last = amount.end();
        }
        QVERIFY(!scaledLine(line, Fraction::of(2, 3), {}).isEmpty());
    }
}

void TestScaling::hostileLinesEndSoon()
{
    QElapsedTimer watch;
    watch.start();
    for (const QString &piece : {u("1 "), u("1/"), u("("), u("1 (1 "), u("1–"), u("½"), u("and "),
                                 u("0.0"), u("a "), u("1 x "), u("1 g/")})
        for (const int size : {1999, 100'000})
            QVERIFY(
                scaledLine(piece.repeated(size / int(piece.size())), Fraction::of(2), {}).size() >
                0);
    QVERIFY2(watch.elapsed() < 2000, qPrintable(QString::number(watch.elapsed())));
}

/// Lines as strangers wrote them, where that folder lies beside: whatever starts with a number is
/// mostly an amount, and scaled lines are still of the same shape.
void TestScaling::realRecipes()
{
    QDirIterator files(QStringLiteral("/tmp/shared/data/pages"), {u("*.expected.json")},
                       QDir::Files, QDirIterator::Subdirectories);
    if (!files.hasNext())
        QSKIP("the real recipes are not here");
    int numbered = 0;
    int found = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject page = QJsonDocument::fromJson(file.readAll()).object();
        const QString language = page[QLatin1String("lang")].toString();
        const QJsonArray lines = page[QLatin1String("ingredients")].toArray();
        for (const QJsonValue &value : lines) {
            const QString line = value.toString();
            if (line.isEmpty() || !line.front().isNumber())
                continue;
            ++numbered;
            found += amountsIn(line, language).headEnd > 0 ? 1 : 0;
            const QString doubled = scaledLine(line, Fraction::of(2), language);
            QVERIFY2(doubled.size() < line.size() + 24, qPrintable(doubled));
        }
    }
    qInfo("%d of %d lines that begin with a number", found, numbered);
    QVERIFY(numbered > 1000);
    QVERIFY2(found * 100 >= numbered * 97, qPrintable(QString::number(found)));
}

QTEST_GUILESS_MAIN(TestScaling)
#include "tst_scaling.moc"
