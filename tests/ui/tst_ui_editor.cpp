// SPDX-License-Identifier: GPL-3.0-or-later
#include "EditorEvening.h"

#include <QRandomGenerator>

/// Writing recipes in the real window, over real storage.
class TestUiEditor : public QObject, protected EditorEvening
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init() { begin(); }
    void cleanup() { end(); }

    void newRecipeIsWrittenAndSaved();
    void keysOpenIt();
    void stepsByKeys();
    void stepIsDividedWhereTheCursorIs();
    void removedStepComesBack();
    void everyFieldIsUndoneByOneStack();
    void spacesThatDoNotBreakStay();
    void ingredientsMove();
    void tagsAndMinutes();
    void timesShowAsTheyAreTyped();
    void selectionBecomesATimer();
    void unreadableSelectionAsksItsLength();
    void inspectorCorrects();
    void whateverIsDoneIsShownAndUndone();

private:
    void actByChance(QRandomGenerator &dice);
};

void TestUiEditor::newRecipeIsWrittenAndSaved()
{
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(m_window->editorDesk().isOpen());
    QTest::keyClicks(editor().focusWidget(), QStringLiteral("Toast"));
    editor().findChild<LinesEdit *>()->setFocus();
    QTest::keyClicks(editor().findChild<LinesEdit *>(), QStringLiteral("2 slices"));
    QTest::keyClick(editor().findChild<LinesEdit *>(), Qt::Key_Return);
    QTest::keyClicks(editor().findChild<LinesEdit *>(), QStringLiteral("butter"));
    QTest::keyClicks(&step(0), QStringLiteral("Toast for 3 minutes."));
    const RecipeId id = manuscript().id();
    press("Save");
    QTRY_VERIFY(!m_window->editorDesk().isOpen());
    const Recipe toast = saved(id);
    QCOMPARE(toast.title, QStringLiteral("Toast"));
    QCOMPARE(toast.ingredients,
             (QStringList{QStringLiteral("2 slices"), QStringLiteral("butter")}));
    QCOMPARE(toast.steps.constFirst().slots.constFirst().longestSeconds, 180);
    QCOMPARE(m_window->findChild<RecipePage *>()->recipe(), id);
    QVERIFY(m_window->findChild<RecipePage *>()->isVisible());
}

