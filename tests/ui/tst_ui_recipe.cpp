// SPDX-License-Identifier: GPL-3.0-or-later
#include "PageEvening.h"
#include "recipe/NotesField.h"
#include "recipe/RecipeBar.h"
#include "recipe/RecipePaper.h"
#include "recipe/RecipeWords.h"
#include "recipe/ServingsStepper.h"
#include "widgets/FlatButton.h"
#include "widgets/HeroView.h"
#include "widgets/IngredientRow.h"

#include <QBuffer>
#include <QClipboard>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using recipes::Fraction;

namespace {

QByteArray photoBytes(const QColor &colour)
{
    QImage picture(600, 400, QImage::Format_RGB32);
    picture.fill(colour);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    picture.save(&bytes, "png");
    return bytes.data();
}

} // namespace

/// What can be done with an open recipe besides its times: servings, notes, favourite, photo,
/// paper.
class TestUiRecipe : public QObject, PageEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }

    void servingsAreTheKitchens();
    void servingsByKeys();
    void quickStepsAddUp();
    void servingsOfOthersAreShown();
    void withoutYieldsItSaysHowManyTimes();
    void notesAreKeptAfterAPause();
    void notesAreKeptOnLeaving();
    void notesOfOthersDoNotReplaceWhatIsTyped();
    void notesOfOthersAreShown();
    void notesSurviveAnotherEdit();
    void favouriteByStarAndKey();
    void photoComes();
    void copyIsText();
    void copyInNotesIsTheNotes();
    void cookIsWished();
    void barWithoutARecipe();
    void pdfIsWritten();
    void pdfThatCannotBeWrittenIsTold();
    void paperHoldsEverything();
    void paperOfAThousandSteps();
    void words();
    void fileNames_data();
    void fileNames();

private:
    QStringList shownAmounts() const;
    QString stepperText() const { return m_page->findChild<ServingsStepper *>()->text(); }
    QPlainTextEdit *notes() const
    {
        return m_page->sheet()->notes()->findChild<QPlainTextEdit *>();
    }
    recipes::Recipe kept() const { return m_kitchen->book().recipes().value(m_roast.id); }
};

void TestUiRecipe::init()
{
    begin();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get(), PatienceMs));
    m_page->open(m_roast.id);
}

QStringList TestUiRecipe::shownAmounts() const
{
    QStringList lines;
    const QList<IngredientRow *> rows = m_page->findChildren<IngredientRow *>();
    for (const IngredientRow *row : rows)
        lines += row->accessibleName();
    return lines;
}

void TestUiRecipe::servingsAreTheKitchens()
{
    QCOMPARE(stepperText(), QStringLiteral("4 servings"));
    QCOMPARE(shownAmounts(), m_roast.ingredients);
    const QList<FlatButton *> buttons =
        m_page->findChild<ServingsStepper *>()->findChildren<FlatButton *>();
    QTest::mouseClick(buttons.at(1), Qt::LeftButton);
    QTRY_COMPARE(stepperText(), QStringLiteral("5 servings"));
    QTest::mouseClick(buttons.at(1), Qt::LeftButton);
    QTRY_COMPARE(stepperText(), QStringLiteral("6 servings"));
    QCOMPARE(m_kitchen->cooking().current(m_roast.id)->scale, (timers::Scale{3, 2}));
    QVERIFY(shownAmounts() != m_roast.ingredients);
    const QList<QLabel *> labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
        return label->text() == QStringLiteral("Written for 4. Times are not scaled.");
    }));
    for (int i = 0; i < 2; ++i) {
        QTest::mouseClick(buttons.at(0), Qt::LeftButton);
        QTRY_COMPARE(stepperText(), QStringLiteral("%1 servings").arg(5 - i));
    }
    QCOMPARE(shownAmounts(), m_roast.ingredients);
}

void TestUiRecipe::servingsByKeys()
{
    m_page->activateWindow();
    m_page->setFocus();
    QTest::keyClick(m_page.get(), Qt::Key_Up, Qt::ControlModifier);
    QTRY_COMPARE(stepperText(), QStringLiteral("5 servings"));
    for (int left = 4; left >= 1; --left) {
        QTest::keyClick(m_page.get(), Qt::Key_Down, Qt::ControlModifier);
        const QString words =
            left == 1 ? QStringLiteral("1 serving") : QStringLiteral("%1 servings").arg(left);
        QTRY_COMPARE(stepperText(), words);
    }
    const QList<FlatButton *> buttons =
        m_page->findChild<ServingsStepper *>()->findChildren<FlatButton *>();
    QVERIFY(!buttons.at(0)->isEnabled());
    QVERIFY(buttons.at(1)->isEnabled());
}

