// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "base/Ids.h"
#include "theme/Theme.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <optional>

namespace simmer::ui {

/// What the person at this device chose, and how they left the window. None of it is a matter of
/// the kitchen. Lengths in logical pixels.
struct Choices {
    // How it looks
    ThemeChoice theme = ThemeChoice::System;
    MotionChoice motion = MotionChoice::System;
    int scalePercent = 100; ///< of everything that is drawn; read when the program starts
    // How it rings
    int volume = 80;         ///< of 100
    bool rampsUp = true;     ///< begins softly
    QString sound;           ///< a bundled one's name or a WAV file's path; empty: the usual one
    QString soundDevice;     ///< empty: the desktop's
    bool notifies = true;    ///< by the desktop's notifications
    bool staysInTray = true; ///< when the window is closed while timers run
    bool keepsAwake = true;  ///< the computer, while timers run
    QHash<RecipeId, QString> soundOf; ///< dishes with a sound of their own
    // Who is here
    QString cook; ///< empty: as the system calls them
    // How the window was left
    QByteArray geometry;
    std::optional<bool> sidebar; ///< by F9; absent: as the width allows
    int sidebarWidth = 280;
    bool grid = false;       ///< the library
    QString sort;            ///< of the library; empty: as it comes
    RecipeId recipe;         ///< that was open
    bool timersOnTop = true; ///< the small window with timers

    bool operator==(const Choices &) const = default;
};

/// The choices in a file of the profile: read when made, written in the background soon after each
/// change, and at the end. A file that cannot be read counts as none; fields that a newer Simmer
/// wrote stay. GUI thread.
class Preferences : public QObject
{
    Q_OBJECT

public:
    /// Nothing is kept for an empty `file`.
    explicit Preferences(const QString &file, QObject *parent = nullptr);
    ~Preferences() override;

    const Choices &now() const { return m_now; }
    /// Lets `how` change the choices, and tells of it if it did.
    void change(const std::function<void(Choices &)> &how);
    /// Waits until all that was chosen is on the disk.
    void flush();

Q_SIGNALS:
    void changed(const simmer::ui::Choices &was);
    void notKept(const simmer::Error &error);

private:
    void read();
    void write();

    const QString m_file;
    Choices m_now;
    QJsonObject m_read; ///< the file's, for what we do not know
    QTimer m_soon;
    QThreadPool m_writer; ///< one thread: files in order
};

/// The file's text of all that differs from what is usual, and the reverse, field by field: what
/// cannot be read is as usual.
QJsonObject toJson(const Choices &choices);
Choices choicesFrom(const QJsonObject &json);

/// How large everything is drawn, before there is a Preferences: QApplication wants to know.
int scalePercentIn(const QString &file);

} // namespace simmer::ui
