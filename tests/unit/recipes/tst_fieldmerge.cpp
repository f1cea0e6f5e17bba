// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/RecipeCodec.h"
#include "recipes/editing/FieldMerge.h"
#include "recipes/editing/LineDiff.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace simmer;
using namespace simmer::recipes;

namespace {

Recipe full()
{
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Soup");
    recipe.summary = QStringLiteral("Hot");
    recipe.yields = QStringLiteral("2");
    recipe.source = QStringLiteral("Aunt");
    recipe.language = QStringLiteral("en");
    recipe.notes = QStringLiteral("More salt");
    recipe.ingredients = {QStringLiteral("leek")};
    recipe.steps = {{QStringLiteral("Boil."), {}, {}}};
    recipe.tags = {QStringLiteral("winter")};
    recipe.prepMinutes = 1;
    recipe.cookMinutes = 2;
    recipe.totalMinutes = 3;
    recipe.isFavourite = true;
    recipe.photos = {BlobHash::of("a")};
    return recipe;
}

QString joined(const QList<DiffRow> &rows)
{
    QStringList texts;
    for (const DiffRow &row : rows)
        texts += row.isSame()
                     ? *row.before
                     : row.before.value_or(QString()) + u'|' + row.after.value_or(QString());
    return texts.join(u' ');
}

} // namespace

class TestFieldMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreAllThereAre();
    void merges();
    void takesOneField();
    void valuesAreChecked();
    void diffs_data();
    void diffs();
    void anyDiffHasBothTexts();
    void hugeDiffsEnd();
};

void TestFieldMerge::fieldsAreAllThereAre()
{
    QStringList named = toJson(full()).keys();
    QStringList ours = recipeFields();
    named.sort();
    ours.sort();
    QCOMPARE(ours, named);
}

void TestFieldMerge::merges()
{
    const Recipe base = full();
    Recipe mine = base;
    Recipe theirs = base;
    QVERIFY(mergeFields(base, mine, theirs).isEmpty());
    mine.title = QStringLiteral("Leek soup");
    theirs.title = QStringLiteral("Soup of leek");
    theirs.notes.clear();
    mine.tags.clear();
    theirs.tags.clear();
    mine.summary = QStringLiteral("Very hot");
    const FieldMerge merge = mergeFields(base, mine, theirs);
    QCOMPARE(merge.contested, QStringList{QStringLiteral("title")});
    QCOMPARE(merge.theirsOnly, QStringList{QStringLiteral("notes")});
    QCOMPARE(merge.alike, QStringList{QStringLiteral("tags")});
}

void TestFieldMerge::takesOneField()
{
    const Recipe all = full();
    for (const QString &field : recipeFields()) {
        Recipe none;
        none.id = all.id;
        const Recipe one = withField(none, field, all);
        QCOMPARE(fieldOf(one, field), fieldOf(all, field));
        QVERIFY2(one != none, qPrintable(field));
        QCOMPARE(withField(one, field, none), none);
        const EditedRecipe editing = withField(toEdit(none), field, toEdit(all));
        QCOMPARE(edited(all.id, editing), one);
    }
    QCOMPARE(withField(all, QStringLiteral("colour"), Recipe()), all);
}

void TestFieldMerge::valuesAreChecked()
{
    const Recipe soup = full();
    const auto leek = withValue(soup, QStringLiteral("title"), QStringLiteral("Leek"));
    QVERIFY(leek);
    QCOMPARE(leek->title, QStringLiteral("Leek"));
    const auto bare = withValue(soup, QStringLiteral("notes"), QJsonValue());
    QVERIFY(bare && bare->notes.isEmpty());
    QCOMPARE(withValue(soup, QStringLiteral("title"), 7).error().code, ErrorCode::BadSyntax);
    QCOMPARE(withValue(soup, QStringLiteral("colour"), 7).error().code, ErrorCode::BadSyntax);
}

void TestFieldMerge::diffs_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("rows");
    QTest::newRow("the same") << "a b c"
                              << "a b c"
                              << "a b c";
    QTest::newRow("one changed") << "a b c"
                                 << "a x c"
                                 << "a b|x c";
    QTest::newRow("one came") << "a c"
                              << "a b c"
                              << "a |b c";
    QTest::newRow("one went") << "a b c"
                              << "a c"
                              << "a b| c";
    QTest::newRow("moved") << "a b c"
                           << "b c a"
                           << "a| b c |a";
    QTest::newRow("more came than went") << "a b z"
                                         << "a x y z"
                                         << "a b|x |y z";
    QTest::newRow("from nothing") << ""
                                  << "a"
                                  << "|a";
}

void TestFieldMerge::diffs()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto lines = [](const QString &text) { return text.split(u' ', Qt::SkipEmptyParts); };
    QTEST(joined(diffLines(lines(before), lines(after))), "rows");
}

void TestFieldMerge::anyDiffHasBothTexts()
{
    QRandomGenerator dice(9);
    for (int round = 0; round < 500; ++round) {
        QStringList before;
        QStringList after;
        for (QStringList *text : {&before, &after})
            for (int line = dice.bounded(12); line > 0; --line)
                *text += QString(QChar(u'a' + dice.bounded(4)));
        QStringList left;
        QStringList right;
        const QList<DiffRow> rows = diffLines(before, after);
        for (const DiffRow &row : rows) {
            QVERIFY(row.before || row.after);
            if (row.before)
                left += *row.before;
            if (row.after)
                right += *row.after;
        }
        QCOMPARE(left, before);
        QCOMPARE(right, after);
    }
}

void TestFieldMerge::hugeDiffsEnd()
{
    QStringList before{QStringLiteral("first")};
    QStringList after{QStringLiteral("first")};
    for (int line = 0; line < 20'000; ++line) {
        before += QString::number(line);
        after += QString::number(line + 7);
    }
    QElapsedTimer timer;
    timer.start();
    const QList<DiffRow> rows = diffLines(before, after);
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(rows.constFirst().before, std::optional(QStringLiteral("first")));
    QCOMPARE(rows.size(), 20'001);
}

QTEST_APPLESS_MAIN(TestFieldMerge)
#include "tst_fieldmerge.moc"
