// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/RingPainter.h"

#include <QAbstractButton>

namespace simmer::ui {

/// The round number at a step's left: a ring while the step's timer runs, red while it rings, a
/// tick once the cook tapped it as done (checked). GUI thread.
class StepNumber : public QAbstractButton
{
    Q_OBJECT

public:
    explicit StepNumber(int number, QWidget *parent = nullptr);

    /// The face of the step's most urgent timer, Ready for none; whether all of it is done.
    void draw(const TimerFace &face, bool isDone);

protected:
    void nextCheckState() override {} // a tick shows when it is kept
    void paintEvent(QPaintEvent *event) override;

private:
    static QRectF circle();
    void paintState(QPainter &painter) const;
    void renameForScreenReaders();

    int m_number;
    TimerFace m_face;
    bool m_isDone = false;
    ShownArc m_arc;
};

} // namespace simmer::ui
