// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmCall.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

namespace simmer::ui {

class AlarmButton;
class AlarmQueue;

/// The alarm across a whole window: which dish, which step, for how long, and what to press. Takes
/// neither keys nor clicks for its first 600 ms, so that what was meant for something else silences
/// nothing. A child of the window that it covers, or a window of its own. GUI thread.
class AlarmOverlay : public QWidget
{
    Q_OBJECT

public:
    static constexpr int DeafMs = 600; // GUIDE.md, "Keyboard"

    explicit AlarmOverlay(QWidget *parent = nullptr);

    /// What rings loudly; not empty. Stays with the call that it shows while that rings.
    void show(const QList<AlarmCall> &calls);
    /// Whether a page-turner's forward pedal stops it, as in the cooking mode that it covers.
    void setPedals(bool pedals);
    const AlarmCall &call() const { return m_calls.at(m_at); }
    /// Whether a press counts yet.
    bool listens() const;

Q_SIGNALS:
    void stopWished(const simmer::TimerId &timer);
    void minutesWished(const simmer::TimerId &timer, int minutes);
    void stepWished(const simmer::TimerId &timer);
    /// Esc: out of the way, ringing on.
    void asideWished();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    /// Where everything stands, by the window's size.
    struct Places {
        qreal scale = 1;
        QRectF ring; ///< null where there is no room
        qreal left = 0;
        qreal right = 0;
        qreal placeLine = 0;
        qreal nameLine = 0;
        qreal countLine = 0;
        qreal storyLine = 0;
        qreal buttonsTop = 0;
    };
    Places places() const;
    QFont nameFont(const Places &at) const;
    void arrange();
    void turnTo(qsizetype at);
    void dress();
    void animate();
    QRegion arcsRegion(const Places &at) const;
    void paintArcs(QPainter &painter, const Places &at) const;
    void paintWords(QPainter &painter, const Places &at) const;

    QList<AlarmCall> m_calls;
    qsizetype m_at = 0;
    QElapsedTimer m_shown; ///< since this call can be pressed away
    QTimer m_frames;
    bool m_pedals = false;
    double m_phase = 0; ///< of the arcs, 0…1
    AlarmButton *m_stop;
    AlarmButton *m_add;
    AlarmButton *m_open;
    AlarmQueue *m_queue;
};

} // namespace simmer::ui
