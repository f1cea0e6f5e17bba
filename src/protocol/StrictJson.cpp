// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/StrictJson.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <cctype>
#include <vector>

namespace simmer::protocol {

namespace {

/// Walks over brackets and strings only; whether the rest is JSON is the parser's business.
class Gate
{
public:
    Gate(const QByteArray &bytes, int deepest)
        : m_bytes(bytes)
        , m_deepest(deepest)
    {
    }

    Outcome pass();

private:
    struct Level {
        bool isObject = false;
        std::vector<QByteArrayView> few; ///< keys, as long as looking through them is fastest
        QSet<QByteArrayView> keys;
        bool note(QByteArrayView key);
    };

    Error fault(const QString &what) const { return {ErrorCode::BadSyntax, what, {}}; }
    QByteArrayView takeString();
    bool atColon() const;
    Outcome noteKey(QByteArrayView written);
    Outcome open(bool isObject);

    const QByteArray &m_bytes;
    int m_deepest;
    qsizetype m_at = 0;
    std::vector<Level> m_levels;
};

/// Whether it is new.
bool Gate::Level::note(QByteArrayView key)
{
    constexpr size_t Few = 16;
    if (std::find(few.cbegin(), few.cend(), key) != few.cend() ||
        (few.size() == Few && keys.contains(key)))
        return false;
    if (few.size() < Few)
        few.push_back(key);
    else
        keys.insert(key);
    return true;
}

Outcome Gate::pass()
{
    while (m_at < m_bytes.size()) {
        const char c = m_bytes[m_at];
        if (c == '"') {
            const QByteArrayView string = takeString();
            if (atColon())
                if (Outcome noted = noteKey(string); !noted)
                    return noted;
            continue;
        }
        if (c == '{' || c == '[')
            if (Outcome opened = open(c == '{'); !opened)
                return opened;
        if ((c == '}' || c == ']') && !m_levels.empty())
            m_levels.pop_back();
        ++m_at;
    }
    return done();
}

Outcome Gate::open(bool isObject)
{
    if (int(m_levels.size()) >= m_deepest)
        return fault(QStringLiteral("nested deeper than %1").arg(m_deepest));
    m_levels.push_back({isObject, {}, {}});
    return done();
}

/// Steps over a string; what stood between its quotes, escapes as written.
QByteArrayView Gate::takeString()
{
    const qsizetype first = ++m_at;
    while (m_at < m_bytes.size() && m_bytes[m_at] != '"')
        m_at += m_bytes[m_at] == '\\' ? 2 : 1;
    const qsizetype last = std::min(m_at, m_bytes.size());
    m_at = last + 1;
    return QByteArrayView(m_bytes).sliced(first, last - first);
}

bool Gate::atColon() const
{
    qsizetype at = m_at;
    while (at < m_bytes.size() && std::isspace(static_cast<unsigned char>(m_bytes[at])))
        ++at;
    return at < m_bytes.size() && m_bytes[at] == ':';
}

Outcome Gate::noteKey(QByteArrayView written)
{
    if (m_levels.empty() || !m_levels.back().isObject)
        return fault(QStringLiteral("a key outside an object"));
    const bool isPlain = std::none_of(written.cbegin(), written.cend(), [](char c) {
        return c == '\\' || static_cast<unsigned char>(c) < 0x20; // "a" could be spelled twice
    });
    if (!isPlain)
        return fault(QStringLiteral("a key with an escape"));
    if (!m_levels.back().note(written))
        return fault(
            QStringLiteral("the key “%1” comes twice")
                .arg(QString::fromUtf8(written.first(std::min<qsizetype>(written.size(), 40)))));
    return done();
}

bool isUtf8(const QByteArray &bytes)
{
    return bytes.isValidUtf8() && !bytes.contains('\0');
}

} // namespace

Expected<QJsonObject> strictObject(const QByteArray &bytes, qsizetype mostBytes, int deepest)
{
    if (bytes.size() > mostBytes)
        return Error{ErrorCode::TooLarge, QStringLiteral("more than %1 bytes").arg(mostBytes), {}};
    if (!isUtf8(bytes))
        return Error{ErrorCode::BadEncoding, QStringLiteral("not UTF-8"), {}};
    if (const Outcome passed = Gate(bytes, deepest).pass(); !passed)
        return passed.error();
    QJsonParseError fault{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &fault);
    if (!document.isObject())
        return Error{ErrorCode::BadSyntax, QStringLiteral("no JSON object"), {}};
    return document.object();
}

} // namespace simmer::protocol
