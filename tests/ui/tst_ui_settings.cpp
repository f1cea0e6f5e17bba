// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "forms/MainWindow.h"
#include "models/Preferences.h"
#include "settings/KeysDialog.h"
#include "settings/SettingsDialog.h"
#include "welcome/WelcomePage.h"
#include "widgets/FieldEdit.h"
#include "widgets/NoticeBar.h"
#include "widgets/SwitchButton.h"

#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QShortcut>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

/// Every choice as it is usually not.
Choices unusual()
{
    Choices choices;
    choices.theme = ThemeChoice::Dark;
    choices.motion = MotionChoice::Reduced;
    choices.scalePercent = 130;
    choices.volume = 35;
    choices.rampsUp = false;
    choices.sound = QStringLiteral("gong");
    choices.soundDevice = QStringLiteral("speakers");
    choices.notifies = false;
    choices.staysInTray = false;
    choices.keepsAwake = false;
    choices.soundOf = {{RecipeId::random(), QStringLiteral("/home/ana/moo.wav")}};
    choices.cook = QStringLiteral("Ana");
    choices.geometry = QByteArray::fromHex("00ff10");
    choices.sidebar = false;
    choices.sidebarWidth = 333;
    choices.grid = true;
    choices.sort = QStringLiteral("title");
    choices.recipe = RecipeId::random();
    choices.timersOnTop = false;
    return choices;
}

template<class Control>
Control *named(const QWidget &in, const char *name)
{
    const QList<Control *> all = in.findChildren<Control *>();
    for (Control *control : all)
        if (control->accessibleName() == QLatin1String(name))
            return control;
    return nullptr;
}

QAbstractButton *button(const QWidget &in, const char *text)
{
    const QList<QAbstractButton *> all = in.findChildren<QAbstractButton *>();
    for (QAbstractButton *one : all)
        if (one->text() == QString::fromUtf8(text))
            return one;
    return nullptr;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestUiSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not)")));
        m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
    }

    void choicesSurviveTheFile();
    void unknownFieldsStay();
    void damagedFileIsNoFile_data();
    void damagedFileIsNoFile();
    void unwritableFileIsTold();
    void dialogShowsAndChanges();
    void sizeOffersANewStart();
    void motionIsReduced();
    void windowRemembers();
    void keysAreTrue();
    void emptyBookWelcomes();
    void welcomeTimes();

private:
    QString file() const { return m_folder.filePath(QStringLiteral("preferences.json")); }
    void put(const QByteArray &content)
    {
        QFile written(file());
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(content);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
};

void TestUiSettings::choicesSurviveTheFile()
{
    const Choices all = unusual();
    {
        Preferences preferences(file());
        QCOMPARE(preferences.now(), Choices());
        QSignalSpy changed(&preferences, &Preferences::changed);
        preferences.change([&](Choices &now) { now = all; });
        preferences.change([&](Choices &now) { now = all; }); // which is no change
        QCOMPARE(changed.count(), 1);
    }
    QCOMPARE(Preferences(file()).now(), all);
    QCOMPARE(scalePercentIn(file()), 130);
    QCOMPARE(choicesFrom(toJson(all)), all);
}

void TestUiSettings::unknownFieldsStay()
{
    put(R"({"volume": 12, "of a newer one": [1, 2]})");
    {
        Preferences preferences(file());
        QCOMPARE(preferences.now().volume, 12);
        preferences.change([](Choices &now) { now.volume = 13; });
    }
    const QJsonObject kept = QJsonDocument::fromJson(contentOf(file())).object();
    QCOMPARE(kept.value(QLatin1String("volume")).toInt(), 13);
    QVERIFY(kept.contains(QLatin1String("of a newer one")));
}

void TestUiSettings::damagedFileIsNoFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << QByteArray(R"({"volume": 1)");
    QTest::newRow("a list") << QByteArray("[1,2,3]");
    QTest::newRow("wrong types") << QByteArray(
        R"({"volume": "loud", "theme": 3, "sounds": 7, "recipe": "x", "scale": -4e9,)"
        R"( "geometry": {}, "sidebar": "yes", "grid": 1, "cook": null})");
    QTest::newRow("noise") << QByteArray(4000, '\xfe');
    QTest::newRow("too large") << QByteArray(2 << 20, ' ') + "{\"volume\": 1}";
}

