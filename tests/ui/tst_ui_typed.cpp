// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "editor/EditorDesk.h"
#include "forms/MainWindow.h"
#include "forms/RecipePage.h"
#include "recipe/NotesField.h"
#include "storage/device/DraftFolder.h"
#include "theme/Theme.h"
#include "widgets/NoticeBar.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

/// Notes that are typed on a recipe's page, and a program that dies meanwhile.
class TestUiTyped : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void typedNotesHaveADraftAtOnce();
    void draftGoesWhenTheBookHasThem();
    void notesComeBackByThemselves();
    void othersNotesAreNotOverwritten();
    void leftDraftOfTheEditorStays();

private:
    void open();
    /// The window and all that it was about to write are gone before the second has passed; what
    /// was drafted is there.
    void typeAndDie(const char *words);
    void die();
    QString draftFile() const
    {
        return m_kitchen->folder() + QStringLiteral("/drafts/") + m_roast.id.toHex() +
               QStringLiteral(".json");
    }
    QString drafted() const
    {
        QFile file(draftFile());
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const auto draft = recipes::decodeDraft(file.readAll());
        return draft ? draft->now.notes : QString();
    }
    void type(const char *words) { QTest::keyClicks(field(), QLatin1String(words)); }
    NotesField *notes() const { return m_window->findChild<RecipePage *>()->sheet()->notes(); }
    QPlainTextEdit *field() const { return notes()->findChild<QPlainTextEdit *>(); }
    QString kept() const { return m_kitchen->book().recipes().value(m_roast.id).notes; }

    Theme m_theme{*qApp, ThemeChoice::Light};
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<storage::DraftFolder> m_drafts;
    std::unique_ptr<MainWindow> m_window;
    recipes::Recipe m_roast;
};

void TestUiTyped::init()
{
    m_roast = fakes::sampleRecipes().value(QStringLiteral("roast-chicken"));
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    m_kitchen->addRecipe(m_roast);
    open();
}

void TestUiTyped::cleanup()
{
    m_window.reset();
    m_drafts.reset();
    m_kitchen.reset();
}

void TestUiTyped::open()
{
    m_drafts = std::make_unique<storage::DraftFolder>(m_kitchen->clock(), m_kitchen->folder());
    m_window = std::make_unique<MainWindow>(m_kitchen->server(), m_kitchen->book(),
                                            m_kitchen->cooking(), m_kitchen->client(), m_theme);
    m_window->editorDesk().useDrafts(*m_drafts);
    m_window->show();
    QSignalSpy read(m_drafts.get(), &recipes::DraftShelf::read);
    m_kitchen->open();
    QTRY_COMPARE(read.size(), 1);
    m_window->openRecipe(m_roast.id);
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), PatienceMs));
}

void TestUiTyped::typeAndDie(const char *words)
{
    disconnect(notes(), &NotesField::written, nullptr, nullptr);
    type(words);
    QTRY_COMPARE(drafted(), QLatin1String(words));
    QVERIFY(kept().isEmpty());
    die();
}

void TestUiTyped::die()
{
    notes()->disconnect(); // what the window tells while it ends reaches nobody
    m_window.reset();
    m_drafts.reset();
    QVERIFY(QFile::exists(draftFile()));
    m_kitchen->restart();
}

void TestUiTyped::typedNotesHaveADraftAtOnce()
{
    QVERIFY(!QFile::exists(draftFile()));
    QStringList told;
    connect(notes(), &NotesField::typed, this, [&](const QString &words) { told += words; });
    connect(notes(), &NotesField::written, this, [&] { told += QStringLiteral("written"); });
    type("Less salt");
    QTRY_VERIFY(!told.isEmpty());
    QCOMPARE(told.constFirst(), QStringLiteral("Less salt")); // before its second has passed
    QTRY_COMPARE(told.constLast(), QStringLiteral("written"));
}

void TestUiTyped::draftGoesWhenTheBookHasThem()
{
    type("Less salt");
    QTRY_COMPARE(kept(), QStringLiteral("Less salt"));
    QTRY_VERIFY(!QFile::exists(draftFile()));
    type(", more thyme");
    QTRY_COMPARE(kept(), QStringLiteral("Less salt, more thyme"));
    QTRY_VERIFY(!QFile::exists(draftFile()));
}

void TestUiTyped::notesComeBackByThemselves()
{
    typeAndDie("Less salt");
    open();
    QTRY_COMPARE(kept(), QStringLiteral("Less salt"));
    QTRY_COMPARE(field()->toPlainText(), QStringLiteral("Less salt"));
    QVERIFY(!m_window->editorDesk().bar()->isVisible()); // nothing to decide
    QTRY_VERIFY(!QFile::exists(draftFile()));
}

void TestUiTyped::othersNotesAreNotOverwritten()
{
    typeAndDie("Less salt");
    fakes::OpMaker ben(QStringLiteral("Ben"));
    m_kitchen->write(ben.make(
        m_roast.id.uuid(), timers::WriteRecipe{{{QLatin1String("notes"), QStringLiteral("Mine")}}},
        fakes::UiKitchen::evening()));
    open();
    QTRY_VERIFY(m_window->editorDesk().bar()->isVisible()); // offered, as any draft
    QCOMPARE(kept(), QStringLiteral("Mine"));
    QVERIFY(QFile::exists(draftFile()));
}

void TestUiTyped::leftDraftOfTheEditorStays()
{
    cleanup();
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    m_kitchen->addRecipe(m_roast);
    const recipes::Recipe base =
        recipes::edited(m_roast.id, recipes::toEdit(recipes::withPlainLines(m_roast)));
    recipes::RecipeDraft draft{m_roast.id, base, recipes::toEdit(base), 1000, false};
    draft.now.title = QStringLiteral("Another");
    {
        storage::DraftFolder drafts(m_kitchen->clock(), m_kitchen->folder());
        drafts.keep(draft);
    }
    open();
    QTRY_VERIFY(m_window->editorDesk().bar()->isVisible());
    type("Less salt");
    QTRY_COMPARE(kept(), QStringLiteral("Less salt"));
    QFile file(draftFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto left = recipes::decodeDraft(file.readAll());
    QVERIFY(left);
    QCOMPARE(left->now.title, QStringLiteral("Another"));
}

QTEST_MAIN(TestUiTyped)
#include "tst_ui_typed.moc"
