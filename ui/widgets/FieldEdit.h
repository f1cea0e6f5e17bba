// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QLineEdit>

namespace simmer::ui {

/// A line to type into, with an icon at its start: the search (sunken) and the quick timer (raised,
/// with a hairline). GUI thread.
class FieldEdit : public QLineEdit
{
    Q_OBJECT

public:
    enum class Ground { Sunken, Raised };

    FieldEdit(QLatin1String icon, Ground ground, int height, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Escape was pressed.
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLatin1String m_icon;
    Ground m_ground;
};

} // namespace simmer::ui
