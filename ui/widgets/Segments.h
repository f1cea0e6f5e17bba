// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QWidget>

class QButtonGroup;

namespace simmer::ui {

/// One of a few, side by side in a sunken track; Tab reaches the chosen one, arrows move the
/// choice. GUI thread.
class Segments : public QWidget
{
    Q_OBJECT

public:
    explicit Segments(QWidget *parent = nullptr);

    /// `value` ≥ 0 names it.
    void add(int value, const QString &text);
    /// One that shows an icon.
    void add(int value, QLatin1String icon, const QString &name);
    void choose(int value);
    int chosen() const;

Q_SIGNALS:
    /// By the person, not by choose().
    void chosenChanged(int value);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group; ///< a child
};

} // namespace simmer::ui
