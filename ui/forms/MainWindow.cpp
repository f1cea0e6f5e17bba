// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/MainWindow.h"

#include "alarm/AlarmBanner.h"
#include "alarm/AlarmSound.h"
#include "dialogs/ImportDialog.h"
#include "dialogs/JoinDialog.h"
#include "dialogs/ShareDialog.h"
#include "forms/LibraryPane.h"
#include "forms/PassPane.h"
#include "forms/RecipePage.h"
#include "forms/StatusLine.h"
#include "syncclient/Neighbours.h"
#include "widgets/NoticeBar.h"
#include "words/ShareWords.h"

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
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

// GUIDE.md, "Space and shape".
constexpr int StripBelow = 1180;
constexpr int NoSidebarBelow = 860;
constexpr int SidebarWidth = 280;
constexpr qint64 MinuteMs = 60'000;
constexpr qsizetype MostLines = 8; // in a message box, before its details

} // namespace

MainWindow::MainWindow(timerserver::TimerServer &server, recipes::RecipeBook &book,
                       timerserver::CookingSessions &cooking, syncclient::SyncClient &client,
                       Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_book(book)
    , m_cooking(cooking)
    , m_client(client)
    , m_theme(theme)
    , m_timers(server)
    , m_menu(new QMenu(this))
    , m_banner(new AlarmBanner)
    , m_notice(new NoticeBar(NoticeBar::Tone::Trouble, tr("Close")))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_library(new LibraryPane(book, m_timers))
    , m_page(new RecipePage(book, m_timers, cooking))
    , m_column(new PassPane(Qt::Vertical, book, m_timers))
    , m_strip(new PassPane(Qt::Horizontal, book, m_timers))
    , m_statusLine(new StatusLine)
    , m_sound(new AlarmSound(this))
{
    setWindowTitle(tr("Simmer"));
    setAcceptDrops(true);
    arrange();
    makeMenu();
    makeKeys();
    wire();
    resize(1440, 900);
    m_page->setFocus();
    setLink(client.status());
    tick(server.lastTick());
    reviewAlarm();
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
    m_library->setMinimumWidth(200);
    m_library->setMaximumWidth(360);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_library);
    m_splitter->addWidget(m_page);
    m_splitter->addWidget(m_column);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({SidebarWidth, 820, m_column->width()});
    column->addWidget(m_splitter, 1);
    column->addWidget(m_strip);
    column->addWidget(m_statusLine);
    setCentralWidget(central);
    setMinimumSize(560, 480);
}

void MainWindow::wire()
{
    connect(m_library, &LibraryPane::chosen, this, &MainWindow::openRecipe);
    connect(m_library, &LibraryPane::importWished, this, &MainWindow::askForFiles);
    connect(m_page, &RecipePage::importWished, this, &MainWindow::askForFiles);
    connect(m_page, &RecipePage::sidebarWished, this, &MainWindow::toggleSidebar);
    connect(m_page, &RecipePage::opened, this, [this](const RecipeId &recipe) {
        setWindowTitle(tr("%1 — Simmer").arg(m_book.recipes().value(recipe).title));
    });
    for (PassPane *pane : {m_column, m_strip})
        connect(pane, &PassPane::stepWished, this, &MainWindow::openStep);
    connect(&m_timers, &LiveTimers::ticked, this, &MainWindow::tick);
    connect(&m_timers, &LiveTimers::changed, this, &MainWindow::reviewAlarm);
    connect(&m_timers, &LiveTimers::loaded, this, &MainWindow::reviewAlarm);
    connect(&m_timers, &LiveTimers::checked, m_sound, &AlarmSound::chime);
    connect(&m_timers, &LiveTimers::failed, this, &MainWindow::showTrouble);
    connect(&m_book, &recipes::RecipeBook::notSaved, this,
            [this](const RecipeId &, const Error &error) { showTrouble(error); });
    connect(&m_cooking, &timerserver::CookingSessions::notKept, this,
            [this](const OpId &, const Error &error) { showTrouble(error); });
    connect(&m_client, &syncclient::SyncClient::statusChanged, this, &MainWindow::setLink);
    connect(m_sound, &AlarmSound::deviceChanged, m_statusLine, &StatusLine::setSound);
    m_statusLine->setSound(m_sound->hasDevice());
    connect(m_banner, &AlarmBanner::stopWished, &m_timers, &LiveTimers::stop);
    connect(m_banner, &AlarmBanner::minutesWished, this,
            [this](const TimerId &id, int minutes) { m_timers.add(id, minutes * MinuteMs); });
    connect(m_banner, &AlarmBanner::stepWished, this, &MainWindow::openStepOf);
}

void MainWindow::openRecipe(const RecipeId &recipe)
{
    m_page->open(recipe);
    if (m_page->recipe() == recipe)
        m_library->select(recipe);
}

void MainWindow::openStep(const RecipeId &recipe, int step)
{
    m_page->openStep(recipe, step);
    m_library->select(recipe);
}

void MainWindow::openStepOf(const TimerId &timer)
{
    const auto known = m_timers.find(timer);
    if (known && known->place)
        openStep(known->place->recipe, known->place->step);
}

