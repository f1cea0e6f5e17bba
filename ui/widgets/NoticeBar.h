// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace simmer::ui {

class FlatButton;
class InkLabel;

/// A line that says something for 10 s, with one button: "Not saved: disk full.", or "Stopped
/// Roast" with Undo. Hidden when it has nothing to say. GUI thread.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Trouble, Quiet };

    NoticeBar(Tone tone, const QString &action, QWidget *parent = nullptr);

    void say(const QString &text);
    QString text() const;

Q_SIGNALS:
    void acted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
    InkLabel *m_text;
    FlatButton *m_button;
    QTimer m_gone;
};

} // namespace simmer::ui
