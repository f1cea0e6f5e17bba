// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowEvening.h"
#include "forms/LibraryPane.h"
#include "forms/RecipePage.h"
#include "library/GridPane.h"
#include "recipe/RecipeBar.h"
#include "settings/DishSoundDialog.h"
#include "settings/SettingsDialog.h"
#include "widgets/FlatButton.h"

#include <QComboBox>
#include <QFileDialog>
#include <QMenu>
#include <QSignalSpy>

/// What is chosen for one dish and for the library, in the real window.
class TestUiChoices : public QObject, WindowEvening
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup()
    {
        end();
        m_preferences.reset();
    }

    void dishHasASoundOfItsOwn();
    void dishSoundsLikeTheOthersAgain();
    void dishSoundIsHeard();
    void fileOfOnesOwnIsChecked();
    void settingsSayWhereItIsChosen();
    void orderOfTheLibraryIsKept();
    void gridIsKept();

private:
    void openWindow();
    DishSoundDialog *dialog();
    QComboBox *box() { return dialog()->findChild<QComboBox *>(); }
    void choose(const QString &key)
    {
        box()->setCurrentIndex(box()->findData(key));
        Q_EMIT box()->activated(box()->currentIndex());
    }

    std::unique_ptr<Preferences> m_preferences;
};

void TestUiChoices::init()
{
    m_preferences = std::make_unique<Preferences>(QString());
    begin();
    openWindow();
}

void TestUiChoices::openWindow()
{
    m_window = std::make_unique<MainWindow>(m_kitchen->server(), m_kitchen->book(),
                                            m_kitchen->cooking(), m_kitchen->client(), m_theme);
    m_window->remember(*m_preferences);
    connect(m_preferences.get(), &Preferences::changed, m_window.get(),
            [this] { m_window->alarm().obey(m_preferences->now()); });
    m_window->show();
    m_kitchen->open();
}

/// By the menu of the recipe's page.
DishSoundDialog *TestUiChoices::dialog()
{
    if (auto *open = part<DishSoundDialog>())
        return open;
    m_window->openRecipe(m_roast.id);
    const QList<QAction *> entries = part<RecipeBar>()->menu()->actions();
    for (QAction *entry : entries)
        if (entry->text().contains(QLatin1String("rings")))
            entry->trigger();
    return part<DishSoundDialog>();
}

void TestUiChoices::dishHasASoundOfItsOwn()
{
    QVERIFY(dialog());
    QCOMPARE(box()->currentText(), QStringLiteral("Like everything else"));
    choose(QStringLiteral("glass"));
    QCOMPARE(m_preferences->now().soundOf.value(m_roast.id), QStringLiteral("glass"));
    const auto again = choicesFrom(toJson(m_preferences->now())); // as the file has it
    QCOMPARE(again.soundOf.value(m_roast.id), QStringLiteral("glass"));
    dialog()->accept();
    QTRY_VERIFY(!part<DishSoundDialog>());
    ring(QStringLiteral("Boil the potatoes"), timers::Place{m_roast.id, 4, 0});
    QTRY_VERIFY(m_window->alarm().sound().isRinging());
    QCOMPARE(m_window->alarm().sound().ringsBy(), QStringLiteral("glass"));
    m_window->timers().acknowledgeAll();
    QTRY_VERIFY(!m_window->alarm().sound().isRinging());
    ring(QStringLiteral("Lentils"), timers::Place{m_dal.id, 2, 0});
    QTRY_COMPARE(m_window->alarm().sound().ringsBy(), QStringLiteral("bell"));
}

void TestUiChoices::dishSoundsLikeTheOthersAgain()
{
    m_preferences->change([this](Choices &now) {
        now.soundOf = {{m_roast.id, QStringLiteral("/home/ana/moo.wav")}};
    });
    QCOMPARE(box()->currentText(), QStringLiteral("moo.wav"));
    choose({});
    QVERIFY(m_preferences->now().soundOf.isEmpty());
}

void TestUiChoices::dishSoundIsHeard()
{
    QSignalSpy trial(dialog(), &DishSoundDialog::trialWished);
    choose(QStringLiteral("glass"));
    const QList<FlatButton *> buttons = dialog()->findChildren<FlatButton *>();
    QCOMPARE(buttons.size(), 1);
    QCOMPARE(buttons[0]->accessibleName(), QStringLiteral("Hear the sound"));
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QCOMPARE(trial.size(), 1);
    QCOMPARE(trial[0][0].toString(), QStringLiteral("glass"));
}

void TestUiChoices::fileOfOnesOwnIsChecked()
{
    QFile notAWave(m_kitchen->folder() + QStringLiteral("/moo.wav"));
    QVERIFY(notAWave.open(QIODevice::WriteOnly));
    notAWave.write("moo");
    notAWave.close();
    QVERIFY(box());
    Q_EMIT box()->activated(box()->count() - 1); // “A file…”
    auto *files = dialog()->findChild<QFileDialog *>();
    QVERIFY(files);
    Q_EMIT files->fileSelected(notAWave.fileName());
    QVERIFY(m_preferences->now().soundOf.isEmpty());
    QVERIFY(dialog()->findChild<SoundChooser *>()->trouble().isVisible());
    QVERIFY(!dialog()->findChild<SoundChooser *>()->trouble().text().isEmpty());
}

void TestUiChoices::settingsSayWhereItIsChosen()
{
    SettingsDialog settings(*m_preferences, {});
    const QList<InkLabel *> lines = settings.findChildren<InkLabel *>();
    QVERIFY(std::any_of(lines.cbegin(), lines.cend(), [](const InkLabel *line) {
        return line->text().contains(QLatin1String("the menu of its recipe"));
    }));
}

void TestUiChoices::orderOfTheLibraryIsKept()
{
    LibraryModel &model = part<LibraryPane>()->model();
    QCOMPARE(model.order(), LibraryOrder::Cooked);
    model.setOrder(LibraryOrder::Time);
    QCOMPARE(m_preferences->now().sort, QStringLiteral("time"));
    m_window.reset();
    m_kitchen->restart();
    openWindow();
    QCOMPARE(part<LibraryPane>()->model().order(), LibraryOrder::Time);
    m_window.reset();
    m_preferences->change([](Choices &now) { now.sort = QStringLiteral("by colour"); });
    m_kitchen->restart();
    openWindow();
    QCOMPARE(part<LibraryPane>()->model().order(), LibraryOrder::Cooked);
}

void TestUiChoices::gridIsKept()
{
    m_window->openRecipe(m_roast.id);
    QTest::keyClick(m_window.get(), Qt::Key_G, Qt::ControlModifier);
    QVERIFY(part<GridPane>()->isVisible());
    QVERIFY(m_preferences->now().grid);
    m_window->close();
    m_window.reset();
    m_kitchen->restart();
    openWindow();
    QVERIFY(part<GridPane>()->isVisible());
    QCOMPARE(part<RecipePage>()->recipe(), m_roast.id); // behind it
    QTest::keyClick(m_window.get(), Qt::Key_G, Qt::ControlModifier);
    QVERIFY(part<RecipePage>()->isVisible());
    m_window->close();
    m_window.reset();
    m_kitchen->restart();
    openWindow();
    QVERIFY(!part<GridPane>()->isVisible());
}

QTEST_MAIN(TestUiChoices)
#include "tst_ui_choices.moc"
