// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/Manuscript.h"
#include "recipes/times/TimeFinder.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;
using recipes::Correction;
using recipes::EditedLine;
using recipes::EditedRecipe;
using recipes::Recipe;

namespace {

using Field = TextPlace::Field;

Recipe ragu()
{
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Ragù");
    recipe.ingredients = {QStringLiteral("1 onion"), QStringLiteral("500 g beef")};
    const auto step = [](const char *text, const char *section) {
        const QString words = QString::fromUtf8(text);
        return recipes::Step{words, recipes::findTimes(words), QString::fromUtf8(section)};
    };
    recipe.steps = {step("Sweat for 12–15 minutes.", "Soffritto"), step("Brown 10 minutes.", ""),
                    step("Simmer for 3 hours, rest overnight.", "")};
    recipe.tags = {QStringLiteral("Sunday")};
    recipe.photos = {BlobHash::of("a"), BlobHash::of("b")};
    return recipe;
}

void type(Manuscript &manuscript, const TextPlace &place, const QString &text)
{
    for (const QChar letter : text)
        manuscript.type(place, {int(manuscript.text(place).size()), 0, 1}, QString(letter));
}

/// Anything that an editor can do, at random.
void doSomething(Manuscript &manuscript, QRandomGenerator &dice)
{
    const QList<EditedLine> &lines = manuscript.now().lines;
    const auto some = [&] { return lines.at(dice.bounded(int(lines.size()))).key; };
    const auto typeAt = [&](const TextPlace &place) {
        const int length = int(manuscript.text(place).size());
        const int at = dice.bounded(length + 1);
        const QString added = QStringList{QStringLiteral("x"), QStringLiteral(" 5 minutes"),
                                          QString()}[dice.bounded(3)];
        manuscript.type(place, {at, dice.bounded(std::min(5, length - at) + 1), int(added.size())},
                        added);
    };
    switch (dice.bounded(13)) {
    case 0:
    case 1:
        return typeAt({Field(dice.bounded(int(Field::Line)))});
    case 2:
    case 3:
        return lines.isEmpty() ? void() : typeAt({Field::Line, some()});
    case 4:
        manuscript.insertLine(dice.bounded(int(lines.size()) + 1),
                              dice.bounded(3) ? EditedLine::Kind::Step : EditedLine::Kind::Heading);
        return;
    case 5:
        return lines.isEmpty() ? void() : manuscript.removeLine(some());
    case 6:
        return lines.isEmpty() ? void() : manuscript.moveLine(some(), dice.bounded(-3, 4));
    case 7: {
        if (lines.isEmpty())
            return;
        const quint64 key = some();
        if (manuscript.line(key).isStep())
            manuscript.splitStep(key, dice.bounded(int(manuscript.line(key).text.size()) + 1));
        return;
    }
    case 8: {
        if (lines.isEmpty())
            return;
        const quint64 key = some();
        const int length = int(manuscript.line(key).text.size());
        if (!manuscript.line(key).isStep() || length < 2)
            return;
        const int from = dice.bounded(length - 1);
        return manuscript.correct(key, {from, from + 1, manuscript.line(key).text.mid(from, 1),
                                        dice.bounded(2) == 0, 60, 90, QStringLiteral("n")});
    }
    case 9:
        return manuscript.setTags({QString::number(dice.bounded(5))});
    case 10:
        return manuscript.setMinutes(&EditedRecipe::prepMinutes, dice.bounded(9));
    case 11:
        return manuscript.setPhotos({BlobHash::of(QByteArray::number(dice.bounded(4)))});
    case 12:
        return manuscript.setFavourite(dice.bounded(2) == 0);
    }
}

} // namespace

/// The recipe on the desk and its one undo stack, without a window.
class TestManuscript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unchangedIsUnchanged();
    void undoAllIsTheStartAndRedoAllTheEnd();
    void typingIsUndoneByWords();
    void takingBackIsOneStep();
    void splittingKeepsCorrections();
    void linesMoveAsFarAsThereAre();
    void timesOfALongTextComeLater();
    void savingHasTheTimesOfItsText();
    void othersFieldsFlowIn();
    void whatBothTouchedStays();
    void nothingUndoneIsLostByOthers();
    void undoNeverGoesBehindWhatIsSaved();
    void draftsComeBack();
};

void TestManuscript::unchangedIsUnchanged()
{
    Recipe odd = ragu();
    odd.title = QStringLiteral(" Ragù ");
    odd.steps[0].text += QStringLiteral("\r\n");
    odd.ingredients += QString();
    Manuscript manuscript(odd);
    QVERIFY(!manuscript.isChanged());
    QVERIFY(!manuscript.isNew());
    Manuscript fresh;
    QVERIFY(fresh.isNew());
    QVERIFY(!fresh.isChanged());
    QCOMPARE(fresh.now().lines.size(), 1); // somewhere to type
    type(fresh, {Field::Title}, QStringLiteral("x"));
    QVERIFY(fresh.isChanged());
    fresh.undoStack().undo();
    QVERIFY(!fresh.isChanged());
}