void TestUiEditor::keysOpenIt()
{
    const RecipeId roast = m_samples.value(QStringLiteral("roast-chicken")).id;
    m_window->openRecipe(roast);
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(m_window->editorDesk().recipe(), roast);
    QVERIFY(editor().isVisible());
    m_window->openRecipe(m_samples.value(QStringLiteral("dal-tadka")).id);
    QVERIFY(!editor().isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(m_window->editorDesk().recipe(), roast); // it was still being written
    QVERIFY(editor().isVisible());
}

void TestUiEditor::stepsByKeys()
{
    open("dal-tadka");
    const auto texts = [this] {
        QStringList lines;
        for (const EditedLine &line : manuscript().now().lines)
            lines += line.text;
        return lines;
    };
    const QStringList start = texts();
    StepEdit &first = step(0);
    first.setFocus();
    first.moveCursor(QTextCursor::End);
    QTest::keyClick(&first, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(step(1).hasFocus());
    QTest::keyClicks(&step(1), QStringLiteral("Wait"));
    QCOMPARE(texts().at(1), QStringLiteral("Wait"));
    QTest::keyClick(&step(1), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(texts().at(0), QStringLiteral("Wait"));
    QVERIFY(step(0).hasFocus());
    QTest::keyClick(&step(0), Qt::Key_Down, Qt::AltModifier);
    for (int letter = 0; letter < 4; ++letter)
        QTest::keyClick(&step(1), Qt::Key_Backspace);
    QTest::keyClick(&step(1), Qt::Key_Backspace); // an empty step goes
    QCOMPARE(texts(), start);
    QVERIFY(step(0).hasFocus());
    QTest::keyClick(&step(0), Qt::Key_Down); // out of its last line
    QTRY_VERIFY(step(0).hasFocus() || step(1).hasFocus());
    while (manuscript().undoStack().canUndo())
        QTest::keyClick(editor().focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(texts(), start);
    QVERIFY(!manuscript().isChanged());
}

void TestUiEditor::stepIsDividedWhereTheCursorIs()
{
    open("dal-tadka");
    const QList<EditedLine> start = manuscript().now().lines;
    const QString text = start.constFirst().text;
    const int at = int(text.indexOf(u' ', text.size() / 2));
    QVERIFY(at > 0);
    StepEdit &first = step(0);
    first.setFocus();
    QTextCursor cursor = first.textCursor();
    cursor.setPosition(at);
    first.setTextCursor(cursor);
    QTest::keyClick(&first, Qt::Key_Return, Qt::ControlModifier);
    const auto shows = [this](int line, const QString &what) {
        return manuscript().now().lines.at(line).text == what && step(line).toPlainText() == what;
    };
    const auto isDivided = [&] {
        return manuscript().now().lines.size() == start.size() + 1 && shows(0, text.left(at)) &&
               shows(1, text.mid(at + 1)) && shows(2, start.at(1).text);
    };
    QVERIFY(isDivided());
    QVERIFY(step(1).hasFocus());
    QTRY_COMPARE(manuscript().undoStack().count(), 1); // reading its times types nothing
    QTest::keyClick(&step(1), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(manuscript().now().lines, start);
    QVERIFY(shows(0, text) && shows(1, start.at(1).text));
    QVERIFY(!manuscript().isChanged());
    manuscript().undoStack().redo();
    QVERIFY(isDivided());
}

void TestUiEditor::removedStepComesBack()
{
    open("dal-tadka");
    const QString text = step(1).toPlainText();
    auto *row = column().rowNow(manuscript().now().lines.at(1).key);
    step(1).setFocus();
    const QList<FlatButton *> buttons = row->findChildren<FlatButton *>();
    const auto bin = std::find_if(buttons.cbegin(), buttons.cend(), [](const FlatButton *button) {
        return button->accessibleName() == QLatin1String("Remove step 2");
    });
    QVERIFY(bin != buttons.cend() && (*bin)->isVisible());
    QTest::mouseClick(*bin, Qt::LeftButton);
    QVERIFY(step(1).toPlainText() != text);
    QTest::keyClick(editor().focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(step(1).toPlainText(), text);
    QTest::keyClick(editor().focusWidget(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(step(1).toPlainText() != text);
}

void TestUiEditor::everyFieldIsUndoneByOneStack()
{
    open("dal-tadka");
    auto *title = editor().findChild<AboutPane *>()->title();
    const QString was = title->text();
    title->setFocus();
    title->end(false);
    QTest::keyClicks(title, QStringLiteral("!"));
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("x"));
    QTest::keyClick(&step(0), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!step(0).toPlainText().startsWith(u'x'));
    QCOMPARE(title->text(), was + u'!');
    QTest::keyClick(&step(0), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(title->text(), was);
    QVERIFY(!manuscript().isChanged());
}

void TestUiEditor::spacesThatDoNotBreakStay()
{
    Recipe recipe = m_samples.value(QStringLiteral("dal-tadka"));
    recipe.id = RecipeId::random();
    recipe.steps[0].text = QStringLiteral("Cook\u00a0it 10\u00a0minutes.");
    recipe.steps[0].slots = recipes::findTimes(recipe.steps[0].text);
    m_kitchen->book().save(recipe);
    QTRY_VERIFY(m_kitchen->book().recipes().contains(recipe.id));
    m_window->editorDesk().edit(recipe.id);
    step(0).moveCursor(QTextCursor::End);
    QTest::keyClicks(&step(0), QStringLiteral("!"));
    QCOMPARE(manuscript().recipe().steps[0].text, recipe.steps[0].text + u'!');
    QCOMPARE(manuscript().recipe().steps[0].slots, recipe.steps[0].slots);
}

void TestUiEditor::ingredientsMove()
{
    open("dal-tadka");
    auto *lines = editor().findChild<LinesEdit *>();
    const QStringList was = manuscript().recipe().ingredients;
    lines->setFocus();
    lines->moveCursor(QTextCursor::Start);
    QTest::keyClick(lines, Qt::Key_Down, Qt::AltModifier);
    QStringList moved = was;
    moved.move(0, 1);
    QCOMPARE(manuscript().recipe().ingredients, moved);
    QTest::keyClick(lines, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(manuscript().recipe().ingredients, was);
    QTest::keyClick(lines, Qt::Key_Up, Qt::AltModifier); // it is the first
    QCOMPARE(manuscript().recipe().ingredients, was);
    lines->moveCursor(QTextCursor::End);
    QTest::keyClick(lines, Qt::Key_Up, Qt::AltModifier);
    moved = was;
    moved.move(was.size() - 1, was.size() - 2);
    QCOMPARE(manuscript().recipe().ingredients, moved);
    QTest::keyClick(lines, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(manuscript().recipe().ingredients, was);
}

void TestUiEditor::tagsAndMinutes()
{
    open("dal-tadka");
    const QStringList was = manuscript().now().tags;
    auto *tags = editor().findChild<TagsEdit *>();
    auto *add = tags->findChild<QLineEdit *>();
    add->setFocus();
    QTest::keyClicks(add, QStringLiteral("for the freezer,Sunday"));
    QTest::keyClick(add, Qt::Key_Return);
    QCOMPARE(manuscript().now().tags,
             was + QStringList({QStringLiteral("for the freezer"), QStringLiteral("Sunday")}));
    QTest::keyClick(add, Qt::Key_Backspace);
    QCOMPARE(manuscript().now().tags.size(), was.size() + 1);
    auto *minutes = editor().findChild<MinutesEdit *>();
    minutes->setFocus();
    minutes->selectAll();
    QTest::keyClicks(minutes, QStringLiteral("1½ hours"));
    QTest::keyClick(minutes, Qt::Key_Return);
    QCOMPARE(manuscript().now().prepMinutes, std::optional(90));
    QCOMPARE(minutes->text(), QStringLiteral("1 h 30 min"));
    minutes->selectAll();
    QTest::keyClicks(minutes, QStringLiteral("soon"));
    QTest::keyClick(minutes, Qt::Key_Return);
    QCOMPARE(manuscript().now().prepMinutes, std::optional(90));
    QVERIFY(!minutes->toolTip().isEmpty());
}

void TestUiEditor::timesShowAsTheyAreTyped()
{
    open("dal-tadka");
    step(0).setFocus();
    step(0).moveCursor(QTextCursor::Start);
    const auto before = step(0).times().size();
    QTest::keyClicks(&step(0), QStringLiteral("Wait 7 minutes. "));
    QCOMPARE(step(0).times().size(), before + 1);
    QCOMPARE(step(0).times().constFirst().longestSeconds, 420);
    QCOMPARE(editor().times()->forms().size(), before + 1);
    QCOMPARE(editor().times()->forms().constFirst()->time().words, QStringLiteral("7 minutes"));
}

void TestUiEditor::selectionBecomesATimer()
{
    open("dal-tadka");
    StepEdit &first = step(0);
    first.setFocus();
    first.moveCursor(QTextCursor::Start);
    QTest::keyClicks(&first, QStringLiteral("Wait 7 minutes. "));
    TimeForm *form = editor().times()->forms().constFirst();
    form->findChild<Segments *>()->chosenChanged(2); // not a timer
    QVERIFY(editor().times()->forms().constFirst()->time().isDenied);
    column().rowNow(first.key())->selectTime(5, 14);
    QTest::keyClick(&first, Qt::Key_T, Qt::ControlModifier);
    QVERIFY(!editor().times()->forms().constFirst()->time().isDenied);
    QCOMPARE(first.times().constFirst().longestSeconds, 420);
}

void TestUiEditor::unreadableSelectionAsksItsLength()
{
    open("dal-tadka");
    StepEdit &first = step(0);
    first.setFocus();
    first.moveCursor(QTextCursor::Start);
    QTest::keyClicks(&first, QStringLiteral("Soak overnight. "));
    column().rowNow(first.key())->selectTime(4, 14);
    QTest::keyClick(&first, Qt::Key_T, Qt::ControlModifier);
    auto *dialog = editor().findChild<QDialog *>();
    QVERIFY(dialog);
    auto *field = dialog->findChild<QLineEdit *>();
    QVERIFY(field->accessibleName().contains(QStringLiteral("“overnight”")));
    QTest::keyClicks(field, QStringLiteral("8 hours"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(first.times().constFirst(), (recipes::Slot{5, 14, 28'800, 28'800, {}}));
    // It stays where it belongs while the step goes on growing.
    first.moveCursor(QTextCursor::Start);
    QTest::keyClicks(&first, QStringLiteral("Then: "));
    QCOMPARE(first.times().constFirst().start, 11);
    saveAndWait();
    const recipes::Step stored = saved(manuscript().id()).steps.constFirst();
    QCOMPARE(stored.slots.constFirst().start, 11);
    QCOMPARE(stored.slots.constFirst().longestSeconds, 28'800);
}

void TestUiEditor::inspectorCorrects()
{
    open("roast-chicken");
    int line = 0;
    while (manuscript().times(manuscript().now().lines.at(line).key).isEmpty())
        ++line;
    step(line).setFocus();
    TimeForm *form = editor().times()->forms().constFirst();
    const recipes::Slot found = form->time().slot;
    const QList<QLineEdit *> fields = form->findChildren<QLineEdit *>();
    const auto named = [&](const char *name) {
        return *std::find_if(fields.cbegin(), fields.cend(), [&](const QLineEdit *field) {
            return field->accessibleName() == QLatin1String(name);
        });
    };
    form->findChild<Segments *>()->chosenChanged(1); // a range
    QVERIFY(step(line).times().constFirst().longestSeconds > found.longestSeconds);
    QLineEdit *last = named("Last call");
    QVERIFY(last->isVisible());
    last->setFocus();
    last->selectAll();
    QTest::keyClicks(last, QStringLiteral("2:00:00"));
    QTest::keyClick(last, Qt::Key_Return);
    QCOMPARE(step(line).times().constFirst().longestSeconds, 7200);
    last->selectAll();
    QTest::keyClicks(last, QStringLiteral("0:01"));
    QTest::keyClick(last, Qt::Key_Return); // before the check: said, not taken
    QCOMPARE(step(line).times().constFirst().longestSeconds, 7200);
    named("Name")->setFocus();
    QTest::keyClicks(named("Name"), QStringLiteral("Bird"));
    QCOMPARE(step(line).times().constFirst().name, QStringLiteral("Bird"));
    QVERIFY(named("Name")->hasFocus()); // the form was not made anew
    press("As found");
    QTRY_COMPARE(step(line).times().constFirst(), found);
    while (manuscript().undoStack().canUndo())
        manuscript().undoStack().undo();
    QVERIFY(!manuscript().isChanged());
}

/// One key somewhere in the steps.
void TestUiEditor::actByChance(QRandomGenerator &dice)
{
    const auto &lines = manuscript().now().lines;
    QList<int> steps;
    for (int i = 0; i < lines.size(); ++i)
        if (lines.at(i).isStep())
            steps += i;
    if (steps.isEmpty())
        return column().addLine(EditedLine::Kind::Step);
    StepEdit &edit = step(steps.at(dice.bounded(steps.size())));
    edit.setFocus();
    QTextCursor cursor = edit.textCursor();
    const int length = int(edit.toPlainText().size());
    cursor.setPosition(dice.bounded(length + 1));
    if (dice.bounded(4) == 0)
        cursor.setPosition(dice.bounded(length + 1), QTextCursor::KeepAnchor);
    edit.setTextCursor(cursor);
    static const QStringList Typed{QStringLiteral("x"), QStringLiteral(" "), QStringLiteral("5"),
                                   QStringLiteral(" 20 minutes"), QStringLiteral("ü")};
    switch (dice.bounded(12)) {
    case 0:
    case 1:
    case 2:
        return edit.insertPlainText(Typed.at(dice.bounded(Typed.size())));
    case 3:
        return QTest::keyClick(&edit, Qt::Key_Backspace);
    case 4:
        return QTest::keyClick(&edit, Qt::Key_Delete);
    case 5:
        return QTest::keyClick(&edit, Qt::Key_Return);
    case 6:
        return QTest::keyClick(&edit, Qt::Key_Return, Qt::ControlModifier);
    case 7:
        return QTest::keyClick(&edit, Qt::Key_Up, Qt::AltModifier);
    case 8:
        return QTest::keyClick(&edit, Qt::Key_Down, Qt::AltModifier);
    case 9:
        return QTest::keyClick(&edit, Qt::Key_Z, Qt::ControlModifier);
    case 10:
        return QTest::keyClick(&edit, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    case 11:
        if (dice.bounded(8) == 0)
            return manuscript().removeLine(lines.at(dice.bounded(lines.size())).key);
        return edit.insertPlainText(QStringLiteral("Rest\n10 min\n"));
    }
}

/// Rows never say anything else than the manuscript, and undo ends where the cook began.
void TestUiEditor::whateverIsDoneIsShownAndUndone()
{
    constexpr int Evenings = 12;
    constexpr int Acts = 120;
    for (int evening = 0; evening < Evenings; ++evening) {
        open(evening % 2 == 0 ? "dal-tadka" : "roast-chicken");
        QRandomGenerator dice{quint32(evening)};
        const QList<EditedLine> start = manuscript().now().lines;
        const auto whatDiffers = [&] {
            for (int i = 0; i < manuscript().now().lines.size(); ++i) {
                const EditedLine &line = manuscript().now().lines.at(i);
                if (line.isStep() && step(i).toPlainText() != line.text)
                    return QStringLiteral("%1 “%2” shows “%3”")
                        .arg(i)
                        .arg(line.text, step(i).toPlainText());
            }
            return QString();
        };
        for (int act = 0; act < Acts; ++act) {
            actByChance(dice);
            const QString words = whatDiffers();
            QVERIFY2(
                words.isEmpty(),
                qPrintable(
                    QStringLiteral("evening %1, act %2: %3").arg(evening).arg(act).arg(words)));
        }
        while (manuscript().undoStack().canUndo())
            manuscript().undoStack().undo();
        QCOMPARE(manuscript().now().lines, start);
        QVERIFY(!manuscript().isChanged());
        while (manuscript().undoStack().canRedo())
            manuscript().undoStack().redo();
        const QString words = whatDiffers();
        QVERIFY2(words.isEmpty(), qPrintable(words));
        end();
        begin();
    }
}

QTEST_MAIN(TestUiEditor)
#include "tst_ui_editor.moc"
