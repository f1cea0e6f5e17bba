// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncclient/SyncClient.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace simmer::ui {

class InkLabel;

/// Asks for a kitchen's address and one-time code and joins it; closes when that is done, says what
/// went wrong when it is not. GUI thread.
class JoinDialog : public QDialog
{
    Q_OBJECT

public:
    explicit JoinDialog(syncclient::SyncClient &client, QWidget *parent = nullptr);

private:
    void join();
    void setBusy(bool busy);
    void review();

    syncclient::SyncClient &m_client;
    QLineEdit *m_server;
    QLineEdit *m_code;
    QLineEdit *m_device;
    InkLabel *m_trouble;
    QPushButton *m_join;
};

} // namespace simmer::ui