void MainWindow::showTrouble(const Error &error)
{
    m_notice->say(Words::trouble(error));
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
    const bool more = presses.size() > m_refused.size();
    m_refused = presses;
    m_refusedAction->setVisible(!presses.isEmpty());
    m_refusedAction->setText(tr("Not taken by the server: %1…").arg(presses.size()));
    if (more)
        m_notice->say(Words::refused(presses.constLast()));
}

void MainWindow::showRefused()
{
    QStringList lines;
    for (const RefusedPress &press : std::as_const(m_refused))
        lines += Words::refused(press);
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Not taken by the server"),
                                tr("These stay on this device only. Do them again if they are "
                                   "still wanted."),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(lines.mid(0, MostLines).join(QLatin1Char('\n')));
    if (lines.size() > MostLines)
        box->setDetailedText(lines.join(QLatin1Char('\n')));
    box->setDefaultButton(QMessageBox::Close);
    box->open();
}

void MainWindow::setLink(const syncclient::LinkStatus &status)
{
    m_status = seenWith(status);
    m_statusLine->setLink(m_status);
    m_column->setLink(m_status);
    m_strip->setLink(m_status);
}

/// As a cook sees it: this program's own server is found where others find it, and a pause that was
/// wished is no fault of the network.
syncclient::LinkStatus MainWindow::seenWith(const syncclient::LinkStatus &status) const
{
    syncclient::LinkStatus seen = status;
    if (!m_sharing)
        return seen;
    const SharingStatus &sharing = m_sharing->status();
    if (sharing.isPaused)
        seen.state = syncclient::LinkState::Alone;
    if (sharing.state == SharingStatus::State::On && !sharing.addresses.isEmpty())
        seen.server.setAuthority(sharing.addresses.constFirst());
    return seen;
}

void MainWindow::offerSharing(Sharing &sharing)
{
    m_sharing = &sharing;
    connect(&sharing, &Sharing::changed, this, &MainWindow::reviewSharing);
    connect(&sharing, &Sharing::failed, this, [this](const Error &error) {
        const QString why = ShareWords::notShared(m_sharing->status());
        m_notice->say(why.isEmpty() ? ShareWords::failed(error) : why);
    });
    m_shareAction->setVisible(true);
    reviewSharing();
}

/// Who shares a kitchen is in it: another can be joined when it is off.
void MainWindow::reviewSharing()
{
    const auto state = m_sharing->status().state;
    const bool isShared =
        state == SharingStatus::State::On || state == SharingStatus::State::Starting;
    m_joinAction->setEnabled(!isShared);
    setLink(m_client.status());
}

void MainWindow::share()
{
    auto *dialog = new ShareDialog(*m_sharing, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ShareDialog::joinWished, this, &MainWindow::join);
    dialog->open();
}

void MainWindow::tick(qint64 nowMs)
{
    if (nowMs > 0)
        m_statusLine->setTime(nowMs);
    if (m_ringing > 0)
        reviewAlarm();
}

/// Sound, banner and the desktop's attention follow from what rings, nothing else.
void MainWindow::reviewAlarm()
{
    const QList<timers::Timer> ringing = m_timers.ringing();
    const auto loud = std::count_if(ringing.cbegin(), ringing.cend(), [this](const auto &timer) {
        return m_timers.faceOf(timer).look == Look::Ringing;
    });
    m_sound->setRinging(loud > 0);
    if (ringing.size() > m_ringing)
        QApplication::alert(this);
    m_ringing = int(ringing.size());
    if (ringing.isEmpty())
        return m_banner->silence();
    const timers::Timer &first = ringing.constFirst();
    const auto place = first.place.value_or(timers::Place());
    const auto recipe = m_book.recipes().constFind(place.recipe);
    const CardWords words =
        cardWords(first, m_timers.faceOf(first), m_timers.momentOf(first),
                  recipe == m_book.recipes().cend() ? nullptr : &*recipe, m_status);
    m_banner->announce(first.id, words, m_ringing - 1);
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

void MainWindow::join()
{
    auto *dialog = new JoinDialog(m_client, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->offer(*new syncclient::Neighbours({}, dialog));
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
    return width() >= StripBelow ? *m_column : *m_strip;
}

QString MainWindow::goodbye() const
{
    const QString rings = tr("They keep their time, and ring on the kitchen’s other devices.");
    const bool isShared = m_sharing && m_sharing->status().state == SharingStatus::State::On;
    return isShared ? rings + QLatin1Char(' ') +
                          tr("Those go on by themselves until Simmer is open here again.")
                    : rings;
}

/// A closed window rings no more: with timers on the Pass that wants to be said first.
void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_closeAgreed || m_timers.onPass().isEmpty()) {
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
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
    m_column->setVisible(width() >= StripBelow);
    m_strip->setVisible(width() < StripBelow);
    m_library->setVisible(m_sidebarWished.value_or(width() >= NoSidebarBelow));
}

void MainWindow::toggleSidebar()
{
    m_sidebarWished = m_library->isHidden();
    fitToWidth();
}

void MainWindow::nextPane()
{
    const QWidget *focus = QApplication::focusWidget();
    if (m_library->isAncestorOf(focus))
        return m_page->focusFirst();
    if (m_page->isAncestorOf(focus))
        return pass().focusFirst();
    m_library->focusList();
}

} // namespace simmer::ui
