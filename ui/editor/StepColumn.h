// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/LineRow.h"

#include <QHash>
#include <QTimer>

namespace simmer::ui {

/// All steps and headings of the manuscript, one below the other. Hundreds of rows are made a few
/// at a time between other events, those in sight first, so that opening never holds the window.
/// GUI thread; stands in a scroll area.
class StepColumn : public QWidget
{
    Q_OBJECT

public:
    explicit StepColumn(Manuscript &manuscript, QWidget *parent = nullptr);

    /// Null while it is not made yet.
    LineRow *row(quint64 key) const { return m_rows.value(key); }
    /// Made now, if it was not.
    LineRow *rowNow(quint64 key);
    bool isWhole() const { return m_rows.size() == m_manuscript.now().lines.size(); }
    /// The line with the cursor, or the last one that had it; 0 for none.
    quint64 current() const { return m_current; }
    void focusLine(quint64 key, bool atEnd = false);
    /// After the current line, or at the end.
    void addLine(recipes::EditedLine::Kind kind);

    QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged(quint64 key);
    /// This part of it should be in sight.
    void sightWished(const QRect &place);
    void timerWished(quint64 key, int start, int end);
    void timeTouched(quint64 key, int start);
    void imagePasted(const QMimeData *image);
    /// All rows are there and placed.
    void settled();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void linesChanged();
    void makeSome();
    LineRow *make(const recipes::EditedLine &line);
    void place();
    void placeSoon() { m_soon.start(); }
    void setCurrent(quint64 key);
    void split(quint64 key, int at);
    void remove(quint64 key);
    void move(quint64 key, int by);
    void leave(quint64 key, int by);
    void drag(quint64 key, const QPoint &global, bool dropped);

    Manuscript &m_manuscript;
    QHash<quint64, LineRow *> m_rows; ///< children
    quint64 m_current = 0;
    int m_height = 0;
    bool m_isReordered = false; ///< Tab goes otherwise than the rows stand
    int m_drop = -1;            ///< where a drawn row would fall: the index of the row below it
    QTimer m_soon;
    QTimer m_making;
};

} // namespace simmer::ui
