// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace simmer::bench {

/// What a program's start looked like from outside, ms since it was started.
struct Appearance {
    double firstMs = 0; ///< something stood on the screen
    double wholeMs = 0; ///< all but a thousandth of it as it stayed
    double peakMiB = 0; ///< of memory, the program alone

    bool operator==(const Appearance &) const = default;
};

/// An X server (Xvfb) whose picture lies in a mapped file: to look at it costs those who paint
/// nothing. The same eyes for every program.
class WatchedScreen
{
public:
    explicit WatchedScreen(int number);
    ~WatchedScreen();

    /// Starts the program, watches until its picture stood still for `stillMs`, and ends it. Its
    /// last picture stays in build/PRESET/bench-pictures.
    Appearance watch(const QString &program, const QStringList &arguments, const QString &home,
                     int stillMs);

private:
    QByteArray picture() const;
    static void keepPicture(const QByteArray &picture, const QString &program);

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_display;
    QFile m_file;
    const uchar *m_bytes = nullptr;
    qsizetype m_start = 0;
    qsizetype m_size = 0;
};

} // namespace simmer::bench