void TestUiSettings::damagedFileIsNoFile()
{
    QFETCH(QByteArray, content);
    put(content);
    Choices read = Preferences(file()).now();
    QVERIFY(read.scalePercent >= 75 && read.scalePercent <= 300);
    read.scalePercent = 100;
    QCOMPARE(read, Choices());
}

void TestUiSettings::unwritableFileIsTold()
{
    Preferences preferences(m_folder.filePath(QStringLiteral("no such folder/preferences.json")));
    QSignalSpy notKept(&preferences, &Preferences::notKept);
    preferences.change([](Choices &now) { now.volume = 1; });
    QTRY_COMPARE(notKept.count(), 1);
    QCOMPARE(preferences.now().volume, 1); // it holds all the same
}

void TestUiSettings::dialogShowsAndChanges()
{
    Preferences preferences{QString()};
    preferences.change([](Choices &now) {
        now.volume = 35;
        now.sound = QStringLiteral("/home/ana/moo.wav");
        now.soundDevice = QStringLiteral("unplugged");
    });
    SettingsDialog dialog(preferences, {{QString(), QStringLiteral("Bell")},
                                        {QStringLiteral("gong"), QStringLiteral("Gong")}});
    auto *volume = named<QSlider>(dialog, "Volume");
    auto *sound = named<QComboBox>(dialog, "Sound");
    QCOMPARE(volume->value(), 35);
    QCOMPARE(sound->currentText(), QStringLiteral("moo.wav"));
    QVERIFY(
        named<QComboBox>(dialog, "Play on")->currentText().contains(QLatin1String("unplugged")));
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog, PatienceMs));
    volume->setFocus();
    QTest::keyClick(volume, Qt::Key_Right);
    QCOMPARE(preferences.now().volume, 36);
    QTest::keyClick(sound, Qt::Key_Home);
    QTest::keyClick(sound, Qt::Key_Down);
    QCOMPARE(preferences.now().sound, QStringLiteral("gong"));
    auto *softly = named<SwitchButton>(dialog, "Begin softly");
    QVERIFY(softly->isChecked());
    QTest::keyClick(softly, Qt::Key_Space);
    QVERIFY(!preferences.now().rampsUp);
    QSignalSpy trial(&dialog, &SettingsDialog::soundTrialWished);
    QTest::mouseClick(button(dialog, "Hear"), Qt::LeftButton);
    QCOMPARE(trial.count(), 1);
    auto *cook = named<QLineEdit>(dialog, "Your name");
    cook->setFocus();
    QTest::keyClicks(cook, QStringLiteral("Ben "));
    QTest::keyClick(cook, Qt::Key_Tab);
    QCOMPARE(preferences.now().cook, QStringLiteral("Ben"));
}

void TestUiSettings::sizeOffersANewStart()
{
    Preferences preferences{QString()};
    SettingsDialog dialog(preferences, {});
    dialog.show();
    QSignalSpy restart(&dialog, &SettingsDialog::restartWished);
    auto *notice = dialog.findChild<NoticeBar *>();
    auto *size = named<QComboBox>(dialog, "Size of text and buttons");
    QVERIFY(notice->isHidden());
    QTest::keyClick(size, Qt::Key_End);
    QCOMPARE(preferences.now().scalePercent, 200);
    QVERIFY(!notice->isHidden());
    QVERIFY(notice->text().contains(QLatin1String("200")));
    QTest::mouseClick(button(*notice, "Start again now"), Qt::LeftButton);
    QCOMPARE(restart.count(), 1);
    size->setCurrentIndex(1);
    Q_EMIT size->activated(1); // as it was when the dialog opened
    QVERIFY(notice->isHidden());
}

