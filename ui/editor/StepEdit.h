// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/ManuscriptEdit.h"

#include <QSyntaxHighlighter>

#include <optional>

namespace simmer::ui {

/// Gives the times of a step the colours of chips. A child of its document.
class TimeInk : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit TimeInk(QTextDocument *document);

    /// `lit` is the index of the one that is looked at, -1 for none.
    void dress(const QList<recipes::Slot> &times, int lit, const QColor &ink, const QColor &litInk);

protected:
    void highlightBlock(const QString &text) override;

private:
    QList<recipes::Slot> m_times;
    int m_lit = -1;
    QColor m_ink;
    QColor m_litInk;
};

/// A step's text with its times marked as they are found. GUI thread.
class StepEdit : public ManuscriptEdit
{
    Q_OBJECT

public:
    StepEdit(Manuscript &manuscript, quint64 key, QWidget *parent = nullptr);

    quint64 key() const { return place().key; }
    const QList<recipes::Slot> &times() const { return m_times; }
    /// Shows that this time, by the place where it begins, is looked at; -1: none.
    void light(int start);

Q_SIGNALS:
    /// Ctrl+Enter, with the cursor there.
    void stepWished(int at);
    /// Alt+Up, Alt+Down.
    void moveWished(int by);
    /// Backspace in an empty step.
    void removeWished();
    /// Ctrl+T with these words selected; nothing selected: start == end.
    void timerWished(int start, int end);
    /// The cursor went out above (-1) or below (1).
    void leftWished(int by);
    /// The cursor stands in this time, by its start; -1: in none.
    void timeTouched(int start);

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    bool isOwnKey(const QKeyEvent &event) const;
    void showTimes(quint64 key);
    void dress();
    void paintTime(QPainter &painter, const recipes::Slot &time, bool isLit) const;
    bool leavesBy(int key);

    TimeInk *m_ink;
    QList<recipes::Slot> m_times;
    int m_lit = -1; ///< the start of the one that is looked at
};

} // namespace simmer::ui