/// Three presses before the first is on the disk are three.
void TestUiRecipe::quickStepsAddUp()
{
    const QList<FlatButton *> buttons =
        m_page->findChild<ServingsStepper *>()->findChildren<FlatButton *>();
    for (int i = 0; i < 3; ++i)
        QTest::mouseClick(buttons.at(1), Qt::LeftButton);
    QTRY_COMPARE(stepperText(), QStringLiteral("7 servings"));
}

void TestUiRecipe::servingsOfOthersAreShown()
{
    m_kitchen->cooking().setScale(m_roast.id, {1, 2});
    QTRY_COMPARE(stepperText(), QStringLiteral("2 servings"));
    m_kitchen->cooking().end(m_roast.id);
    QTRY_COMPARE(stepperText(), QStringLiteral("4 servings"));
}

void TestUiRecipe::withoutYieldsItSaysHowManyTimes()
{
    recipes::Recipe plain = m_roast;
    plain.id = RecipeId::random();
    plain.yields.clear();
    m_kitchen->book().save(plain);
    QTRY_VERIFY(m_kitchen->book().recipes().contains(plain.id));
    m_page->open(plain.id);
    QCOMPARE(stepperText(), QStringLiteral("1 ×"));
    m_kitchen->cooking().setScale(plain.id, {3, 2});
    QTRY_COMPARE(stepperText(), QStringLiteral("1½ ×"));
}

void TestUiRecipe::notesAreKeptAfterAPause()
{
    QTest::keyClicks(notes(), QStringLiteral("Less salt"));
    QVERIFY(kept().notes.isEmpty());
    QTRY_COMPARE(kept().notes, QStringLiteral("Less salt"));
    QCOMPARE(notes()->toPlainText(), QStringLiteral("Less salt"));
}

void TestUiRecipe::notesAreKeptOnLeaving()
{
    QTest::keyClicks(notes(), QStringLiteral("One"));
    m_page->open(m_kitchen->book().recipes().cbegin().key() == m_roast.id
                     ? (++m_kitchen->book().recipes().cbegin()).key()
                     : m_kitchen->book().recipes().cbegin().key());
    QTRY_COMPARE(kept().notes, QStringLiteral("One"));
    m_page->open(m_roast.id);
    QCOMPARE(notes()->toPlainText(), QStringLiteral("One"));
    notes()->moveCursor(QTextCursor::End);
    QTest::keyClicks(notes(), QStringLiteral(" two"));
    m_page.reset(); // the program ends
    QTRY_COMPARE(kept().notes, QStringLiteral("One two"));
}

void TestUiRecipe::notesOfOthersDoNotReplaceWhatIsTyped()
{
    QTest::keyClicks(notes(), QStringLiteral("Mine"));
    recipes::Recipe now = m_roast;
    now.notes = QStringLiteral("Theirs");
    m_kitchen->book().edit(m_roast, now);
    QTRY_COMPARE(kept().notes, QStringLiteral("Theirs"));
    QCOMPARE(notes()->toPlainText(), QStringLiteral("Mine"));
    QTRY_COMPARE(kept().notes, QStringLiteral("Mine")); // the other is in the history
}

void TestUiRecipe::notesOfOthersAreShown()
{
    recipes::Recipe now = m_roast;
    now.notes = QStringLiteral("Theirs");
    m_kitchen->book().edit(m_roast, now);
    QTRY_COMPARE(notes()->toPlainText(), QStringLiteral("Theirs"));
}

/// Somebody edits a step while the notes are written: a new sheet, the same typing.
void TestUiRecipe::notesSurviveAnotherEdit()
{
    QTest::keyClicks(notes(), QStringLiteral("Half-writ"));
    recipes::Recipe now = m_roast;
    now.title = QStringLiteral("Roast, anew");
    m_kitchen->book().edit(m_roast, now);
    QTRY_COMPARE(m_page->sheet()->recipe().title, QStringLiteral("Roast, anew"));
    QCOMPARE(notes()->toPlainText(), QStringLiteral("Half-writ"));
    QTRY_COMPARE(kept().notes, QStringLiteral("Half-writ"));
    QCOMPARE(kept().title, QStringLiteral("Roast, anew"));
}

