// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/RingSounds.h"

#include <QDir>
#include <QFileInfo>

namespace simmer::ui {

QList<RingSound> RingSounds::all()
{
    return {{QStringLiteral("wood"), tr("Wooden bars")},
            {QStringLiteral("glass"), tr("Glasses")},
            {QStringLiteral("bell"), tr("Bell")},
            {QStringLiteral("oven"), tr("Oven")},
            {QStringLiteral("clang"), tr("Dinner triangle")}};
}

QUrl RingSounds::bell()
{
    return QUrl(QStringLiteral("qrc:/simmer/sounds/ring.wav"));
}

QUrl RingSounds::chime()
{
    return QUrl(QStringLiteral("qrc:/simmer/sounds/check.wav"));
}

QUrl RingSounds::sourceOf(const QString &choice)
{
    if (QDir::isAbsolutePath(choice))
        return QUrl::fromLocalFile(choice);
    const QString file = QStringLiteral("simmer/sounds/ring-%1.wav").arg(choice);
    return QFileInfo::exists(QStringLiteral(":/") + file) ? QUrl(QStringLiteral("qrc:/") + file)
                                                          : bell();
}

QString RingSounds::nameOf(const QString &choice)
{
    if (QDir::isAbsolutePath(choice))
        return QFileInfo(choice).fileName();
    for (const RingSound &sound : all())
        if (sound.id == choice)
            return sound.name;
    return tr("Bell");
}

} // namespace simmer::ui
