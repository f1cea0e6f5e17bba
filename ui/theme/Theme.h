// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Motion.h"

#include <QObject>

class QApplication;

namespace simmer::ui {

class DesktopWishes;
class EnglishPlurals;
class SimmerStyle;

/// What the person chose in View, or by --theme.
enum class ThemeChoice {
    System, ///< as the desktop's portal says, light where there is none
    Light,
    Dark,
};

/// Gives the application its style, fonts, colours and plurals, and keeps them as chosen. Made once
/// by the main program after QApplication and before the first widget; GUI thread.
class Theme : public QObject
{
    Q_OBJECT

public:
    Theme(QApplication &application, ThemeChoice choice, QObject *parent = nullptr);
    ~Theme() override;

    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice choice);
    void choose(MotionChoice choice);

Q_SIGNALS:
    void choiceChanged(simmer::ui::ThemeChoice choice);

private:
    void apply();

    QApplication &m_application;
    ThemeChoice m_choice;
    MotionChoice m_motion = MotionChoice::System;
    SimmerStyle *m_style;      ///< the application's
    DesktopWishes *m_desktop;  ///< a child
    EnglishPlurals *m_plurals; ///< a child
};

} // namespace simmer::ui
