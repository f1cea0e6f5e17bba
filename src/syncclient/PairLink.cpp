// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/PairLink.h"

#include <QMap>
#include <QRegularExpression>

namespace simmer::syncclient {

namespace {

constexpr QLatin1String Begin("simmer://pair?");
constexpr qsizetype Longest = 512; // a name has at most 253 characters, a key 64

/// A code without its dashes, in capitals; empty when it cannot be one (base/OneTimeCode.h).
QString plainCode(const QString &code)
{
    static const QRegularExpression wanted(QStringLiteral("\\A[0-9A-Z]{16}\\z"));
    QString plain = code.toUpper();
    plain.remove(QLatin1Char('-')).remove(QLatin1Char(' '));
    return wanted.match(plain).hasMatch() ? plain : QString();
}

/// A name or an address, IPv6 without brackets.
bool isHost(const QString &host)
{
    static const QRegularExpression wanted(QStringLiteral("\\A[0-9A-Za-z.:_-]{1,253}\\z"));
    return wanted.match(host).hasMatch();
}

QString hexOf(const identity::Fingerprint &key)
{
    return QString::fromLatin1(key.toBytes().toHex());
}

/// NAME=VALUE with & between; nothing when one is there twice or has no value.
std::optional<QMap<QString, QString>> fieldsOf(const QString &query)
{
    QMap<QString, QString> fields;
    const QStringList parts = query.split(QLatin1Char('&'));
    for (const QString &part : parts) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        const QString name = part.left(equals);
        if (equals < 1 || equals == part.size() - 1 || fields.contains(name))
            return std::nullopt;
        fields.insert(name, QUrl::fromPercentEncoding(part.mid(equals + 1).toLatin1()));
    }
    return fields;
}

} // namespace

QUrl PairLink::server() const
{
    QUrl url;
    url.setScheme(key ? QStringLiteral("wss") : QStringLiteral("ws"));
    url.setHost(host);
    url.setPort(port);
    return url;
}

QString toText(const PairLink &link)
{
    QString text = Begin + QStringLiteral("host=") +
                   QString::fromLatin1(QUrl::toPercentEncoding(link.host, ":")) +
                   QStringLiteral("&port=%1&code=").arg(link.port) + plainCode(link.code);
    if (link.key)
        text += QStringLiteral("&key=") + hexOf(*link.key);
    return text;
}

std::optional<PairLink> pairLinkIn(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.size() > Longest || !trimmed.startsWith(Begin, Qt::CaseInsensitive))
        return std::nullopt;
    const auto fields = fieldsOf(trimmed.mid(Begin.size()));
    if (!fields)
        return std::nullopt;
    bool isNumber = false;
    const uint port = fields->value(QStringLiteral("port")).toUInt(&isNumber);
    PairLink link{fields->value(QStringLiteral("host")), quint16(port),
                  plainCode(fields->value(QStringLiteral("code")))};
    if (!isHost(link.host) || !isNumber || port == 0 || port > 65535 || link.code.isEmpty())
        return std::nullopt;
    if (fields->contains(QStringLiteral("key"))) {
        link.key = identity::Fingerprint::fromText(fields->value(QStringLiteral("key")));
        if (!link.key || !link.server().isValid())
            return std::nullopt;
    }
    return link.server().host().isEmpty() ? std::nullopt : std::optional(link);
}

} // namespace simmer::syncclient
