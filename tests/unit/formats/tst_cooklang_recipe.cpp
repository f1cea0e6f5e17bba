// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/CooklangRecipe.h"
#include "recipes/formats/CooklangTimer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer;
using namespace simmer::recipes;
using namespace simmer::recipes::formats;

namespace {

Recipe recipe(const QString &text)
{
    return recipeFromCooklang(cooklang::parse(text), u"File name"_s);
}

/// "text:shortest-longest:name" a slot.
QStringList slotsOf(const Step &step)
{
    QStringList lines;
    for (const Slot &slot : step.slots)
        lines += u"%1:%2-%3:%4"_s.arg(step.text.mid(slot.start, slot.end - slot.start))
                     .arg(slot.shortestSeconds)
                     .arg(slot.longestSeconds)
                     .arg(slot.name);
    return lines;
}

} // namespace

class TestCooklangRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsAWholeRecipe();
    void readsSteps_data();
    void readsSteps();
    void listsIngredients_data();
    void listsIngredients();
    void placesTimers_data();
    void placesTimers();
    void leavesVagueTimers_data();
    void leavesVagueTimers();
    void addsTimesOfTheText();
    void keepsPlacesWhereTextIsFolded();
    void readsMetadata_data();
    void readsMetadata();
    void gathersTheSummary();
    void fallsBackToTheFileName();
    void needsSteps();
};

void TestCooklangRecipe::mapsAWholeRecipe()
{
    const Recipe mapped = recipe(uR"(---
title: Soft eggs
servings: 2
tags: [breakfast, quick]
time:
  prep: 5 min
  cook: 10 min
source:
  url: https://example.org/eggs
locale: en_GB
---
> For slow mornings.

= Eggs
Boil @eggs{2}(at room temperature) in a #small pot{} for ~eggs{6%minutes}.

= Toast
Toast @bread{2%slices}.
)"_s);
    QCOMPARE(mapped.title, u"Soft eggs"_s);
    QCOMPARE(mapped.yields, u"2 servings"_s);
    QCOMPARE(mapped.tags, (QStringList{u"breakfast"_s, u"quick"_s}));
    QCOMPARE(mapped.prepMinutes, std::optional(5));
    QCOMPARE(mapped.cookMinutes, std::optional(10));
    QCOMPARE(mapped.totalMinutes, std::optional(15));
    QCOMPARE(mapped.source, u"https://example.org/eggs"_s);
    QCOMPARE(mapped.language, u"en"_s);
    QCOMPARE(mapped.summary, u"For slow mornings."_s);
    QCOMPARE(mapped.ingredients,
             (QStringList{u"2 eggs (at room temperature)"_s, u"2 slices bread"_s}));
    QCOMPARE(mapped.steps.size(), 2);
    QCOMPARE(mapped.steps.at(0).section, u"Eggs"_s);
    QCOMPARE(mapped.steps.at(0).text, u"Boil eggs in a small pot for 6 minutes."_s);
    QCOMPARE(slotsOf(mapped.steps.at(0)), QStringList{u"6 minutes:360-360:eggs"_s});
    QCOMPARE(mapped.steps.at(1).section, u"Toast"_s);
}

void TestCooklangRecipe::readsSteps_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("text");
    QTest::newRow("names") << u"Add @sea salt{1%tsp} to the #pan."_s
                           << u"Add sea salt to the pan."_s;
    QTest::newRow("white space") << u"Add  @salt{}  -- or not\n  and stir."_s
                                 << u"Add salt and stir."_s;
    QTest::newRow("kept break") << u"Add @salt{},\\\nstir."_s << u"Add salt,\nstir."_s;
    QTest::newRow("another recipe")
        << u"Pour @./sauces/Hollandaise{150%g}."_s << u"Pour Hollandaise."_s;
    QTest::newRow("marks of extensions")
        << u"Add @&flour{} and @?nuts{}."_s << u"Add flour and nuts."_s;
    QTest::newRow("alias") << u"Pour the @white wine|wine{1%glass}."_s << u"Pour the wine."_s;
    QTest::newRow("named timer without a length")
        << u"Let ~rest, then eat."_s << u"Let rest, then eat."_s;
    QTest::newRow("timer without units") << u"Wait ~{5}."_s << u"Wait 5."_s;
    QTest::newRow("empty timer") << u"Wait ~{} now."_s << u"Wait now."_s;
}

void TestCooklangRecipe::readsSteps()
{
    QFETCH(QString, source);
    QFETCH(QString, text);
    const Recipe mapped = recipe(source);
    QCOMPARE(mapped.steps.size(), 1);
    QCOMPARE(mapped.steps.first().text, text);
}

