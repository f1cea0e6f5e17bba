// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QWidget>

class QHBoxLayout;

namespace simmer::ui {

class FlatButton;
class InkLabel;

/// The top line of cooking mode: the dish and its step, the other dishes, clock, ingredients,
/// Leave. GUI thread.
class CookingHead : public QWidget
{
    Q_OBJECT

public:
    explicit CookingHead(QWidget *parent = nullptr);

    /// A dish that can be gone to.
    struct Dish {
        RecipeId recipe;
        QString title;

        bool operator==(const Dish &) const = default;
    };
    void show(const QString &title, const QString &step, const QList<Dish> &others);
    /// Kitchen time, ms.
    void setTime(qint64 nowMs);
    void setUnit(qreal unit);

Q_SIGNALS:
    void dishWished(const simmer::RecipeId &recipe);
    void ingredientsWished();
    void leaveWished();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeDishes();
    void fitDishes();

    InkLabel *m_title;
    InkLabel *m_step;
    InkLabel *m_clock;
    FlatButton *m_ingredients;
    FlatButton *m_leave;
    QHBoxLayout *m_dishes;
    QList<Dish> m_others;
    QList<FlatButton *> m_dishButtons;
    qreal m_unit = 1;
};

} // namespace simmer::ui
