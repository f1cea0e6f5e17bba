// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Charset.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace simmer::recipes::formats {

namespace {

// HTML Standard, "prescan a byte stream": the declaration has to stand within 1024 bytes; saved
// pages push it down with comments of the program that saved them.
constexpr qsizetype DeclarationBytes = qsizetype(16) * 1024;

Error notText(const char *why)
{
    return {ErrorCode::BadEncoding, QLatin1String(why), {}};
}

/// Byte order marks inside a text are seen by nobody, but Qt drops one that begins a JSON string,
/// which would move all slots behind it.
QString withoutMarks(QString text)
{
    return text.remove(QChar(QChar::ByteOrderMark));
}

std::optional<QString> byMark(const QByteArray &bytes)
{
    const auto encoding = QStringConverter::encodingForData(bytes);
    if (!encoding)
        return std::nullopt;
    QStringDecoder decode(*encoding);
    return QString(decode(bytes));
}

std::optional<QString> asUtf8(const QByteArray &bytes)
{
    // Stateless, since a sequence that the end cuts short has to count as an error, too.
    QStringDecoder decode(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    QString text = decode(bytes);
    return decode.hasError() ? std::nullopt : std::optional(std::move(text));
}

QByteArray declaredCharset(const QByteArray &bytes)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40}))"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(QString::fromLatin1(bytes.left(DeclarationBytes)));
    const QByteArray name = match.captured(1).toLatin1().toLower();
    // HTML Standard (Encoding, section 4.2): pages that say Latin-1 or ASCII mean windows-1252.
    const bool latin = name == "iso-8859-1" || name == "latin1" || name == "us-ascii";
    return latin || name.isEmpty() ? QByteArray("windows-1252") : name;
}

/// Whether most of what is no ASCII is well formed UTF-8: such a page has stray bytes only.
bool isMostlyUtf8(const QByteArray &bytes, const QString &text)
{
    const qsizetype stray = text.count(QChar::ReplacementCharacter);
    const auto high = std::count_if(bytes.cbegin(), bytes.cend(),
                                    [](char c) { return static_cast<uchar>(c) >= 0x80; });
    return stray * 4 < high;
}

QString byDeclaration(const QByteArray &bytes)
{
    const QByteArray name = declaredCharset(bytes);
    const QString asUtf8 = QString::fromUtf8(bytes);
    if (name.startsWith("utf") || isMostlyUtf8(bytes, asUtf8))
        return asUtf8;
    for (const QByteArray &charset : {name, QByteArray("windows-1252")}) {
        QStringDecoder decode(charset.constData());
        if (decode.isValid())
            return decode(bytes);
    }
    return QString::fromLatin1(bytes);
}

} // namespace

Expected<QString> decodeStrictly(const QByteArray &bytes)
{
    const auto marked = byMark(bytes);
    const auto text = marked ? marked : asUtf8(bytes);
    if (!text || text->contains(QChar::ReplacementCharacter))
        return notText("it is not UTF-8 text");
    if (text->contains(QChar::Null))
        return notText("it is a binary file, not text");
    return withoutMarks(*text);
}

Expected<QString> decodePage(const QByteArray &bytes)
{
    if (const auto marked = byMark(bytes))
        return withoutMarks(*marked);
    if (bytes.contains('\0'))
        return notText("it is a binary file, not text");
    if (const auto text = asUtf8(bytes))
        return withoutMarks(*text);
    return withoutMarks(byDeclaration(bytes));
}

} // namespace simmer::recipes::formats
