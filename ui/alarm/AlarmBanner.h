// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "words/CardWords.h"

#include <QTimer>
#include <QWidget>

namespace simmer::ui {

class FlatButton;

/// What rings, across the whole window: the alarm that is seen without sound. Shows the timer that
/// rings longest and how many more; softly when it is only late. Who silenced it elsewhere is told
/// for a moment. Never takes the focus. GUI thread;
/// owned by the window.
class AlarmBanner : public QWidget
{
    Q_OBJECT

public:
    explicit AlarmBanner(QWidget *parent = nullptr);

    /// Shows that timer, with `more` others that ring besides.
    void announce(const TimerId &timer, const CardWords &words, int more);
    void silence();
    /// Says for some seconds that somebody else answered.
    void tell(const QString &words);
    /// What it tells of others; empty when it does not.
    const QString &told() const { return m_told; }
    const TimerId &timer() const { return m_timer; }
    const CardWords &words() const { return m_words; }

Q_SIGNALS:
    void stopWished(const simmer::TimerId &timer);
    void minutesWished(const simmer::TimerId &timer, int minutes);
    void stepWished(const simmer::TimerId &timer);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool isLate() const { return m_words.face.look == Look::Late; }
    void paintTold(QPainter &painter) const;
    void review();
    QString headline() const;
    QString secondLine() const;
    void dressButtons();

    TimerId m_timer;
    CardWords m_words;
    int m_more = 0;
    QString m_told;
    QTimer m_toldEnough;
    FlatButton *m_stop;
    FlatButton *m_add;
    FlatButton *m_open;
};

} // namespace simmer::ui
