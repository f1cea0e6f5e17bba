// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/MainWindow.h"

#include "alarm/AlarmBanner.h"
#include "alarm/AlarmDesk.h"
#include "alarm/AlarmScreen.h"
#include "cooking/CookingDoor.h"
#include "dialogs/ImportDialog.h"
#include "editor/EditorDesk.h"
#include "forms/KitchenDesk.h"
#include "forms/LibraryPane.h"
#include "forms/PassPane.h"
#include "forms/RecipePage.h"
#include "forms/StatusLine.h"
#include "library/GridPane.h"
#include "pass/MiniWindow.h"
#include "widgets/NoticeBar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

// GUIDE.md, "Space and shape".
constexpr int StripBelow = 1180;
constexpr int NoSidebarBelow = 860;
constexpr int SidebarWidth = 280;

} // namespace

MainWindow::MainWindow(timerserver::TimerServer &server, recipes::RecipeBook &book,
                       timerserver::CookingSessions &cooking, syncclient::SyncClient &client,
                       Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_book(book)
    , m_cooking(cooking)
    , m_theme(theme)
    , m_timers(server)
    , m_kitchen(new KitchenDesk(client, *this))
    , m_cook(new CookingDoor(book, m_timers, cooking, this))
    , m_menu(new QMenu(this))
    , m_banner(new AlarmBanner)
    , m_notice(new NoticeBar(NoticeBar::Tone::Trouble, tr("Close")))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_library(new LibraryPane(book, m_timers))
    , m_grid(new GridPane(m_library->model(), m_library->acts()))
    , m_page(new RecipePage(book, m_timers, cooking))
    , m_middle(new QStackedWidget)
    , m_editorDesk(new EditorDesk(book))
    , m_column(new PassPane(Qt::Vertical, book, m_timers))
    , m_strip(new PassPane(Qt::Horizontal, book, m_timers))
    , m_statusLine(new StatusLine)
    , m_alarm(new AlarmDesk(m_timers, book, client, machineSpeakers(), this))
    , m_alarmScreen(new AlarmScreen(*m_alarm, *m_banner, *this, this))
{
    setWindowTitle(tr("Simmer"));
    setAcceptDrops(true);
    m_timers.countFor(*this);
    arrange();
    makeMenu();
    makeKeys();
    wire();
    wireEditor();
    wireLibrary();
    resize(1440, 900);
    m_page->setFocus();
    setLink(m_kitchen->link());
    tick(server.lastTick());
}

MainWindow::~MainWindow() = default;

void MainWindow::arrange()
{
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_notice);
    column->addWidget(m_editorDesk->bar());
    m_library->setMinimumWidth(200);
    m_library->setMaximumWidth(360);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_library);
    m_middle->addWidget(m_page);
    m_middle->addWidget(m_grid);
    m_middle->addWidget(m_editorDesk);
    m_splitter->addWidget(m_middle);
    m_splitter->addWidget(m_column);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({SidebarWidth, 820, m_column->width()});
    column->addWidget(m_splitter, 1);
    column->addWidget(m_strip);
    column->addWidget(m_statusLine);
    setCentralWidget(central);
    setMinimumSize(560, 480);
}

void MainWindow::openRecipe(const RecipeId &recipe)
{
    if (!m_book.recipes().contains(recipe))
        return;
    m_page->open(recipe);
    showGrid(false);
    if (m_page->recipe() == recipe)
        m_library->select(recipe);
}

void MainWindow::openStep(const RecipeId &recipe, int step)
{
    m_page->openStep(recipe, step);
    showGrid(false);
    m_library->select(recipe);
}

void MainWindow::openStepOf(const TimerId &timer)
{
    const auto known = m_timers.find(timer);
    if (known && known->place && m_cook->goTo(*known->place))
        return;
    comeForward();
    if (known && known->place)
        openStep(known->place->recipe, known->place->step);
}

void MainWindow::showTrouble(const Error &error)
{
    m_notice->say(Words::trouble(error));
    m_cook->say(Words::trouble(error));
}

void MainWindow::showMended(const MendedProfile &profile)
{
    m_notice->say(Words::mended(profile), NoticeBar::Lasting::UntilClosed);
}

void MainWindow::showBackupFailed(const Error &error)
{
    m_notice->say(Words::noBackup(error));
}

void MainWindow::setRefused(const QList<RefusedPress> &presses)
{
    m_kitchen->setRefused(presses);
}

void MainWindow::offerSharing(Sharing &sharing)
{
    m_kitchen->offerSharing(sharing);
}

void MainWindow::setLink(const syncclient::LinkStatus &link)
{
    m_statusLine->setLink(link);
    m_cook->setLink(link);
    m_column->setLink(link);
    m_strip->setLink(link);
    m_alarm->setLink(link);
    if (m_mini)
        m_mini->setLink(link);
}

void MainWindow::tick(qint64 nowMs)
{
    if (nowMs > 0)
        m_statusLine->setTime(nowMs);
}

void MainWindow::importFiles(const QStringList &files)
{
    if (files.isEmpty())
        return;
    auto *dialog = new ImportDialog(files, m_book, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this, [this](const RecipeId &first) {
        if (!first.isNull())
            openRecipe(first);
    });
    dialog->open();
}

