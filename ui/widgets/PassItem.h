// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "theme/Type.h"
#include "widgets/RingPainter.h"
#include "words/CardWords.h"

#include <QWidget>

namespace simmer::ui {

/// A timer on the Pass, as a card or as a piece of the strip: what it shows, and what its cook
/// wishes. GUI thread; owned by the Pass.
class PassItem : public QWidget
{
    Q_OBJECT

public:
    PassItem(const TimerId &timer, QWidget *parent);

    const TimerId &timer() const { return m_timer; }
    const CardWords &words() const { return m_words; }
    /// Takes what to show; repaints only what differs.
    void draw(const CardWords &words);

Q_SIGNALS:
    /// Pause, Resume, or Stop of what rings.
    void toggleWished();
    void minutesWished(int minutes);
    void stopWished();
    void stepWished();

protected:
    enum class Change {
        Lines, ///< other words
        Dress, ///< another state: other buttons
    };
    /// Called after words() changed by more than what a second does: that repaints only digits
    /// and the arc's end, by itself.
    virtual void changed(Change change) = 0;
    virtual CountPlace countPlace() const = 0;
    /// Where the next soft call is told; empty where it is not.
    virtual QRect cuePlace() const { return {}; }
    virtual RingPlace ringPlace() const = 0;
    bool rings() const { return m_words.face.look == Look::Ringing; }
    void keyPressEvent(QKeyEvent *event) override;

private:
    void redraw(Change change);

    TimerId m_timer;
    CardWords m_words;
    ShownArc m_arc;
};

} // namespace simmer::ui
