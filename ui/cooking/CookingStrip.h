// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cooking/CookingTile.h"
#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"

class QLabel;

namespace simmer::ui {

class InkLabel;

/// The kitchen's other timers at the foot of cooking mode, next to ring first; what does not fit is
/// counted. GUI thread.
class CookingStrip : public QWidget
{
    Q_OBJECT

public:
    CookingStrip(const recipes::RecipeBook &book, LiveTimers &timers, QWidget *parent = nullptr);

    /// `left` stands elsewhere on the screen.
    void sync(const TimerId &left, const syncclient::LinkStatus &status);
    void setUnit(qreal unit);
    const QList<CookingTile *> &tiles() const { return m_tiles; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void stepWished(const simmer::RecipeId &recipe, int step);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    CookingTile *makeTile(const TimerId &timer);
    CookingTile *tileOf(const TimerId &timer) const;
    void place();

    const recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    qreal m_unit = 1;
    QList<CookingTile *> m_tiles; ///< children, in shown order
    InkLabel *m_more;
};

} // namespace simmer::ui
