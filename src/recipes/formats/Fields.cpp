// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Fields.h"

#include <QRegularExpression>

#include <algorithm>

namespace simmer::recipes::formats {

QString primaryTag(const QString &tag)
{
    const QString primary = tag.section(u'-', 0, 0).section(u'_', 0, 0).trimmed().toLower();
    const bool letters = std::all_of(primary.cbegin(), primary.cend(),
                                     [](QChar c) { return c >= u'a' && c <= u'z'; });
    return letters && (primary.size() == 2 || primary.size() == 3) ? primary : QString();
}

QString yieldInWords(const QString &yield)
{
    static const QRegularExpression pointZero(QStringLiteral(R"((\d)\.0\b)"));
    QString words = yield;
    words.replace(pointZero, QStringLiteral("\\1")); // "4.0" is how programs write 4
    if (words.isEmpty() || hasLetters(words))
        return words;
    return words + (words == u'1' ? QStringLiteral(" serving") : QStringLiteral(" servings"));
}

bool hasLetters(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isLetter(); });
}

bool isWebAddress(const QString &text)
{
    return text.startsWith(QLatin1String("https://")) || text.startsWith(QLatin1String("http://"));
}

} // namespace simmer::recipes::formats