void TestCooklangRecipe::listsIngredients_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("amount") << u"@thyme{2%sprigs}"_s << QStringList{u"2 sprigs thyme"_s};
    QTest::newRow("as it was written") << u"@milk{1 / 2%cup}"_s << QStringList{u"1 / 2 cup milk"_s};
    QTest::newRow("no amount") << u"@salt"_s << QStringList{u"salt"_s};
    QTest::newRow("preparation") << u"@onion{1}(chopped) @leek{}(sliced)"_s
                                 << QStringList{u"1 onion (chopped)"_s, u"leek (sliced)"_s};
    QTest::newRow("fixed") << u"@yeast{=1%packet}"_s << QStringList{u"1 packet yeast"_s};
    QTest::newRow("mentioned again")
        << u"@flour{200%g}\n\nDust with @Flour and @flour."_s << QStringList{u"200 g flour"_s};
    QTest::newRow("mentioned before")
        << u"Sift @flour.\n\nAdd @flour{200%g}."_s << QStringList{u"200 g flour"_s};
    QTest::newRow("measured twice")
        << u"@oil{1%tbsp} @oil{2%tbsp}"_s << QStringList{u"1 tbsp oil"_s, u"2 tbsp oil"_s};
    QTest::newRow("bare twice") << u"@salt @salt"_s << QStringList{u"salt"_s};
    QTest::newRow("another recipe")
        << u"@./sauces/Hollandaise{150%g}"_s << QStringList{u"150 g Hollandaise"_s};
    QTest::newRow("alias") << u"@white wine|wine{1%glass}"_s
                           << QStringList{u"1 glass white wine"_s};
    QTest::newRow("cookware is none") << u"#pan{2}"_s << QStringList();
}

void TestCooklangRecipe::listsIngredients()
{
    QFETCH(QString, source);
    QFETCH(QStringList, lines);
    QCOMPARE(recipe(source).ingredients, lines);
}

void TestCooklangRecipe::placesTimers_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("slot");
    QTest::newRow("minutes") << u"Wait ~{25%minutes}."_s << u"25 minutes:1500-1500:"_s;
    QTest::newRow("one") << u"Wait ~{1%minute}."_s << u"1 minute:60-60:"_s;
    QTest::newRow("range") << u"Wait ~{20-25%minutes}."_s << u"20-25 minutes:1200-1500:"_s;
    QTest::newRow("range with a dash")
        << u"Wait ~{20 – 25%minutes}."_s << u"20 – 25 minutes:1200-1500:"_s;
    QTest::newRow("name") << u"Wait ~the pasta{9%min}."_s << u"9 min:540-540:the pasta"_s;
    QTest::newRow("fraction") << u"Wait ~{1/2%hour}."_s << u"1/2 hour:1800-1800:"_s;
    QTest::newRow("decimal") << u"Wait ~{1.5%hours}."_s << u"1.5 hours:5400-5400:"_s;
    QTest::newRow("seconds") << u"Wait ~{30%s}."_s << u"30 s:30-30:"_s;
    QTest::newRow("short minutes") << u"Wait ~{5%m}."_s << u"5 m:300-300:"_s;
    QTest::newRow("days") << u"Wait ~{2%days}."_s << u"2 days:172800-172800:"_s;
    QTest::newRow("no unit sign") << u"Wait ~{12 minutes}."_s << u"12 minutes:720-720:"_s;
    QTest::newRow("german") << u"---\nlocale: de\n---\nWarte ~{2%Stunden}."_s
                            << u"2 Stunden:7200-7200:"_s;
    QTest::newRow("french") << u"---\nlocale: fr\n---\nAttendre ~{3%heures}."_s
                            << u"3 heures:10800-10800:"_s;
    QTest::newRow("two lengths") << u"Wait ~{1 hour 30%minutes}."_s
                                 << u"1 hour 30 minutes:5400-5400:"_s;
}

void TestCooklangRecipe::placesTimers()
{
    QFETCH(QString, source);
    QFETCH(QString, slot);
    const Recipe mapped = recipe(source);
    QCOMPARE(slotsOf(mapped.steps.first()), QStringList{slot});
}

void TestCooklangRecipe::leavesVagueTimers_data()
{
    QTest::addColumn<QString>("source");
    QTest::newRow("name only") << u"Let it ~rest."_s;
    QTest::newRow("words") << u"Wait ~{a while}."_s;
    QTest::newRow("no unit") << u"Wait ~{5}."_s;
    QTest::newRow("unknown unit") << u"Wait ~{5%blinks}."_s;
    QTest::newRow("zero") << u"Wait ~{0%minutes}."_s;
    QTest::newRow("backwards") << u"Wait ~{9-5%minutes}."_s;
    QTest::newRow("over 400 days") << u"Wait ~{401%days}."_s;
    QTest::newRow("absurd") << u"Wait ~{99999999999999%hours}."_s;
}

