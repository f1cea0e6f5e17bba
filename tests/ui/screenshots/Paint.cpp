// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshots/Paint.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>

namespace simmer::screenshots {

namespace {

void save(QWidget &window, const QString &name, qreal ratio)
{
    QPixmap picture((QSizeF(window.size()) * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(window.palette().color(QPalette::Window));
    window.render(&picture);
    if (!picture.save(name))
        qFatal("cannot write %s", qPrintable(name));
}

} // namespace

void saveBoth(QWidget &window, const QString &folder, const QString &name)
{
    save(window, QDir(folder).filePath(name + QStringLiteral("-100.png")), 1);
    save(window, QDir(folder).filePath(name + QStringLiteral("-200.png")), 2);
}

void settle(QWidget &window, int width, int height)
{
    window.resize(width, height);
    window.show();
    for (int round = 0; round < 5; ++round)
        QCoreApplication::processEvents();
}

void saveAll(ui::Theme &theme, QWidget &window, const QSize &size, const QString &folder,
             const QString &name)
{
    for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        theme.choose(choice);
        settle(window, size.width(), size.height());
        saveBoth(window, folder,
                 name + (choice == ui::ThemeChoice::Dark ? QStringLiteral("-dark")
                                                         : QStringLiteral("-light")));
    }
    theme.choose(ui::ThemeChoice::Light);
}

} // namespace simmer::screenshots
