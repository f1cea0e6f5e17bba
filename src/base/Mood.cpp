// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Mood.h"

namespace simmer {

QString nameOf(Mood mood)
{
    switch (mood) {
    case Mood::Quiet:
        return QStringLiteral("quiet");
    case Mood::Simmering:
        return QStringLiteral("simmering");
    case Mood::FullSwing:
        return QStringLiteral("full-swing");
    case Mood::Unattended:
        return QStringLiteral("unattended");
    }
    Q_UNREACHABLE();
}

std::optional<Mood> moodNamed(const QString &name)
{
    for (const auto mood : {Mood::Quiet, Mood::Simmering, Mood::FullSwing, Mood::Unattended})
        if (nameOf(mood) == name)
            return mood;
    return std::nullopt;
}

} // namespace simmer
