// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "widgets/FieldEdit.h"

#include <QStringListModel>

class QCompleter;

namespace simmer::ui {

/// The field for a quick timer: Enter starts what is typed; while it is empty it offers what this
/// kitchen starts most. GUI thread.
class QuickField : public FieldEdit
{
    Q_OBJECT

public:
    explicit QuickField(LiveTimers &timers, QWidget *parent = nullptr);

    /// As if it had been typed.
    void start(const QString &typed);
    const QStringListModel &presets() const { return m_presets; }

Q_SIGNALS:
    /// What was typed has no time, or more than one; or is understood or another by now.
    void hintWished(bool wished);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void startTyped();
    void offer();
    void fill();

    LiveTimers &m_timers;
    QStringListModel m_presets;
    QCompleter *m_completer;
};

} // namespace simmer::ui
