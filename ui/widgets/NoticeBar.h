// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace simmer::ui {

class FlatButton;
class InkLabel;

/// A line that says something for 10 s or until it is closed, with one button: "Not saved: disk
/// full.", or "Stopped Roast" with Undo. Hidden when it has nothing to say. GUI thread.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Trouble, Quiet };
    enum class Lasting { AWhile, UntilClosed };

    NoticeBar(Tone tone, const QString &action, QWidget *parent = nullptr);

    /// What is to be closed is not talked over: it comes back when the other was said.
    void say(const QString &text, Lasting lasting = Lasting::AWhile);
    /// What it says holds no more, also what it would come back to.
    void unsay();
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
    QString m_lasting; ///< said until closed; empty for none
};

} // namespace simmer::ui
