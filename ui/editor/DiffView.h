// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTextEdit>

namespace simmer::ui {

/// Two texts side by side, line by line; what differs stands on a ground and has a sign of its own,
/// so that no colour is needed to read it. GUI thread.
class DiffView : public QTextEdit
{
    Q_OBJECT

public:
    explicit DiffView(QWidget *parent = nullptr);

    void show(const QString &left, const QStringList &before, const QString &right,
              const QStringList &after);

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();

    QString m_left;
    QString m_right;
    QStringList m_before;
    QStringList m_after;
};

} // namespace simmer::ui
