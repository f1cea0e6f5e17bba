// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace simmer::ui {

/// One line of the ingredients with a box to tick: what at the left, how much at the right. GUI
/// thread.
class IngredientRow : public QAbstractButton
{
    Q_OBJECT

public:
    explicit IngredientRow(const QString &line, QWidget *parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 32}; }

protected:
    void nextCheckState() override {} // a tick shows when it is kept
    void paintEvent(QPaintEvent *event) override;

private:
    int textRoom(int width) const;

    QString m_amount;
    QString m_what;
};

/// An ingredient line split at the end of its leading amount: {"2.4 kg", "whole chicken"}; the
/// amount is empty where the line does not start with a number.
std::pair<QString, QString> splitAmount(const QString &line);

} // namespace simmer::ui