void TestCooklangRecipe::leavesVagueTimers()
{
    QFETCH(QString, source);
    const auto document = cooklang::parse(source);
    for (const cooklang::Item &item : document.steps.first().items) {
        if (item.kind == cooklang::ItemKind::Timer)
            QVERIFY(!timerSlot(item, 0, 5, u"en"_s));
    }
}

void TestCooklangRecipe::addsTimesOfTheText()
{
    const Recipe mapped =
        recipe(u"Boil for ~{5%minutes}, rest 10 minutes, then bake ~{1%hour}. Wait 2 minutes."_s);
    QCOMPARE(slotsOf(mapped.steps.first()),
             (QStringList{u"5 minutes:300-300:"_s, u"10 minutes:600-600:"_s, u"1 hour:3600-3600:"_s,
                          u"2 minutes:120-120:"_s}));
}

void TestCooklangRecipe::keepsPlacesWhereTextIsFolded()
{
    const Recipe mapped =
        recipe(u"  Add   @salt{}  and 🍪,\\\n   wait   ~x{ 7 % minutes }   more."_s);
    const Step step = mapped.steps.first();
    QCOMPARE(step.text, u"Add salt and 🍪,\nwait 7 minutes more."_s);
    QCOMPARE(slotsOf(step), QStringList{u"7 minutes:420-420:x"_s});
}

void TestCooklangRecipe::readsMetadata_data()
{
    QTest::addColumn<QString>("metadata");
    QTest::addColumn<QString>("summary");
    QTest::newRow("title") << u"title: A  B"_s << u"A B||||||"_s;
    QTest::newRow("any case") << u"Title: A\nPrep Time: 15 minutes"_s << u"A||15||15||"_s;
    QTest::newRow("words of times")
        << u"cook time: 1 hour 30 minutes\nprep time: 20 min"_s << u"File name||20|90|110||"_s;
    QTest::newRow("short total") << u"time: 1h30m"_s << u"File name||||90||"_s;
    QTest::newRow("total wins") << u"duration: 45 minutes\ntime.prep: 5 min"_s
                                << u"File name||5||45||"_s;
    QTest::newRow("sizes") << u"servings: 2|4|8"_s << u"File name|2 servings|||||"_s;
    QTest::newRow("yield") << u"yield: 15 cups worth"_s << u"File name|15 cups worth|||||"_s;
    QTest::newRow("book") << u"source: Grandma's book"_s << u"File name|||||Grandma's book|"_s;
    QTest::newRow("language") << u"language: de-AT"_s << u"File name||||||de"_s;
    QTest::newRow("nothing known") << u"mood: good"_s << u"File name||||||"_s;
}

void TestCooklangRecipe::readsMetadata()
{
    QFETCH(QString, metadata);
    QFETCH(QString, summary);
    const Recipe mapped = recipe(u"---\n"_s + metadata + u"\n---\nCook."_s);
    const auto minutes = [](const std::optional<int> &value) {
        return value ? QString::number(*value) : QString();
    };
    const QStringList fields{mapped.title,
                             mapped.yields,
                             minutes(mapped.prepMinutes),
                             minutes(mapped.cookMinutes),
                             minutes(mapped.totalMinutes),
                             mapped.source,
                             mapped.language};
    QCOMPARE(fields.join(u'|'), summary);
}

void TestCooklangRecipe::gathersTheSummary()
{
    const Recipe mapped = recipe(
        u"---\ndescription: Warm.\ncourse: dinner\ntags: a, b\ncuisine: Thai\n---\n> Hot.\n\nCook."_s);
    QCOMPARE(mapped.summary, u"Warm.\nHot."_s);
    QCOMPARE(mapped.tags, (QStringList{u"a"_s, u"b"_s, u"dinner"_s, u"Thai"_s}));
}

void TestCooklangRecipe::fallsBackToTheFileName()
{
    const auto read = readCooklang(u"Pea soup.v2.cook"_s, u"Boil."_s);
    QVERIFY(read);
    QCOMPARE(read->first().title, u"Pea soup.v2"_s);
    QVERIFY(!readCooklang(QString(), u"Boil."_s)->first().title.isEmpty());
}

void TestCooklangRecipe::needsSteps()
{
    for (const QString &text : {u"---\ntitle: A\n---\n"_s, u"-- only a comment"_s, u"> note"_s,
                                u"= Section"_s, u"~{}"_s}) {
        const auto read = readCooklang(u"a.cook"_s, text);
        QVERIFY2(!read, qPrintable(text));
        QCOMPARE(read.error().code, ErrorCode::NoRecipe);
    }
}

QTEST_GUILESS_MAIN(TestCooklangRecipe)
#include "tst_cooklang_recipe.moc"
