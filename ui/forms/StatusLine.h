// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncclient/SyncClient.h"
#include "widgets/Panel.h"

namespace simmer::ui {

class StatusMark;

/// The 28 px at the bottom: the kitchen and its link at the left, sound, server and clock at the
/// right. GUI thread; owned by the window.
class StatusLine : public Panel
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setLink(const syncclient::LinkStatus &status);
    void setSound(bool hasDevice);
    /// Kitchen time, ms.
    void setTime(qint64 nowMs);
    QString linkText() const { return m_link->text(); }
    QString soundText() const { return m_sound->text(); }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showServer();

    StatusMark *m_dot;
    InkLabel *m_kitchen;
    StatusMark *m_kitchenLine;
    InkLabel *m_link;
    StatusMark *m_soundIcon;
    InkLabel *m_sound;
    StatusMark *m_serverLine;
    InkLabel *m_server;
    InkLabel *m_clock;
    bool m_isAlone = true;
};

/// A small sign between the words of the status line: dot, hairline or speaker.
class StatusMark : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { InSync, Busy, Off, Alone, Hairline, Sound, Mute };

    explicit StatusMark(Kind kind, QWidget *parent = nullptr);
    void setKind(Kind kind);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
};

} // namespace simmer::ui
