// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"

namespace simmer::app {

/// Understands values as they were written; what can't be understood becomes a problem that names
/// its place, and reads as nothing, so that one look finds all of them.
class Values
{
public:
    /// Both must outlive it.
    Values(const GivenByKey &given, QStringList &problems);

    QString text(Key key) const;
    bool flag(Key key);
    qint64 number(Key key, qint64 least, qint64 most);
    /// "10M"; K, M and G are powers of 1024.
    qint64 bytes(Key key, qint64 least, qint64 most);
    LogLevel level(Key key);
    QList<ListenOn> addresses(Key key);
    QStringList hostNames(Key key);
    QStringList origins(Key key);
    /// http or https.
    QUrl webAddress(Key key);
    /// One line that people read.
    QString title(Key key);
    /// A path at which there is a file that can be read.
    QString readableFile(Key key);
    /// The same, that nobody but its owner and group may read.
    QString secretFile(Key key);

    void fault(Key key, const QString &what);

private:
    const GivenByKey &m_given;
    QStringList &m_problems;
};

} // namespace simmer::app
