// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingDoor.h"
#include "editor/EditorDesk.h"
#include "forms/KitchenDesk.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "forms/PassPane.h"
#include "forms/RecipePage.h"
#include "library/GridPane.h"
#include "settings/KeysDialog.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>
#include <QStackedWidget>

namespace simmer::ui {

namespace {

QKeySequence keys(Qt::KeyboardModifiers modifiers, Qt::Key key)
{
    return QKeySequence(QKeyCombination(modifiers, key));
}

} // namespace

void MainWindow::makeMenu()
{
    QMenu *file = m_menu->addMenu(tr("&File"));
    QAction *import = file->addAction(tr("&Import recipes…"), this, &MainWindow::askForFiles);
    import->setShortcut(keys(Qt::ControlModifier, Qt::Key_O));
    QAction *settings = file->addAction(tr("&Settings…"), this, &MainWindow::settings);
    settings->setShortcut(keys(Qt::ControlModifier, Qt::Key_Comma));
    file->addSeparator();
    QAction *quit = file->addAction(tr("&Quit"), this, &MainWindow::quit);
    quit->setShortcut(keys(Qt::ControlModifier, Qt::Key_Q));
    QMenu *recipe = m_menu->addMenu(tr("&Recipe"));
    fillRecipeMenu(*recipe);
    QMenu *view = makeViewMenu();
    m_menu->addMenu(view);
    QMenu *kitchen = m_kitchen->fill(*m_menu);
    m_menu->addSeparator();
    QAction *keyList = m_menu->addAction(tr("&Keys"), this, [this] {
        auto *dialog = new KeysDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    keyList->setShortcut(keys(Qt::NoModifier, Qt::Key_F1));
    addAction(keyList);
    m_menu->addAction(tr("&About Simmer"), this, [this] {
        auto *about = new QMessageBox(QMessageBox::NoIcon, tr("About Simmer"),
                                      tr("Simmer %1").arg(QStringLiteral(SIMMER_VERSION)),
                                      QMessageBox::Close, this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->setInformativeText(tr("A recipe book whose times can be tapped. Free software under "
                                     "the GNU General Public License, version 3 or later."));
        about->open();
    });
    // So that their keys work while the menu is closed.
    for (QMenu *menu : {file, recipe, view, kitchen})
        addActions(menu->actions());
    m_library->setMenu(m_menu);
}

void MainWindow::fillRecipeMenu(QMenu &menu)
{
    QAction *create = menu.addAction(tr("&New recipe"), m_editorDesk, &EditorDesk::create);
    create->setShortcut(keys(Qt::ControlModifier, Qt::Key_N));
    QAction *edit = menu.addAction(tr("&Edit"), this, [this] {
        m_editorDesk->edit(m_editorDesk->isOpen() ? m_editorDesk->recipe() : m_page->recipe());
    });
    edit->setShortcut(keys(Qt::ControlModifier, Qt::Key_E));
    menu.addAction(tr("&History…"), this,
                   [this] { m_editorDesk->showHistory(m_page->recipe(), this); });
    menu.addSeparator();
    menu.addAction(tr("Re&moved recipes…"), this, [this] { m_editorDesk->showRemoved(this); });
}

QMenu *MainWindow::makeViewMenu()
{
    auto *view = new QMenu(tr("&View"), m_menu);
    auto *group = new QActionGroup(view);
    const auto add = [&](const QString &text, ThemeChoice choice) {
        QAction *action = view->addAction(text, this, [this, choice] { m_theme.choose(choice); });
        action->setCheckable(true);
        action->setChecked(m_theme.choice() == choice);
        group->addAction(action);
        connect(&m_theme, &Theme::choiceChanged, action,
                [action, choice](ThemeChoice now) { action->setChecked(now == choice); });
    };
    add(tr("Colours of the &desktop"), ThemeChoice::System);
    add(tr("&Light"), ThemeChoice::Light);
    add(tr("D&ark"), ThemeChoice::Dark);
    view->addSeparator();
    QAction *sidebar = view->addAction(tr("&Sidebar"), this, &MainWindow::toggleSidebar);
    sidebar->setShortcut(keys(Qt::NoModifier, Qt::Key_F9));
    QAction *grid = view->addAction(tr("Recipes as a &grid"), this,
                                    [this] { showGrid(m_middle->currentWidget() != m_grid); });
    grid->setShortcut(keys(Qt::ControlModifier, Qt::Key_G));
    QAction *mini = view->addAction(tr("&Timers window"), this, &MainWindow::showMini);
    mini->setShortcut(keys(Qt::ControlModifier, Qt::Key_M));
    QAction *full = view->addAction(
        tr("&Full screen"), this, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    full->setShortcut(keys(Qt::NoModifier, Qt::Key_F11));
    return view;
}

void MainWindow::makeKeys()
{
    const auto add = [this](const QKeySequence &key, auto action) {
        connect(new QShortcut(key, this), &QShortcut::activated, this, action);
    };
    add(keys(Qt::ControlModifier, Qt::Key_F), [this] {
        if (m_middle->currentWidget() == m_grid)
            return m_grid->focusSearch();
        if (m_library->isHidden())
            toggleSidebar();
        m_library->focusSearch();
    });
    add(keys(Qt::ControlModifier, Qt::Key_T), [this] { pass().focusQuickTimer(); });
    add(keys(Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_S),
        [this] { m_timers.acknowledgeAll(); });
    add(keys(Qt::NoModifier, Qt::Key_F5), [this] { m_cook->open(m_page->recipe()); });
    add(keys(Qt::NoModifier, Qt::Key_F6), [this] { nextPane(); });
    add(keys(Qt::NoModifier, Qt::Key_F10), [this] { m_library->openMenu(); });
}

} // namespace simmer::ui
