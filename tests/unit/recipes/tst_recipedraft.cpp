// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/editing/RecipeDraft.h"

#include <QRandomGenerator>
#include <QTest>

using namespace simmer;
using namespace simmer::recipes;

namespace {

RecipeDraft draft()
{
    RecipeDraft draft;
    draft.id = RecipeId::random();
    Recipe base;
    base.id = draft.id;
    base.title = QStringLiteral("Ragù");
    base.steps = {{QStringLiteral("Simmer 3 hours."), {{7, 14, 10'800, 10'800, {}}}, {}}};
    draft.base = base;
    draft.now = toEdit(base);
    draft.now.lines[0].corrections = {
        {7, 14, QStringLiteral("3 hours"), false, 9000, 10'800, QStringLiteral("Sauce")}};
    draft.now.lines += EditedLine{2, EditedLine::Kind::Heading, QStringLiteral("Nothing yet")};
    draft.now.prepMinutes = 45;
    draft.now.tags = {QStringLiteral("Sunday")};
    draft.now.photos = {BlobHash::of("a")};
    draft.now.isFavourite = true;
    draft.now.ingredients = QStringLiteral("1 onion\n\n");
    draft.keptAt = 1'700'000'000'000;
    draft.isDiscarded = true;
    return draft;
}

} // namespace

class TestRecipeDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack();
    void whatIsTooLongForARecipeComesBack();
    void brokenFilesAreErrors();
    void anyBytesAreADraftOrAnError();
};

void TestRecipeDraft::comesBack()
{
    RecipeDraft typed = draft();
    auto read = decodeDraft(encodeDraft(typed));
    QVERIFY(read);
    QCOMPARE(*read, typed);
    typed.base.reset(); // a new recipe
    typed.now = {};
    read = decodeDraft(encodeDraft(typed));
    QVERIFY(read);
    QCOMPARE(*read, typed);
}

void TestRecipeDraft::whatIsTooLongForARecipeComesBack()
{
    RecipeDraft typed = draft();
    typed.now.title = QString(100'000, u'x');
    typed.now.lines[0].text = QString(300'000, u'ü');
    const auto read = decodeDraft(encodeDraft(typed));
    QVERIFY(read);
    QCOMPARE(*read, typed);
}

void TestRecipeDraft::brokenFilesAreErrors()
{
    const QByteArray whole = encodeDraft(draft());
    QCOMPARE(decodeDraft({}).error().code, ErrorCode::BadSyntax);
    QCOMPARE(decodeDraft(whole.left(whole.size() / 2)).error().code, ErrorCode::BadSyntax);
    QCOMPARE(decodeDraft(QByteArray(whole).replace("\"version\":1", "\"version\":2")).error().code,
             ErrorCode::BadSyntax);
    QCOMPARE(decodeDraft(QByteArray(whole).replace("\"end\":14", "\"end\":99")).error().code,
             ErrorCode::BadSyntax);
    QCOMPARE(decodeDraft(QByteArray(MostDraftBytes + 1, ' ')).error().code, ErrorCode::TooLarge);
}

void TestRecipeDraft::anyBytesAreADraftOrAnError()
{
    const QByteArray whole = encodeDraft(draft());
    QRandomGenerator dice(3);
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes = whole;
        for (int change = dice.bounded(4); change >= 0; --change)
            bytes[dice.bounded(int(bytes.size()))] = char(dice.bounded(256));
        const auto read = decodeDraft(bytes);
        if (!read)
            continue;
        const auto again = decodeDraft(encodeDraft(*read));
        QVERIFY(again);
        QCOMPARE(*again, *read);
    }
}

QTEST_APPLESS_MAIN(TestRecipeDraft)
#include "tst_recipedraft.moc"