void TestUiSettings::motionIsReduced()
{
    QWidget widget;
    m_theme->choose(MotionChoice::Reduced);
    QCOMPARE(motionMs(widget, 180), 0);
    m_theme->choose(MotionChoice::Full);
    QCOMPARE(motionMs(widget, 180), 180);
    m_theme->choose(MotionChoice::System); // where no desktop says otherwise
    QCOMPARE(motionMs(widget, 180), 180);
}

void TestUiSettings::windowRemembers()
{
    fakes::UiKitchen kitchen;
    recipes::Recipe tea;
    tea.id = RecipeId::random();
    tea.title = QStringLiteral("Tea");
    kitchen.addRecipe(tea);
    kitchen.open();
    Preferences preferences(file());
    preferences.change([&](Choices &now) {
        now = {};
        now.recipe = tea.id;
    });
    const auto made = [&] {
        auto window = std::make_unique<MainWindow>(kitchen.server(), kitchen.book(),
                                                   kitchen.cooking(), kitchen.client(), *m_theme);
        window->remember(preferences);
        window->show();
        return window;
    };
    {
        const auto window = made();
        Q_EMIT kitchen.book().loaded();
        QVERIFY(window->windowTitle().contains(QLatin1String("Tea")));
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get(), PatienceMs));
        window->resize(1111, 777);
        QTest::keyClick(window.get(), Qt::Key_F9);
        window->close();
    }
    QCOMPARE(preferences.now().sidebar, std::optional(false));
    QCOMPARE(made()->size(), QSize(1111, 777));
    preferences.change([](Choices &now) { now.theme = ThemeChoice::Dark; });
}

/// Each key that is said to work anywhere is a shortcut of the window, and the other way round.
void TestUiSettings::keysAreTrue()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                      *m_theme);
    QStringList real;
    const QList<QAction *> actions = window.actions();
    for (const QAction *action : actions)
        for (const QKeySequence &key : action->shortcuts())
            real += key.toString(QKeySequence::PortableText);
    const QList<QShortcut *> shortcuts =
        window.findChildren<QShortcut *>(Qt::FindDirectChildrenOnly);
    for (const QShortcut *shortcut : shortcuts)
        real += shortcut->key().toString(QKeySequence::PortableText);
    QStringList told;
    const QList<KeyGroup> groups = allKeys();
    for (const KeyGroup &group : groups)
        for (const KeyGroup::Line &line : group.lines)
            told += line.keys.split(QStringLiteral("  "));
    for (const QString &key : std::as_const(real))
        QVERIFY2(told.contains(key), qPrintable(key + QStringLiteral(" is not in the list")));
    for (const KeyGroup::Line &line : groups.constFirst().lines)
        QVERIFY2(real.contains(line.keys), qPrintable(line.keys + QStringLiteral(" does nothing")));
}

void TestUiSettings::emptyBookWelcomes()
{
    fakes::UiKitchen kitchen;
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                      *m_theme);
    window.offerSamples(fakes::sampleRecipes().values());
    kitchen.open();
    window.show();
    auto *page = window.findChild<WelcomePage *>();
    QTRY_VERIFY(page->isVisible());
    QTest::mouseClick(button(*page, "Add the 11 samples"), Qt::LeftButton);
    QTRY_COMPARE(kitchen.book().recipes().size(), 11);
    QVERIFY(!page->isVisible());
}

void TestUiSettings::welcomeTimes()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    LiveTimers timers(kitchen.server());
    WelcomePage page({}, timers);
    page.show();
    auto *field = page.findChild<FieldEdit *>();
    QTest::keyClicks(field, QStringLiteral("eggs"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), QStringLiteral("eggs")); // no time in it: nothing typed is lost
    QVERIFY(kitchen.server().timers().isEmpty());
    QTest::mouseClick(named<QAbstractButton>(page, "Start a timer of 7 min"), Qt::LeftButton);
    QTRY_COMPARE(kitchen.server().timers().size(), 1);
    QCOMPARE(kitchen.server().timers().cbegin()->name, QStringLiteral("Eggs"));
    QVERIFY(field->text().isEmpty());
}

QTEST_MAIN(TestUiSettings)
#include "tst_ui_settings.moc"
