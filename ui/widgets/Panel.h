// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QWidget>

class QHBoxLayout;

namespace simmer::ui {

/// A flat ground of one token with hairlines at some of its edges. GUI thread.
class Panel : public QWidget
{
    Q_OBJECT

public:
    enum class Ground { Window, Page };

    Panel(Ground ground, Qt::Edges lines, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Ground m_ground;
    Qt::Edges m_lines;
};

/// The 48 px bar on top of each column, with a hairline below and a row for its controls.
class Bar : public Panel
{
    Q_OBJECT

public:
    explicit Bar(Ground ground, QWidget *parent = nullptr);

    QHBoxLayout *row() const { return m_row; }

private:
    QHBoxLayout *m_row; ///< owned by Qt
};

/// A label in one of the tokens' inks that follows the theme; too long a line ends in "…".
class InkLabel : public QLabel
{
    Q_OBJECT

public:
    enum class Ink { Full, Secondary, Caption, Trouble };

    InkLabel(const QFont &font, Ink ink, const QString &text = {}, QWidget *parent = nullptr);

    void setElided(bool elided);
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void dress();

    Ink m_ink;
    bool m_elided = false;
};

} // namespace simmer::ui
