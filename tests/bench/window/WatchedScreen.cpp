// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/WatchedScreen.h"

#include "window/Memory.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QImage>
#include <QThread>
#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace simmer::bench {

namespace {

constexpr int Width = 1440;
constexpr int Height = 900;
constexpr int PixelBytes = 4;
constexpr qsizetype Pixels = qsizetype(Width) * Height;
constexpr int LookEveryMs = 4;
constexpr int LongestMs = 45'000;              // a start that takes longer counts as this
constexpr qsizetype FewPixels = Pixels / 1000; // a clock, a cursor
constexpr qsizetype Something = Pixels / 50;   // a window, not the pointer

// https://www.x.org/releases/X11R7.7/doc/man/man1/Xvfb.1.xhtml, -fbdir; XWDFile.h
constexpr qsizetype HeaderSizeAt = 0;
constexpr qsizetype ColoursAt = 19 * 4;
constexpr qsizetype ColourBytes = 12;

qsizetype differing(const QByteArray &a, const QByteArray &b)
{
    const auto *left = reinterpret_cast<const quint32 *>(a.constData());
    const auto *right = reinterpret_cast<const quint32 *>(b.constData());
    qsizetype count = 0;
    for (qsizetype i = 0; i < Pixels; ++i)
        count += left[i] != right[i] ? 1 : 0;
    return count;
}

} // namespace

WatchedScreen::WatchedScreen(int number)
    : m_display(QStringLiteral(":%1").arg(number))
    , m_file(m_folder.filePath(QStringLiteral("Xvfb_screen0")))
{
    m_server.start(QStringLiteral("Xvfb"),
                   {m_display, QStringLiteral("-screen"), QStringLiteral("0"),
                    QStringLiteral("%1x%2x24").arg(Width).arg(Height), QStringLiteral("-fbdir"),
                    m_folder.path(), QStringLiteral("-nolisten"), QStringLiteral("tcp"),
                    QStringLiteral("-nocursor")});
    QElapsedTimer waited;
    waited.start();
    while (!m_file.exists() || m_file.size() < Pixels * PixelBytes ||
           !QFile::exists(QStringLiteral("/tmp/.X11-unix/X%1").arg(number))) {
        QThread::msleep(20);
        if (waited.elapsed() > 10'000)
            qFatal("Xvfb does not start");
    }
    if (!m_file.open(QIODevice::ReadOnly))
        qFatal("no picture of the screen");
    m_bytes = m_file.map(0, m_file.size());
    m_start = qFromBigEndian<quint32>(m_bytes + HeaderSizeAt) +
              qFromBigEndian<quint32>(m_bytes + ColoursAt) * ColourBytes;
    m_size = Pixels * PixelBytes;
    if (m_start + m_size > m_file.size())
        qFatal("a picture of another size");
}

WatchedScreen::~WatchedScreen()
{
    m_server.terminate();
    m_server.waitForFinished(5000);
}

QByteArray WatchedScreen::picture() const
{
    return QByteArray(reinterpret_cast<const char *>(m_bytes) + m_start, m_size);
}

/// So that somebody can see what was timed.
void WatchedScreen::keepPicture(const QByteArray &picture, const QString &program)
{
    const QString folder =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../bench-pictures");
    const QString file = folder + u'/' + QFileInfo(program).fileName() + QStringLiteral(".png");
    const QImage image(reinterpret_cast<const uchar *>(picture.constData()), Width, Height,
                       QImage::Format_RGB32);
    if (!QDir().mkpath(folder) || !image.save(file))
        qWarning("cannot write %s", qUtf8Printable(file));
}

Appearance WatchedScreen::watch(const QString &program, const QStringList &arguments,
                                const QString &home, int stillMs)
{
    struct Look {
        double ms;
        QByteArray picture;
    };
    const QByteArray blank = picture();
    QProcess child;
    QProcessEnvironment around = QProcessEnvironment::systemEnvironment();
    around.insert(QStringLiteral("DISPLAY"), m_display);
    around.insert(QStringLiteral("HOME"), home);
    around.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    around.insert(QStringLiteral("QTWEBENGINE_DISABLE_SANDBOX"), QStringLiteral("1"));
    for (const char *name :
         {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "WAYLAND_DISPLAY"})
        around.remove(QString::fromLatin1(name));
    child.setProcessEnvironment(around);
    child.setStandardOutputFile(QProcess::nullDevice());
    child.setStandardErrorFile(QProcess::nullDevice());
    std::vector<Look> looks; // each that differs from the one before
    QElapsedTimer watch;
    watch.start();
    child.start(program, arguments);
    double last = 0;
    while (watch.elapsed() < LongestMs) {
        QThread::msleep(LookEveryMs);
        const double now = double(watch.nsecsElapsed()) / 1e6;
        const QByteArray &before = looks.empty() ? blank : looks.back().picture;
        if (std::memcmp(m_bytes + m_start, before.constData(), size_t(m_size)) != 0) {
            const QByteArray seen = picture();
            if (differing(seen, before) > (looks.empty() ? Something : FewPixels)) {
                looks.push_back({now, seen});
                last = now;
            }
        }
        if (!looks.empty() && now - last > stillMs)
            break;
    }
    Appearance told;
    told.peakMiB = peakMiB(child.processId());
    const QByteArray end = picture();
    keepPicture(end, program);
    child.terminate();
    if (!child.waitForFinished(5000)) {
        child.kill();
        child.waitForFinished(5000);
    }
    if (looks.empty())
        qFatal("%s showed nothing", qUtf8Printable(program));
    told.firstMs = looks.front().ms;
    told.wholeMs = looks.back().ms;
    for (auto look = looks.rbegin(); look != looks.rend(); ++look)
        if (differing(look->picture, end) <= FewPixels)
            told.wholeMs = look->ms;
        else
            break;
    return told;
}

} // namespace simmer::bench
