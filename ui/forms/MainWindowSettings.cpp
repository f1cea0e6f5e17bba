// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmDesk.h"
#include "alarm/RingSounds.h"
#include "editor/EditorDesk.h"
#include "forms/KitchenDesk.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "forms/PassPane.h"
#include "forms/RecipePage.h"
#include "library/GridPane.h"
#include "settings/DishSoundDialog.h"
#include "settings/SettingsDialog.h"
#include "welcome/WelcomePage.h"

#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace simmer::ui {

namespace {

const QHash<LibraryOrder, QString> OrderNames{{LibraryOrder::Cooked, QStringLiteral("cooked")},
                                              {LibraryOrder::Title, QStringLiteral("title")},
                                              {LibraryOrder::Added, QStringLiteral("added")},
                                              {LibraryOrder::Time, QStringLiteral("time")}};

QList<NamedSound> bundledSounds()
{
    QList<NamedSound> sounds;
    for (const RingSound &sound : RingSounds::all())
        sounds.append({sound.id, sound.name});
    return sounds;
}

} // namespace

void MainWindow::remember(Preferences &preferences)
{
    m_preferences = &preferences;
    const Choices &choices = preferences.now();
    if (!choices.geometry.isEmpty())
        restoreGeometry(choices.geometry);
    m_sidebarWished = choices.sidebar;
    m_splitter->setSizes({choices.sidebarWidth, width() - choices.sidebarWidth - m_column->width(),
                          m_column->width()});
    m_theme.choose(choices.motion);
    fitToWidth();
    rememberLibrary();
    m_page->offerSounds();
    connect(m_page, &RecipePage::soundWished, this, &MainWindow::chooseSoundOf);
    connect(&preferences, &Preferences::changed, this, &MainWindow::followChoices);
    connect(&preferences, &Preferences::notKept, this, &MainWindow::showTrouble);
    connect(&m_theme, &Theme::choiceChanged, this, [this](ThemeChoice theme) {
        m_preferences->change([theme](Choices &now) { now.theme = theme; });
    });
}

/// List or grid and their order, and the recipe that was open, behind the grid if need be.
void MainWindow::rememberLibrary()
{
    LibraryModel &model = m_library->model();
    model.setOrder(OrderNames.key(m_preferences->now().sort, model.order()));
    connect(&model, &LibraryModel::chosenOtherwise, this, [this, &model] {
        if (model.search().isEmpty())
            m_preferences->change([&](Choices &now) { now.sort = OrderNames[model.order()]; });
    });
    if (m_preferences->now().grid)
        showGrid(true);
    connect(&m_book, &recipes::RecipeBook::loaded, this, [this] {
        if (!m_page->recipe().isNull())
            return;
        const Choices &now = m_preferences->now();
        if (!now.grid)
            return openRecipe(now.recipe);
        m_page->open(now.recipe);
        setWindowTitle(tr("Library — Simmer"));
        m_grid->select(now.recipe);
    });
}

void MainWindow::chooseSoundOf(const RecipeId &recipe)
{
    auto *dialog = new DishSoundDialog(*m_preferences, recipe, m_book.recipes().value(recipe).title,
                                       bundledSounds(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DishSoundDialog::trialWished, &m_alarm->sound(), &AlarmSound::test);
    dialog->open();
}

void MainWindow::followChoices(const Choices &was)
{
    const Choices &now = m_preferences->now();
    if (now.theme != was.theme)
        m_theme.choose(now.theme);
    if (now.motion != was.motion)
        m_theme.choose(now.motion);
}

/// How the window is left, for the next time.
void MainWindow::keepShape()
{
    if (!m_preferences)
        return;
    m_preferences->change([this](Choices &now) {
        now.geometry = saveGeometry();
        now.sidebar = m_sidebarWished;
        if (m_library->isVisible())
            now.sidebarWidth = m_library->width();
        now.recipe = m_page->recipe();
    });
}

void MainWindow::settings()
{
    if (!m_preferences)
        return;
    QList<NamedSound> sounds = bundledSounds();
    for (NamedSound &sound : sounds)
        if (sound.key == QLatin1String("bell"))
            sound.key.clear(); // the usual one
    std::stable_partition(sounds.begin(), sounds.end(),
                          [](const NamedSound &sound) { return sound.key.isEmpty(); });
    auto *dialog = new SettingsDialog(*m_preferences, sounds, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::soundTrialWished, &m_alarm->sound(),
            [this] { m_alarm->sound().test(); });
    connect(dialog, &SettingsDialog::restartWished, this, [this] {
        keepShape();
        Q_EMIT restartWished();
    });
    dialog->open();
}

void MainWindow::offerSamples(const QList<recipes::Recipe> &samples)
{
    m_welcome = new WelcomePage(samples, m_timers);
    m_middle->addWidget(m_welcome);
    connect(m_welcome, &WelcomePage::importWished, this, &MainWindow::askForFiles);
    connect(m_welcome, &WelcomePage::joinWished, m_kitchen, &KitchenDesk::join);
    connect(m_welcome, &WelcomePage::samplesWished, this, [this, samples] {
        for (const recipes::Recipe &recipe : samples)
            m_book.save(recipe);
    });
    connect(&m_book, &recipes::RecipeBook::loaded, this, &MainWindow::reviewWelcome);
    connect(&m_book, &recipes::RecipeBook::recipeChanged, this, &MainWindow::reviewWelcome);
    connect(&m_book, &recipes::RecipeBook::recipeRemoved, this, &MainWindow::reviewWelcome);
}

/// An empty book greets; the first recipe in it takes the greeting away.
void MainWindow::reviewWelcome()
{
    if (m_editorDesk->isOpen())
        return;
    if (m_book.recipes().isEmpty())
        m_middle->setCurrentWidget(m_welcome);
    else if (m_middle->currentWidget() == m_welcome)
        m_middle->setCurrentWidget(m_page);
}

} // namespace simmer::ui
