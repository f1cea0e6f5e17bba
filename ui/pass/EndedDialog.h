// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pass/EndedTimers.h"

#include <QDialog>

class QListView;

namespace simmer::ui {

class FlatButton;
class InkLabel;

/// What ran before, with a way to start it again. GUI thread.
class EndedDialog : public QDialog
{
    Q_OBJECT

public:
    EndedDialog(LiveTimers &timers, const syncclient::LinkStatus &status,
                QWidget *parent = nullptr);

private:
    void startAgain();
    void review();

    LiveTimers &m_timers;
    EndedTimers m_model;
    QListView *m_list;
    InkLabel *m_nothing;
    FlatButton *m_again;
};

} // namespace simmer::ui
