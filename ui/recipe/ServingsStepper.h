// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Servings.h"

#include <QWidget>

namespace simmer::ui {

class FlatButton;

/// For how many the amounts are shown, with a button for less and one for more. GUI thread.
class ServingsStepper : public QWidget
{
    Q_OBJECT

public:
    explicit ServingsStepper(QWidget *parent = nullptr);

    /// `servings` as the recipe is written (absent: it does not say), `factor` as it is shown.
    void show(const std::optional<recipes::Servings> &servings, const recipes::Fraction &factor);
    /// "6 servings", "18 rolls", "1½ ×".
    QString text() const { return m_number + m_noun; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void stepped(bool more);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    FlatButton *m_less;
    FlatButton *m_more;
    QString m_number;
    QString m_noun; ///< with the space before it
};

} // namespace simmer::ui
