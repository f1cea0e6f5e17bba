// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace simmer::app {

/// Prints answers on standard output, in words or as JSON lines, each flushed.
class Printer
{
public:
    Printer(const QString &command, bool json);

    void line(const QJsonObject &line) const;
    void words(const QString &text) const;
    /// One line on standard error, for people, in either mode.
    static void trouble(const QString &text);

private:
    QString inWords(const QJsonObject &line) const;

    QString m_command;
    bool m_json;
};

} // namespace simmer::app
