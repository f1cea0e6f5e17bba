// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "widgets/Panel.h"

class QGridLayout;

namespace simmer::ui {

class FieldEdit;
class LiveTimers;

/// What stands in the middle while the book is empty: take recipes in, try samples, time something,
/// join another kitchen. GUI thread; owned by the window.
class WelcomePage : public Panel
{
    Q_OBJECT

public:
    /// `samples` are what “Add the samples” adds.
    WelcomePage(const QList<recipes::Recipe> &samples, LiveTimers &timers,
                QWidget *parent = nullptr);

    void focusFirst();

Q_SIGNALS:
    void importWished();
    void samplesWished();
    void joinWished();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeDropPlace();
    QWidget *makeSamples(const QList<recipes::Recipe> &samples);
    QWidget *makeQuickTimer();
    QWidget *makeNeighbours();
    void start(const QString &words);

    LiveTimers &m_timers;
    QWidget *m_drop;
    QWidget *m_samples;
    QGridLayout *m_cards = nullptr;
    FieldEdit *m_quick = nullptr;
    InkLabel *m_trouble = nullptr;
};

} // namespace simmer::ui
