// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Theme.h"

#include "theme/DesktopWishes.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/EnglishPlurals.h"

#include <QApplication>
#include <QIcon>

// Outside of every namespace, as Q_INIT_RESOURCE wants it: the resources are in a static library.
static void initResources()
{
    Q_INIT_RESOURCE(simmer);
}

namespace simmer::ui {

namespace {

QIcon programIcon()
{
    QIcon icon;
    for (const char *name : {"icon-16.png", "icon-32.png", "icon-64.png", "icon-256.png"})
        icon.addFile(QStringLiteral(":/simmer/app/%1").arg(QLatin1String(name)));
    return icon;
}

} // namespace

Theme::Theme(QApplication &application, ThemeChoice choice, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_choice(choice)
    , m_style(new SimmerStyle)
    , m_desktop(new DesktopWishes(this))
    , m_plurals(new EnglishPlurals(this))
{
    initResources();
    QCoreApplication::installTranslator(m_plurals);
    QApplication::setStyle(m_style);
    QApplication::setFont(textFont(14));
    QApplication::setWindowIcon(programIcon());
    connect(m_desktop, &DesktopWishes::changed, this, &Theme::apply);
    apply();
}

Theme::~Theme() = default;

void Theme::choose(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
    Q_EMIT choiceChanged(choice);
}

void Theme::choose(MotionChoice choice)
{
    m_motion = choice;
    apply();
}

void Theme::apply()
{
    m_style->setStill(m_motion == MotionChoice::Reduced ||
                      (m_motion == MotionChoice::System && m_desktop->prefersLessMotion()));
    const bool dark = m_choice == ThemeChoice::Dark ||
                      (m_choice == ThemeChoice::System && m_desktop->prefersDark());
    m_application.setPalette(paletteOf(dark ? darkTokens() : lightTokens()));
}

} // namespace simmer::ui
