// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"
#include "widgets/Panel.h"

#include <QLineEdit>

class QScrollArea;
class QVBoxLayout;

namespace simmer::ui {

class FlatButton;
class Segments;

/// A time of a step as the inspector shows it, also one that the author does not want.
struct TimeSeen {
    recipes::Slot slot; ///< of a denied one as it was found
    bool isDenied = false;
    bool isCorrected = false;
    QString words; ///< of the text

    bool operator==(const TimeSeen &) const = default;
};

/// In the order of the text.
QList<TimeSeen> timesSeen(const Manuscript &manuscript, quint64 key);

/// One time of the step: a timer or a range, its lengths and name, or no timer at all. GUI thread.
class TimeForm : public QWidget
{
    Q_OBJECT

public:
    explicit TimeForm(QWidget *parent = nullptr);

    /// What it is called when the author gives no name: `usual`.
    void show(const TimeSeen &time, const QString &usual);
    void setLit(bool lit);
    const TimeSeen &time() const { return m_time; }

Q_SIGNALS:
    void corrected(const simmer::recipes::Correction &correction);
    void resetWished(int start, int end);
    /// It is looked at.
    void touched(int start);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Kind { Timer, Range, Denied };

    QLineEdit *addField(QVBoxLayout &column, const QString &label);
    void choose(int kind);
    void takeLengths();
    void correct(qint64 shortest, qint64 longest, bool isDenied);

    TimeSeen m_time;
    bool m_isLit = false;
    InkLabel *m_words;
    Segments *m_kind;
    QLineEdit *m_shortest;
    QLineEdit *m_longest;
    QLineEdit *m_name;
    InkLabel *m_trouble;
    FlatButton *m_reset;
};

/// The times of the step that is being written, beside it: what was found, and a way to put it
/// right. GUI thread.
class TimesPane : public Panel
{
    Q_OBJECT

public:
    explicit TimesPane(Manuscript &manuscript, QWidget *parent = nullptr);

    /// 0: none.
    void show(quint64 key);
    /// The time with the cursor; -1 for none.
    void light(int start);
    quint64 key() const { return m_key; }
    const QList<TimeForm *> &forms() const { return m_forms; }

Q_SIGNALS:
    /// Somebody works at this time.
    void touched(quint64 key, int start);

private:
    void refresh(quint64 key);
    TimeForm *addForm();
    QString usualName(const TimeSeen &time) const;
    int number() const;

    Manuscript &m_manuscript;
    quint64 m_key = 0;
    int m_lit = -1;
    InkLabel *m_headline;
    InkLabel *m_count;
    InkLabel *m_nothing;
    QVBoxLayout *m_column;
    QList<TimeForm *> m_forms; ///< children
};

} // namespace simmer::ui
