// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/KitchenDesk.h"

#include "dialogs/JoinDialog.h"
#include "dialogs/ShareDialog.h"
#include "syncclient/Neighbours.h"
#include "words/ShareWords.h"

#include <QMenu>
#include <QMessageBox>

namespace simmer::ui {

namespace {

constexpr qsizetype MostLines = 8; // in a message box, before its details

} // namespace

KitchenDesk::KitchenDesk(syncclient::SyncClient &client, QWidget &window)
    : QObject(&window)
    , m_client(client)
    , m_window(window)
    , m_shareAction(new QAction(tr("&Share this kitchen…"), this))
    , m_joinAction(new QAction(tr("&Join kitchen…"), this))
    , m_refusedAction(new QAction(this))
{
    m_shareAction->setShortcut(Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_K);
    m_joinAction->setShortcut(Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_J);
    m_shareAction->setVisible(false);
    m_refusedAction->setVisible(false);
    connect(m_shareAction, &QAction::triggered, this, &KitchenDesk::share);
    connect(m_joinAction, &QAction::triggered, this, &KitchenDesk::join);
    connect(m_refusedAction, &QAction::triggered, this, &KitchenDesk::showRefused);
    connect(&client, &syncclient::SyncClient::statusChanged, this, &KitchenDesk::setLink);
    m_link = seenWith(client.status());
}

QMenu *KitchenDesk::fill(QMenu &menu)
{
    QMenu *kitchen = menu.addMenu(tr("&Kitchen"));
    kitchen->addActions({m_shareAction, m_joinAction, m_refusedAction});
    return kitchen;
}

void KitchenDesk::offerSharing(Sharing &sharing)
{
    m_sharing = &sharing;
    connect(&sharing, &Sharing::changed, this, &KitchenDesk::reviewSharing);
    connect(&sharing, &Sharing::failed, this, [this](const Error &error) {
        const QString why = ShareWords::notShared(m_sharing->status());
        Q_EMIT noticed(why.isEmpty() ? ShareWords::failed(error) : why);
    });
    m_shareAction->setVisible(true);
    reviewSharing();
}

bool KitchenDesk::isShared() const
{
    return m_sharing && m_sharing->status().state == SharingStatus::State::On;
}

/// Who shares a kitchen is in it: another can be joined when it is off.
void KitchenDesk::reviewSharing()
{
    const bool starts = m_sharing->status().state == SharingStatus::State::Starting;
    m_joinAction->setEnabled(!isShared() && !starts);
    setLink(m_client.status());
}

void KitchenDesk::setLink(const syncclient::LinkStatus &status)
{
    m_link = seenWith(status);
    Q_EMIT linkChanged(m_link);
}

/// As a cook sees it: this program's own server is found where others find it, and a pause that was
/// wished is no fault of the network.
syncclient::LinkStatus KitchenDesk::seenWith(const syncclient::LinkStatus &status) const
{
    syncclient::LinkStatus seen = status;
    if (!m_sharing)
        return seen;
    const SharingStatus &sharing = m_sharing->status();
    if (sharing.isPaused)
        seen.state = syncclient::LinkState::Alone;
    if (isShared() && !sharing.addresses.isEmpty())
        seen.server.setAuthority(sharing.addresses.constFirst());
    return seen;
}

void KitchenDesk::share()
{
    auto *dialog = new ShareDialog(*m_sharing, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ShareDialog::joinWished, this, &KitchenDesk::join);
    dialog->open();
}

void KitchenDesk::join()
{
    auto *dialog = new JoinDialog(m_client, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->offer(*new syncclient::Neighbours({}, dialog));
    dialog->open();
}

void KitchenDesk::setRefused(const QList<RefusedPress> &presses)
{
    const bool more = presses.size() > m_refused.size();
    m_refused = presses;
    m_refusedAction->setVisible(!presses.isEmpty());
    m_refusedAction->setText(tr("Not taken by the server: %1…").arg(presses.size()));
    if (more)
        Q_EMIT noticed(Words::refused(presses.constLast()));
}

void KitchenDesk::showRefused()
{
    QStringList lines;
    for (const RefusedPress &press : std::as_const(m_refused))
        lines += Words::refused(press);
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Not taken by the server"),
                                tr("These stay on this device only. Do them again if they are "
                                   "still wanted."),
                                QMessageBox::Close, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(lines.mid(0, MostLines).join(QLatin1Char('\n')));
    if (lines.size() > MostLines)
        box->setDetailedText(lines.join(QLatin1Char('\n')));
    box->setDefaultButton(QMessageBox::Close);
    box->open();
}

} // namespace simmer::ui
