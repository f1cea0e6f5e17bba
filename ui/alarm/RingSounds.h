// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QUrl>

namespace simmer::ui {

/// A ring that comes with Simmer.
struct RingSound {
    QString id;   ///< what is stored: "bell"
    QString name; ///< as people read it
};

/// The sounds that a ring can have: those that come with Simmer, by id, and a file of the user's
/// own, by its absolute path. Pure.
class RingSounds
{
    Q_DECLARE_TR_FUNCTIONS(RingSounds)

public:
    /// From the gentle to the insistent.
    static QList<RingSound> all();
    /// Where the sound is; that of the bell for an id that this Simmer does not have.
    static QUrl sourceOf(const QString &choice);
    /// "Bell", or the file's name.
    static QString nameOf(const QString &choice);
    static QUrl bell();
    static QUrl chime();
};

} // namespace simmer::ui
