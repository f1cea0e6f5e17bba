// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"

#include <QWidget>

class QLineEdit;

namespace simmer::ui {

/// The recipe's tags: a chip each, and a field for one more (Enter or a comma adds it, Backspace in
/// the empty field takes the last one). GUI thread.
class TagsEdit : public QWidget
{
    Q_OBJECT

public:
    explicit TagsEdit(Manuscript &manuscript, QWidget *parent = nullptr);

    /// What stands in the field becomes a tag.
    void takeTyped();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void fit();
    int flow(int width, bool place) const;

    Manuscript &m_manuscript;
    QStringList m_shown;
    QList<QWidget *> m_chips; ///< children
    QLineEdit *m_add;
};

} // namespace simmer::ui