void TestManuscript::undoAllIsTheStartAndRedoAllTheEnd()
{
    for (quint32 seed = 1; seed <= 25; ++seed) {
        QRandomGenerator dice(seed);
        Manuscript manuscript(ragu());
        const EditedRecipe start = manuscript.now();
        const Recipe startRecipe = manuscript.recipe();
        QUndoStack &stack = manuscript.undoStack();
        for (int act = 0; act < 120; ++act) {
            doSomething(manuscript, dice);
            for (int back = dice.bounded(6) == 0 ? dice.bounded(4) : 0; back > 0; --back)
                stack.undo();
            for (int on = dice.bounded(9) == 0 ? dice.bounded(4) : 0; on > 0; --on)
                stack.redo();
        }
        const EditedRecipe end = manuscript.now();
        const Recipe endRecipe = manuscript.recipe();
        const int index = stack.index();
        while (stack.canUndo())
            stack.undo();
        QCOMPARE(manuscript.now(), start);
        QCOMPARE(manuscript.recipe(), startRecipe);
        QVERIFY(!manuscript.isChanged());
        while (stack.index() < index)
            stack.redo();
        QCOMPARE(manuscript.now(), end);
        QCOMPARE(manuscript.recipe(), endRecipe);
    }
}

void TestManuscript::typingIsUndoneByWords()
{
    Manuscript manuscript(ragu());
    type(manuscript, {Field::Notes}, QStringLiteral("more salt"));
    type(manuscript, {Field::Summary}, QStringLiteral("Slow"));
    QCOMPARE(manuscript.undoStack().count(), 3);
    manuscript.undoStack().undo();
    manuscript.undoStack().undo();
    QCOMPARE(manuscript.now().notes, QStringLiteral("more "));
    QCOMPARE(manuscript.now().summary, QString());
    manuscript.undoStack().redo();
    manuscript.undoStack().redo();
    QCOMPARE(manuscript.now().notes, QStringLiteral("more salt"));
    QCOMPARE(manuscript.now().summary, QStringLiteral("Slow"));
}

void TestManuscript::takingBackIsOneStep()
{
    Manuscript manuscript(ragu());
    for (int at = 3; at >= 2; --at) // Backspace
        manuscript.type({Field::Title}, {at, 1, 0}, {});
    QCOMPARE(manuscript.now().title, QStringLiteral("Ra"));
    for (int twice = 0; twice < 2; ++twice) // Delete
        manuscript.type({Field::Title}, {0, 1, 0}, {});
    manuscript.undoStack().undo();
    QCOMPARE(manuscript.now().title, QStringLiteral("Ra"));
    manuscript.undoStack().undo();
    QCOMPARE(manuscript.now().title, QStringLiteral("Ragù"));
}

void TestManuscript::splittingKeepsCorrections()
{
    Manuscript manuscript(ragu());
    const quint64 key = manuscript.now().lines.constLast().key;
    const QString text = manuscript.line(key).text;
    const int at = int(text.indexOf(QLatin1String("overnight")));
    manuscript.correct(key, {at, at + 9, QStringLiteral("overnight"), false, 28'800, 43'200, {}});
    const int hours = int(text.indexOf(QLatin1String("3 hours")));
    manuscript.correct(key, {hours, hours + 7, QStringLiteral("3 hours"), true, 0, 0, {}});
    const quint64 second = manuscript.splitStep(key, int(text.indexOf(QLatin1String(" rest"))));
    QCOMPARE(manuscript.line(second).text, QStringLiteral("rest overnight."));
    QCOMPARE(manuscript.times(second), (QList<recipes::Slot>{{5, 14, 28'800, 43'200, {}}}));
    QVERIFY(manuscript.times(key).isEmpty());
    QVERIFY(manuscript.line(key).corrections.constFirst().isDenied);
    manuscript.undoStack().undo();
    QCOMPARE(manuscript.line(key).text, text);
    QCOMPARE(manuscript.times(key).size(), 1);
}

void TestManuscript::linesMoveAsFarAsThereAre()
{
    Manuscript manuscript(ragu());
    const quint64 last = manuscript.now().lines.constLast().key;
    QSignalSpy moved(&manuscript, &Manuscript::linesChanged);
    manuscript.moveLine(last, -99);
    QCOMPARE(manuscript.indexOf(last), 0);
    manuscript.moveLine(last, -1);
    QCOMPARE(moved.size(), 1);
    manuscript.undoStack().undo();
    QVERIFY(!manuscript.isChanged());
}

void TestManuscript::timesOfALongTextComeLater()
{
    Manuscript manuscript(ragu());
    const quint64 key = manuscript.now().lines.constLast().key;
    QSignalSpy read(&manuscript, &Manuscript::timesChanged);
    const QString added = QStringLiteral(" Stir. ").repeated(900) + QStringLiteral("20 minutes. ");
    manuscript.type({Field::Line, key}, {0, 0, int(added.size())}, added);
    QCOMPARE(manuscript.times(key).size(), 1); // the old one, moved
    QCOMPARE(read.size(), 0);
    QTRY_COMPARE(manuscript.times(key).size(), 2);
}

