// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncclient/Neighbours.h"
#include "syncclient/SyncClient.h"

#include <QDialog>

#include <optional>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace simmer::ui {

class InkLabel;

/// Asks for a kitchen's address and one-time code and joins it; closes when that is done, says what
/// went wrong when it is not. An invitation that is pasted as the address fills all of it in. GUI
/// thread.
class JoinDialog : public QDialog
{
    Q_OBJECT

public:
    explicit JoinDialog(syncclient::SyncClient &client, QWidget *parent = nullptr);

    /// Offers the kitchens that are seen in the house; `neighbours` outlives this.
    void offer(syncclient::Neighbours &neighbours);

private:
    void add(const syncclient::Neighbour &neighbour);
    void takeInvitation();
    void grow();
    void join();
    void setBusy(bool busy);
    void review();

    syncclient::SyncClient &m_client;
    QLineEdit *m_server;
    QLineEdit *m_code;
    QLineEdit *m_device;
    InkLabel *m_found;         ///< the caption of those
    QVBoxLayout *m_neighbours; ///< a button each
    InkLabel *m_key;
    std::optional<identity::Fingerprint> m_serverKey; ///< that the invitation named
    InkLabel *m_trouble;
    QPushButton *m_join;
};

} // namespace simmer::ui
