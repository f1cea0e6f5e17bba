// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"
#include "syncclient/SyncClient.h"
#include "widgets/PassItem.h"

#include <QWidget>

namespace simmer::ui {

/// The timers of the Pass in their order, as cards below each other or as pieces of a strip. A new
/// order waits while pointer or focus is inside, so that nothing slips away under a finger. GUI
/// thread.
class PassList : public QWidget
{
    Q_OBJECT

public:
    PassList(Qt::Orientation orientation, const recipes::RecipeBook &book, LiveTimers &timers,
             QWidget *parent = nullptr);

    void setLink(const syncclient::LinkStatus &status);
    const QList<PassItem *> &items() const { return m_items; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void stepWished(const simmer::RecipeId &recipe, int step);
    void countChanged(int count);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void sync();
    void draw(PassItem *item, const timers::Timer &timer);
    PassItem *itemOf(const TimerId &timer) const;
    PassItem *makeItem(const TimerId &timer);
    bool isBusy() const;
    void place(bool animated);
    void openStep(const TimerId &timer);

    Qt::Orientation m_orientation;
    const recipes::RecipeBook &m_book;
    LiveTimers &m_timers;
    syncclient::LinkStatus m_status;
    QList<PassItem *> m_items; ///< children, in shown order
};

} // namespace simmer::ui
