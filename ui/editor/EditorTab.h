// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace simmer::ui {

/// One of the editor's pages, by name and count; a line of flame below the one that is open. GUI
/// thread.
class EditorTab : public QAbstractButton
{
    Q_OBJECT

public:
    explicit EditorTab(const QString &text, QWidget *parent = nullptr);

    /// Absent for a page that counts nothing.
    void setCount(int count);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_count;
};

} // namespace simmer::ui
