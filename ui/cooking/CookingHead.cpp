// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingHead.h"

#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/Words.h"

#include <QHBoxLayout>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr int LeastButton = 48;
constexpr qsizetype MostDishes = 2; // more are reached by Ctrl+Tab
constexpr int TitlePercent = 26;    // of the width, at the least
constexpr qsizetype LongestDish = 22;
constexpr int RoomForWords = 1100; // narrower, the ingredients are a sign without words

QString shortened(const QString &title)
{
    return title.size() <= LongestDish ? title
                                       : title.left(LongestDish - 1).trimmed() + QChar(0x2026);
}

} // namespace

CookingHead::CookingHead(QWidget *parent)
    : QWidget(parent)
    , m_title(new InkLabel(displayFont(22), InkLabel::Ink::Full))
    , m_step(new InkLabel(textFont(22), InkLabel::Ink::Secondary))
    , m_clock(new InkLabel(displayFont(36), InkLabel::Ink::Full))
    , m_ingredients(new FlatButton(QLatin1String("list"), tr("Ingredients")))
    , m_leave(new FlatButton(QLatin1String("close"), tr("Leave")))
    , m_dishes(new QHBoxLayout)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(14);
    m_title->setElided(true);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    row->addWidget(m_title);
    row->addWidget(m_step);
    m_dishes->setSpacing(8);
    row->addLayout(m_dishes);
    row->addStretch(1);
    row->addWidget(m_clock);
    row->addWidget(m_ingredients);
    row->addWidget(m_leave);
    for (FlatButton *button : {m_ingredients, m_leave}) {
        button->setRole(FlatButton::Role::Outlined);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_ingredients->setAccessibleName(tr("Show or hide the ingredients"));
    m_ingredients->setToolTip(tr("Show or hide the ingredients (I)"));
    connect(m_ingredients, &QAbstractButton::clicked, this, &CookingHead::ingredientsWished);
    connect(m_leave, &QAbstractButton::clicked, this, &CookingHead::leaveWished);
}

void CookingHead::show(const QString &title, const QString &step, const QList<Dish> &others)
{
    if (title != m_title->text()) {
        m_title->setText(title);
        fitDishes();
    }
    if (step != m_step->text())
        m_step->setText(step);
    if (others == m_others)
        return;
    m_others = others;
    makeDishes();
}

void CookingHead::makeDishes()
{
    for (FlatButton *button : std::as_const(m_dishButtons)) {
        m_dishes->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    m_dishButtons.clear();
    for (const Dish &dish : m_others.mid(0, MostDishes)) {
        auto *button = new FlatButton(QLatin1String("chevron-right"), shortened(dish.title));
        button->setRole(FlatButton::Role::Outlined);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(tr("Go to %1").arg(dish.title));
        button->setToolTip(tr("%1 (Ctrl+Tab)").arg(dish.title));
        connect(button, &QAbstractButton::clicked, this,
                [this, recipe = dish.recipe] { Q_EMIT dishWished(recipe); });
        m_dishes->addWidget(button);
        m_dishButtons += button;
    }
    setUnit(m_unit);
}

void CookingHead::setTime(qint64 nowMs)
{
    const QString hour = Words::hour(nowMs);
    if (hour != m_clock->text())
        m_clock->setText(hour);
}

void CookingHead::setUnit(qreal unit)
{
    m_unit = unit;
    const auto px = [&](int pixels, int least) {
        return std::max(least, int(std::lround(pixels * unit)));
    };
    m_title->setFont(displayFont(px(24, 20)));
    m_step->setFont(textFont(px(24, 20)));
    m_clock->setFont(displayFont(px(40, 30)));
    QList<FlatButton *> all = m_dishButtons;
    all += {m_ingredients, m_leave};
    for (FlatButton *button : std::as_const(all))
        button->setZoom(std::clamp(1.25 * unit, 1.1, 2.2), px(50, LeastButton));
    fitDishes();
}

void CookingHead::resizeEvent(QResizeEvent *)
{
    const bool isNarrow = width() < RoomForWords * std::max(1.0, m_unit);
    m_ingredients->set(QLatin1String("list"), isNarrow ? QString() : tr("Ingredients"));
    fitDishes();
}

/// The title is the last to give way.
void CookingHead::fitDishes()
{
    const int wished = QFontMetrics(m_title->font()).horizontalAdvance(m_title->text()) + 4;
    m_title->setMinimumWidth(std::min(wished, width() * TitlePercent / 100));
    const bool isNarrow = width() < RoomForWords * std::max(1.0, m_unit);
    for (qsizetype i = 0; i < m_dishButtons.size(); ++i)
        m_dishButtons.at(i)->setVisible(i == 0 || !isNarrow);
}

} // namespace simmer::ui
