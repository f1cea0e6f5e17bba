// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "forms/PassPane.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>

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
    file->addSeparator();
    QAction *quit = file->addAction(tr("&Quit"), qApp, &QApplication::closeAllWindows);
    quit->setShortcut(keys(Qt::ControlModifier, Qt::Key_Q));
    QMenu *view = makeViewMenu();
    m_menu->addMenu(view);
    QMenu *kitchen = m_menu->addMenu(tr("&Kitchen"));
    m_shareAction = kitchen->addAction(tr("&Share this kitchen…"), this, &MainWindow::share);
    m_shareAction->setShortcut(keys(Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_K));
    m_shareAction->setVisible(false);
    m_joinAction = kitchen->addAction(tr("&Join kitchen…"), this, &MainWindow::join);
    m_joinAction->setShortcut(keys(Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_J));
    m_refusedAction = kitchen->addAction(QString(), this, &MainWindow::showRefused);
    m_refusedAction->setVisible(false);
    m_menu->addSeparator();
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
    for (QMenu *menu : {file, view, kitchen})
        addActions(menu->actions());
    m_library->setMenu(m_menu);
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
    };
    add(tr("Colours of the &desktop"), ThemeChoice::System);
    add(tr("&Light"), ThemeChoice::Light);
    add(tr("D&ark"), ThemeChoice::Dark);
    view->addSeparator();
    QAction *sidebar = view->addAction(tr("&Sidebar"), this, &MainWindow::toggleSidebar);
    sidebar->setShortcut(keys(Qt::NoModifier, Qt::Key_F9));
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
        if (m_library->isHidden())
            toggleSidebar();
        m_library->focusSearch();
    });
    add(keys(Qt::ControlModifier, Qt::Key_T), [this] { pass().focusQuickTimer(); });
    add(keys(Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_S),
        [this] { m_timers.acknowledgeAll(); });
    add(keys(Qt::NoModifier, Qt::Key_F6), [this] { nextPane(); });
    add(keys(Qt::NoModifier, Qt::Key_F10), [this] { m_library->openMenu(); });
}

} // namespace simmer::ui
