// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/LineWriter.h"

#include <QJsonObject>
#include <QString>

#include <memory>

namespace simmer::app {

/// Prints answers on standard output, in words or as JSON lines, each flushed. One that
/// watches may lose lines that nobody reads: each tells all, and the timers go on.
class Printer
{
public:
    /// `watches`: until the program is ended.
    Printer(const QString &command, bool json, bool watches = false);

    void line(const QJsonObject &line) const;
    void words(const QString &text) const;
    /// One line on standard error, for people, in either mode.
    static void trouble(const QString &text);

private:
    void put(const QByteArray &line) const;
    QString inWords(const QJsonObject &line) const;

    QString m_command;
    bool m_json;
    std::shared_ptr<LineWriter> m_watched; ///< when it watches
};

} // namespace simmer::app
