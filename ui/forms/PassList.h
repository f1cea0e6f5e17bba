// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"
#include "syncclient/SyncClient.h"
#include "widgets/PassItem.h"

#include <QWidget>

namespace simmer::ui {

/// How the timers of the Pass stand: cards below each other, pieces of a strip, or the low rows of
/// the small window.
enum class PassShape { Cards, Strip, Rows };

/// The timers of the Pass in their order. A new
/// order waits while pointer or focus is inside, so that nothing slips away under a finger. GUI
/// thread.
class PassList : public QWidget
{
    Q_OBJECT

public:
    PassList(PassShape shape, const recipes::RecipeBook &book, LiveTimers &timers,
             QWidget *parent = nullptr);

    void setLink(const syncclient::LinkStatus &status);
    const QList<PassItem *> &items() const { return m_items; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void stepWished(const simmer::RecipeId &recipe, int step);
    /// What can be done to the timer besides, at this point of the screen.
    void menuWished(const simmer::TimerId &timer, const QPoint &at);
    void countChanged(int count);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void sync();
    void count();
    void draw(PassItem *item, const timers::Timer &timer);
    PassItem *itemOf(const TimerId &timer) const;
    PassItem *makeItem(const TimerId &timer);
    bool isBusy() const;
    void place(bool animated);
    void openStep(const TimerId &timer);

    bool isColumn() const { return m_shape != PassShape::Strip; }
    QPoint origin() const;
    int gap() const;

    PassShape m_shape;
    const recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    syncclient::LinkStatus m_status;
    QList<PassItem *> m_items; ///< children, in shown order
    bool m_missed = false;     ///< a second passed while it was not seen
};

} // namespace simmer::ui