void TestUiRecipe::favouriteByStarAndKey()
{
    const QPointer<RecipeSheet> sheet = m_page->sheet();
    FlatButton *star = nullptr;
    const QList<FlatButton *> all = m_page->findChild<RecipeBar *>()->findChildren<FlatButton *>();
    for (FlatButton *button : all)
        if (button->toolTip().contains(QLatin1String("Ctrl+D")))
            star = button;
    QVERIFY(star);
    QCOMPARE(star->accessibleName(), QStringLiteral("Make it a favourite"));
    QTest::mouseClick(star, Qt::LeftButton);
    QTRY_VERIFY(kept().isFavourite);
    QTRY_COMPARE(star->accessibleName(), QStringLiteral("No favourite any more"));
    QVERIFY(sheet); // not laid out anew: nobody loses the place
    m_page->activateWindow();
    m_page->setFocus();
    QTest::keyClick(m_page.get(), Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY(!kept().isFavourite);
}

void TestUiRecipe::photoComes()
{
    const BlobHash photo = m_kitchen->keepPhoto(photoBytes(Qt::red));
    PhotoSource photos;
    m_kitchen->bringPhotos(photos);
    m_page->setPhotos(photos);
    HeroView *hero = m_page->sheet()->hero();
    const int coverHeight = hero->height();
    recipes::Recipe now = m_roast;
    now.photos = {photo};
    m_kitchen->book().edit(m_roast, now);
    QTRY_VERIFY(hero->height() > coverHeight);
    const QImage painted = hero->grab().toImage();
    QVERIFY(painted.pixelColor(painted.rect().center()).red() > 240);
    now.photos.clear();
    m_kitchen->book().edit(kept(), now);
    QTRY_COMPARE(hero->height(), coverHeight);
}

void TestUiRecipe::copyIsText()
{
    m_kitchen->cooking().setScale(m_roast.id, {1, 2});
    QTRY_COMPARE(stepperText(), QStringLiteral("2 servings"));
    m_page->activateWindow();
    m_page->setFocus();
    QTest::keyClick(m_page.get(), Qt::Key_C, Qt::ControlModifier);
    const QString text = QApplication::clipboard()->text();
    QVERIFY(text.startsWith(m_roast.title + QLatin1Char('\n')));
    QVERIFY(text.contains(QStringLiteral("2 servings")));
    QVERIFY(text.contains(QStringLiteral("\n1. ") + m_roast.steps.constFirst().text));
    QVERIFY(text.contains(QStringLiteral("- ") + shownAmounts().constFirst()));
}

void TestUiRecipe::copyInNotesIsTheNotes()
{
    m_page->activateWindow();
    QTest::keyClicks(notes(), QStringLiteral("Less salt"));
    notes()->setFocus();
    notes()->selectAll();
    QTest::keyClick(notes(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Less salt"));
}

void TestUiRecipe::cookIsWished()
{
    QSignalSpy wished(m_page.get(), &RecipePage::cookWished);
    m_page->activateWindow();
    m_page->setFocus();
    QTest::keyClick(m_page.get(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(wished.size(), 1);
    QCOMPARE(wished.constFirst().constFirst().value<RecipeId>(), m_roast.id);
    const QList<FlatButton *> all = m_page->findChild<RecipeBar *>()->findChildren<FlatButton *>();
    for (FlatButton *button : all)
        if (button->text() == QLatin1String("Cook"))
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(wished.size(), 2);
}

void TestUiRecipe::barWithoutARecipe()
{
    const auto shown = [this] {
        QStringList names;
        const QList<FlatButton *> all =
            m_page->findChild<RecipeBar *>()->findChildren<FlatButton *>();
        for (const FlatButton *button : all)
            if (button->isVisible())
                names += button->text().isEmpty() ? button->accessibleName() : button->text();
        return names;
    };
    QVERIFY(shown().contains(QStringLiteral("Cook")));
    QVERIFY(!shown().contains(QStringLiteral("Edit recipe"))); // nobody offered an editor
    m_page->offerEditing();
    QVERIFY(shown().contains(QStringLiteral("Edit recipe")));
    m_kitchen->book().remove(m_roast.id);
    QTRY_VERIFY(!m_page->sheet());
    QCOMPARE(shown(),
             (QStringList{QStringLiteral("Show or hide the library"), QStringLiteral("Import…")}));
    QTest::keyClick(m_page.get(), Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(m_page.get(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(m_page->recipe().isNull());
}

void TestUiRecipe::pdfIsWritten()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("roast.pdf"));
    QSignalSpy told(m_page.get(), &RecipePage::told);
    m_page->savePdf(file);
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().constFirst().toString(), QStringLiteral("Saved as %1.").arg(file));
    QFile pdf(file);
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.read(5) == "%PDF-");
    QVERIFY(pdf.size() > 2000);
}

void TestUiRecipe::pdfThatCannotBeWrittenIsTold()
{
    QSignalSpy told(m_page.get(), &RecipePage::told);
    m_page->savePdf(QStringLiteral("/nowhere/roast.pdf"));
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(told.constFirst().constFirst().toString().contains(
        QStringLiteral("Choose another folder")));
}

/// Both columns are on the page, in ink, within its edges.
void TestUiRecipe::paperHoldsEverything()
{
    const QSizeF page(500, 740);
    const RecipePaper paper(m_roast, Fraction::of(2), page);
    QCOMPARE(paper.pages(), 1);
    QImage sheet(600, 840, QImage::Format_RGB32);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    painter.translate(50, 50);
    paper.paint(painter, 0);
    painter.end();
    const auto inkIn = [&](const QRect &place) {
        int dark = 0;
        for (int y = place.top(); y <= place.bottom(); ++y)
            for (int x = place.left(); x <= place.right(); ++x)
                dark += qGray(sheet.pixel(x, y)) < 128 ? 1 : 0;
        return dark;
    };
    QVERIFY(inkIn({50, 50, 500, 40}) > 200);   // title
    QVERIFY(inkIn({50, 120, 160, 300}) > 500); // ingredients
    QVERIFY(inkIn({240, 120, 300, 400}) > 500);
    for (const QRect &edge : {QRect(0, 0, 600, 48), QRect(0, 0, 48, 840), QRect(552, 0, 48, 840),
                              QRect(0, 792, 600, 48)})
        QCOMPARE(inkIn(edge), 0);
}

void TestUiRecipe::paperOfAThousandSteps()
{
    recipes::Recipe long_ = m_roast;
    for (int i = 0; i < 1000; ++i)
        long_.steps += {QStringLiteral("Stir. ").repeated(20), {}, {}};
    long_.ingredients += QString(3000, u'x');
    const RecipePaper paper(long_, Fraction::of(1), {500, 740});
    QVERIFY(paper.pages() > 40);
    QVERIFY(!recipePdf(m_roast, Fraction::of(1)).isEmpty());
    const RecipePaper tiny(m_roast, Fraction::of(1), {40, 10}); // a printer that lies
    QVERIFY(tiny.pages() > 1);
}

void TestUiRecipe::words()
{
    const auto servings = [](const char *yields) {
        return recipes::servingsIn(QString::fromUtf8(yields), QStringLiteral("en"));
    };
    QCOMPARE(RecipeWords::yields(servings("4 servings"), Fraction::of(3, 2)),
             QStringLiteral("6 servings"));
    QCOMPARE(RecipeWords::yields(servings("4 servings"), Fraction::of(1, 4)),
             QStringLiteral("1 serving"));
    QCOMPARE(RecipeWords::yields(servings("12 rolls"), Fraction::of(1, 2)),
             QStringLiteral("6 rolls"));
    QCOMPARE(RecipeWords::yields({}, Fraction::of(2)), QStringLiteral("2 ×"));
    recipes::Recipe rolls;
    rolls.yields = QStringLiteral("12 rolls");
    QCOMPARE(RecipeWords::writtenFor(rolls, Fraction::of(1)), QString());
    QCOMPARE(RecipeWords::writtenFor(rolls, Fraction::of(2)),
             QStringLiteral("Written for 12 rolls. Times are not scaled."));
    rolls.yields.clear();
    QCOMPARE(RecipeWords::writtenFor(rolls, Fraction::of(2)),
             QStringLiteral("Times are not scaled."));
    rolls.totalMinutes = 100;
    QCOMPARE(RecipeWords::meta(rolls, Fraction::of(1)), QStringLiteral("1 h 40 min"));
}

void TestUiRecipe::fileNames_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("Dal tadka") << QStringLiteral("Dal tadka");
    QTest::newRow("path") << QStringLiteral("../a/b\\c: d?")
                          << QStringLiteral(" a b c d").trimmed();
    QTest::newRow("hidden") << QStringLiteral("..rc") << QStringLiteral("rc");
    QTest::newRow("nothing") << QStringLiteral("///") << QStringLiteral("Recipe");
    QTest::newRow("long") << QString(500, u'x') << QString(80, u'x');
}

void TestUiRecipe::fileNames()
{
    QFETCH(QString, title);
    recipes::Recipe recipe;
    recipe.title = title;
    QTEST(RecipeWords::fileName(recipe), "name");
}

QTEST_MAIN(TestUiRecipe)
#include "tst_ui_recipe.moc"
