// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Type.h"
#include "widgets/RingPainter.h"
#include "words/CardWords.h"

#include <QTimer>
#include <QWidget>

namespace simmer::ui {

class FlatButton;

/// One timer as large as a wall clock, with its buttons; all red while it rings, so that one press
/// anywhere near stops it. Also shows a time that was not started. GUI thread.
class CookingDial : public QWidget
{
    Q_OBJECT

public:
    explicit CookingDial(QWidget *parent = nullptr);

    /// `place` names dish and step where it is not the one being read; `more` rings wait.
    void draw(const CardWords &words, const QString &place, int more);
    const CardWords &words() const { return m_words; }
    /// How large all is, 1 at 1440 px of width.
    void setUnit(qreal unit);

Q_SIGNALS:
    /// Start, Pause, Resume, Stop of what rings, Again of what is done.
    void toggleWished();
    void minuteWished();
    void stopWished();
    /// To the step of what rings elsewhere.
    void stepWished();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool rings() const { return m_words.face.look == Look::Ringing; }
    void repaintFrom(const QString &count, bool onlyCounts);
    RingPlace ringPlace() const;
    CountPlace countPlace() const;
    void dress();
    void place();
    QRectF ringBox() const;
    int buttonHeight() const;
    int buttonsHeight() const;
    void paintWords(QPainter &painter, const QRectF &ring) const;
    QFont captionFont() const;
    QRectF lineBelow() const;
    void paintCue(QPainter &painter, const QRectF &line) const;
    QString foot() const;

    CardWords m_words;
    ShownArc m_arc;
    QString m_place;
    int m_more = 0;
    qreal m_unit = 1;
    FlatButton *m_first;
    FlatButton *m_add;
    FlatButton *m_stop;
    FlatButton *m_open;
};

} // namespace simmer::ui
