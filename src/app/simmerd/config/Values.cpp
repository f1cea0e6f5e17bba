// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/Values.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QRegularExpression>

namespace simmer::app {

namespace {

constexpr qsizetype LongestTitle = 100;

/// "127.0.0.1:7464" or "[::1]:7464".
std::optional<ListenOn> addressOf(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    bool isNumber = false;
    const quint16 port = text.mid(colon + 1).toUShort(&isNumber);
    QString address = colon < 1 ? QString() : text.left(colon);
    const bool bracketed =
        address.startsWith(QLatin1Char('[')) && address.endsWith(QLatin1Char(']'));
    if (bracketed)
        address = address.mid(1, address.size() - 2);
    if (address == QLatin1String("localhost"))
        address = QStringLiteral("127.0.0.1");
    const QHostAddress known(address);
    const bool isV6 = known.protocol() == QAbstractSocket::IPv6Protocol;
    if (known.isNull() || !isNumber || isV6 != bracketed)
        return std::nullopt;
    return ListenOn{address, port};
}

bool isHostName(const QString &text)
{
    static const QRegularExpression name(QStringLiteral(
        "^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"));
    return name.match(text).hasMatch() || !QHostAddress(text).isNull();
}

bool isWeb(const QUrl &url)
{
    const bool scheme =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && scheme && !url.host().isEmpty();
}

/// As a browser sends it: scheme, host, port, and nothing after them.
bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const auto rest = QUrl::RemoveScheme | QUrl::RemovePort;
    const QString bare = url.adjusted(rest).toString().remove(0, 2);
    return isWeb(url) && bare == url.host() && text == text.toLower();
}

} // namespace

Values::Values(const GivenByKey &given, QStringList &problems)
    : m_given(given)
    , m_problems(problems)
{
}

void Values::fault(Key key, const QString &what)
{
    const Setting &setting = settingOf(key);
    const QString from = m_given.value(key).from;
    const bool saysName = from.startsWith(QLatin1String("--"));
    m_problems += saysName ? QStringLiteral("%1 %2").arg(from, what)
                           : QStringLiteral("%1: %2 %3").arg(from, setting.name, what);
}

QString Values::text(Key key) const
{
    return m_given.value(key).values.value(0);
}

bool Values::flag(Key key)
{
    const QString said = text(key);
    const bool yes = said == QLatin1String("yes");
    if (!yes && said != QLatin1String("no"))
        fault(key, QStringLiteral("wants yes or no, not “%1”").arg(said));
    return yes;
}

qint64 Values::number(Key key, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 number = text(key).toLongLong(&isNumber);
    if (isNumber && number >= least && number <= most)
        return number;
    fault(key, QStringLiteral("wants a number from %1 to %2, not “%3”")
                   .arg(least)
                   .arg(most)
                   .arg(text(key)));
    return least;
}

qint64 Values::bytes(Key key, qint64 least, qint64 most)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]{1,12})([KMG]?)$"));
    const auto match = form.match(text(key));
    const qsizetype unit = QStringLiteral("KMG").indexOf(match.captured(2));
    const int shift = match.captured(2).isEmpty() ? 0 : int(unit + 1) * 10;
    const qint64 bytes = match.captured(1).toLongLong() << shift;
    if (match.hasMatch() && bytes >= least && bytes <= most)
        return bytes;
    fault(key, QStringLiteral("wants a size from %1K to %2M, such as 10M; not “%3”")
                   .arg(least >> 10)
                   .arg(most >> 20)
                   .arg(text(key)));
    return least;
}

LogLevel Values::level(Key key)
{
    for (const LogLevel level :
         {LogLevel::Error, LogLevel::Warning, LogLevel::Info, LogLevel::Debug})
        if (text(key) == nameOf(level))
            return level;
    fault(key, QStringLiteral("wants error, warning, info or debug, not “%1”").arg(text(key)));
    return LogLevel::Info;
}

QList<ListenOn> Values::addresses(Key key)
{
    QList<ListenOn> all;
    for (const QString &value : m_given.value(key).values) {
        const std::optional<ListenOn> address = addressOf(value);
        if (!address)
            fault(key, QStringLiteral("wants an IP address and a port, such as 127.0.0.1:7464 or "
                                      "[::1]:7464; not “%1”")
                           .arg(value));
        else if (all.contains(*address) && address->port != 0)
            fault(key, QStringLiteral("names %1 twice").arg(value));
        else
            all += *address;
    }
    return all;
}

QStringList Values::hostNames(Key key)
{
    QStringList all;
    for (const QString &value : m_given.value(key).values) {
        const QString name = value.toLower();
        if (isHostName(name))
            all += name;
        else
            fault(key, QStringLiteral("wants names without http:// and port, such as "
                                      "kitchen.example.org; not “%1”")
                           .arg(value));
    }
    return all;
}

QStringList Values::origins(Key key)
{
    QStringList all;
    for (const QString &value : m_given.value(key).values)
        if (isOrigin(value))
            all += value;
        else
            fault(key, QStringLiteral("wants addresses without a path, such as "
                                      "https://example.org; not “%1”")
                           .arg(value));
    return all;
}

QUrl Values::webAddress(Key key)
{
    const QUrl url(text(key), QUrl::StrictMode);
    if (text(key).isEmpty() || isWeb(url))
        return url;
    fault(key, QStringLiteral("wants a whole address with http:// or https://")); // may be secret
    return {};
}

QString Values::title(Key key)
{
    const QString title = text(key).trimmed();
    const bool printable =
        std::all_of(title.begin(), title.end(), [](QChar c) { return c.isPrint(); });
    if (!printable || title.isEmpty() || title.size() > LongestTitle)
        fault(key, QStringLiteral("wants one line of at most %1 letters").arg(LongestTitle));
    return title;
}

QString Values::readableFile(Key key)
{
    const QString path = text(key);
    if (!path.isEmpty() && !(QFileInfo(path).isFile() && QFileInfo(path).isReadable()))
        fault(key, QStringLiteral("names %1, which is no file that can be read here").arg(path));
    return path;
}

QString Values::secretFile(Key key)
{
    const QString path = readableFile(key);
    if (QFileInfo(path).isFile() &&
        QFileInfo(path).permissions() & (QFile::ReadOther | QFile::WriteOther))
        fault(key, QStringLiteral("names %1, which everybody may read; chmod o= %1").arg(path));
    return path;
}

} // namespace simmer::app
