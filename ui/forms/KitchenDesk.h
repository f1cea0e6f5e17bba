// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Sharing.h"
#include "syncclient/SyncClient.h"
#include "words/Words.h"

#include <QObject>

class QAction;
class QMenu;

namespace simmer::ui {

/// The window's way to the kitchen's other devices: the Kitchen menu with its dialogs, the link as
/// a cook sees it, what the server would not take. GUI thread; owned by the window, on which its
/// dialogs stand.
class KitchenDesk : public QObject
{
    Q_OBJECT

public:
    /// `client` must outlive it.
    KitchenDesk(syncclient::SyncClient &client, QWidget &window);

    /// Puts its menu into that of the window.
    QMenu *fill(QMenu &menu);
    /// `sharing` must outlive it.
    void offerSharing(Sharing &sharing);
    /// How many presses the server would not take, and which; says so when they are more.
    void setRefused(const QList<RefusedPress> &presses);
    const syncclient::LinkStatus &link() const { return m_link; }
    /// Whether this device is the kitchen's server.
    bool isShared() const;
    void join();
    void share();

Q_SIGNALS:
    void linkChanged(const simmer::syncclient::LinkStatus &link);
    /// Something that whoever is at the window should hear.
    void noticed(const QString &text);

private:
    void showRefused();
    void reviewSharing();
    void setLink(const syncclient::LinkStatus &status);
    syncclient::LinkStatus seenWith(const syncclient::LinkStatus &status) const;

    syncclient::SyncClient &m_client;
    QWidget &m_window;
    Sharing *m_sharing = nullptr; ///< once it is offered
    syncclient::LinkStatus m_link;
    QList<RefusedPress> m_refused;
    QAction *m_shareAction;
    QAction *m_joinAction;
    QAction *m_refusedAction;
};

} // namespace simmer::ui