void MainWindow::askForFiles()
{
    auto *dialog = new QFileDialog(this, tr("Import recipes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Recipes (*.html *.htm *.json *.jsonld *.cook *.gz)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::importFiles);
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::any_of(urls.cbegin(), urls.cend(), [](const QUrl &url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList files;
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls)
        if (url.isLocalFile())
            files += url.toLocalFile();
    event->acceptProposedAction();
    importFiles(files);
}

PassPane &MainWindow::pass() const
{
    return m_column->isHidden() ? *m_strip : *m_column;
}

MiniWindow &MainWindow::mini()
{
    if (m_mini)
        return *m_mini;
    m_mini = std::make_unique<MiniWindow>(m_book, m_timers);
    m_mini->setLink(m_kitchen->link());
    connect(m_mini.get(), &MiniWindow::mainWindowWished, this, &MainWindow::comeForward);
    connect(m_mini.get(), &MiniWindow::menuWished, m_column, &PassPane::openMenu);
    connect(m_mini.get(), &MiniWindow::stepWished, this, [this](const RecipeId &recipe, int step) {
        comeForward();
        openStep(recipe, step);
    });
    Q_EMIT miniMade(m_mini.get());
    return *m_mini;
}

void MainWindow::showMini()
{
    mini().show();
    mini().raise();
    mini().activateWindow();
}

void MainWindow::say(const QString &text)
{
    m_notice->say(text);
}

void MainWindow::comeForward()
{
    m_isLeftBehind = false;
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::startQuick(const QString &typed)
{
    pass().startQuick(typed);
}

void MainWindow::focusQuickTimer()
{
    comeForward();
    pass().focusQuickTimer();
}

QString MainWindow::goodbye() const
{
    const QString rings = tr("They keep their time, and ring on the kitchen’s other devices.");
    return m_kitchen->isShared()
               ? rings + QLatin1Char(' ') +
                     tr("Those go on by themselves until Simmer is open here again.")
               : rings;
}

/// A closed window rings no more: with timers on the Pass that wants to be said first.
void MainWindow::closeEvent(QCloseEvent *event)
{
    keepShape();
    if (m_editorDesk->isOpen()) {
        event->ignore();
        m_editorDesk->leave(
            [this] { QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection); });
        return;
    }
    if (m_closeAgreed || m_timers.onPass().isEmpty()) {
        QMainWindow::closeEvent(event);
        if (m_quits)
            QCoreApplication::exit(); // perhaps it was hidden: no last window is closed then
        return;
    }
    event->ignore();
    if (!m_staysBehind || m_quits)
        return askWhetherToClose();
    m_isLeftBehind = true;
    hide();
    Q_EMIT leftBehind();
}

void MainWindow::quit()
{
    m_quits = true;
    close();
}

void MainWindow::askWhetherToClose()
{
    comeForward();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Close Simmer"),
                                tr("Timers do not ring here while Simmer is closed."),
                                QMessageBox::Close | QMessageBox::Cancel, this);
    box->setInformativeText(goodbye());
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this, [this, box](QAbstractButton *button) {
        m_closeAgreed = box->standardButton(button) == QMessageBox::Close;
        if (m_closeAgreed)
            close();
        else
            m_quits = false;
    });
    box->open();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    fitToWidth();
}

void MainWindow::fitToWidth()
{
    const bool isWriting = m_middle->currentWidget() == m_editorDesk;
    const bool hasColumn = !isWriting && width() >= StripBelow;
    m_column->setVisible(hasColumn);
    m_strip->setVisible(!hasColumn);
    m_library->setVisible(!isWriting && m_sidebarWished.value_or(width() >= NoSidebarBelow));
}

void MainWindow::toggleSidebar()
{
    m_sidebarWished = m_library->isHidden();
    fitToWidth();
}

void MainWindow::offerCatalogue(recipes::Catalogue &catalogue)
{
    m_library->model().offer(catalogue);
    connect(&catalogue, &recipes::Catalogue::failed, this, &MainWindow::showTrouble);
}

/// The grid or the recipe; what is being written stays behind it.
void MainWindow::showGrid(bool on)
{
    const bool hadFocus = m_library->isAncestorOf(QApplication::focusWidget()) ||
                          m_middle->isAncestorOf(QApplication::focusWidget());
    m_library->setBesideGrid(on);
    if (m_preferences)
        m_preferences->change([on](Choices &now) { now.grid = on; });
    m_middle->setCurrentWidget(on ? static_cast<QWidget *>(m_grid) : m_page);
    fitToWidth();
    if (!on)
        return;
    setWindowTitle(tr("Library — Simmer"));
    m_grid->select(m_page->recipe());
    if (hadFocus)
        m_grid->focusFirst();
}

void MainWindow::nextPane()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool isGrid = m_middle->currentWidget() == m_grid;
    if (m_library->isAncestorOf(focus))
        return isGrid ? m_grid->focusFirst() : m_page->focusFirst();
    if (m_middle->isAncestorOf(focus))
        return pass().focusFirst();
    m_library->focusList();
}

} // namespace simmer::ui
