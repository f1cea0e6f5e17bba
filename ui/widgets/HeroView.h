// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simmer::ui {

/// The wide picture on top of a recipe, decorative. GUI thread.
class HeroView : public QWidget
{
    Q_OBJECT

public:
    explicit HeroView(const QString &cover, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_cover;
};

} // namespace simmer::ui