void TestManuscript::savingHasTheTimesOfItsText()
{
    Manuscript manuscript(ragu());
    const quint64 key = manuscript.now().lines.constLast().key;
    const QString added = QStringLiteral(" Stir. ").repeated(900) + QStringLiteral("20 minutes. ");
    manuscript.type({Field::Line, key}, {0, 0, int(added.size())}, added);
    QCOMPARE(manuscript.recipe().steps.constLast().slots.size(), 2); // although not read yet
}

void TestManuscript::othersFieldsFlowIn()
{
    const Recipe was = ragu();
    Manuscript manuscript(was);
    type(manuscript, {Field::Notes}, QStringLiteral("Mine"));
    Recipe theirs = was;
    theirs.title = QStringLiteral("Ragù alla bolognese");
    theirs.steps.removeFirst();
    QSignalSpy titles(&manuscript, &Manuscript::textChanged);
    const auto merge = manuscript.receive(theirs);
    QCOMPARE(merge.theirsOnly, (QStringList{QStringLiteral("title"), QStringLiteral("steps")}));
    QCOMPARE(titles.size(), 1);
    QCOMPARE(manuscript.now().title, theirs.title);
    QCOMPARE(manuscript.recipe().steps, theirs.steps);
    QCOMPARE(manuscript.base().title, theirs.title);
    QCOMPARE(manuscript.now().notes, QStringLiteral("Mine"));
    manuscript.undoStack().undo(); // both the sight and the base: nothing of theirs is written over
    QCOMPARE(manuscript.now().title, was.title);
    QCOMPARE(manuscript.base().title, was.title);
}

void TestManuscript::whatBothTouchedStays()
{
    const Recipe was = ragu();
    Manuscript manuscript(was);
    type(manuscript, {Field::Title}, QStringLiteral("!"));
    Recipe theirs = was;
    theirs.title = QStringLiteral("Theirs");
    QCOMPARE(manuscript.receive(theirs).contested, QStringList{QStringLiteral("title")});
    QCOMPARE(manuscript.now().title, QStringLiteral("Ragù!"));
    manuscript.takeField(QStringLiteral("title"), theirs);
    QCOMPARE(manuscript.now().title, QStringLiteral("Theirs"));
    QVERIFY(manuscript.receive(theirs).isEmpty());
    manuscript.undoStack().undo();
    QCOMPARE(manuscript.now().title, QStringLiteral("Ragù!"));
    manuscript.keepField(QStringLiteral("title"), theirs);
    QVERIFY(manuscript.receive(theirs).isEmpty());
    QVERIFY(manuscript.isChanged());
}

void TestManuscript::nothingUndoneIsLostByOthers()
{
    const Recipe was = ragu();
    Manuscript manuscript(was);
    type(manuscript, {Field::Notes}, QStringLiteral("Mine"));
    manuscript.undoStack().undo();
    Recipe theirs = was;
    theirs.title = QStringLiteral("Theirs");
    QCOMPARE(manuscript.receive(theirs).contested, QStringList{QStringLiteral("title")});
    manuscript.undoStack().redo();
    QCOMPARE(manuscript.now().notes, QStringLiteral("Mine"));
    QCOMPARE(manuscript.receive(theirs).theirsOnly, QStringList{QStringLiteral("title")});
}

void TestManuscript::undoNeverGoesBehindWhatIsSaved()
{
    const Recipe was = ragu();
    Manuscript manuscript(was);
    Recipe theirs = was;
    theirs.title = QStringLiteral("Theirs");
    manuscript.receive(theirs);
    type(manuscript, {Field::Notes}, QStringLiteral("Mine"));
    manuscript.noteSaved(manuscript.recipe());
    QVERIFY(!manuscript.isChanged());
    while (manuscript.undoStack().canUndo())
        manuscript.undoStack().undo();
    // What is seen differs from what is in the book, so saving writes both.
    QCOMPARE(manuscript.recipe().title, was.title);
    QCOMPARE(manuscript.base().title, QStringLiteral("Theirs"));
    QCOMPARE(manuscript.base().notes, QStringLiteral("Mine"));
}

void TestManuscript::draftsComeBack()
{
    Manuscript manuscript(ragu());
    type(manuscript, {Field::Title}, QStringLiteral("!"));
    const quint64 key = manuscript.insertLine(0, EditedLine::Kind::Step);
    type(manuscript, {Field::Line, key}, QStringLiteral("Wait 10 minutes"));
    const auto read = recipes::decodeDraft(recipes::encodeDraft(manuscript.draft(7)));
    QVERIFY(read);
    Manuscript again(*read);
    QCOMPARE(again.recipe(), manuscript.recipe());
    QCOMPARE(again.base(), manuscript.base());
    QTRY_COMPARE(again.times(again.now().lines.constFirst().key).size(), 1);
}

QTEST_GUILESS_MAIN(TestManuscript)
#include "tst_ui_manuscript.moc"
