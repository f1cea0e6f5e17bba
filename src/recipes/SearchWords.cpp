// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/SearchWords.h"

#include <algorithm>

namespace simmer::recipes {

namespace {

bool isPlain(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar letter) { return letter < u'\x80'; });
}

/// Letters that Unicode does not take apart, though people type them so; in lower case.
QLatin1String inPlainLetters(QChar letter)
{
    switch (letter.unicode()) {
    case u'ß':
        return QLatin1String("ss");
    case u'æ':
        return QLatin1String("ae");
    case u'œ':
        return QLatin1String("oe");
    case u'ø':
        return QLatin1String("o");
    case u'đ':
    case u'ð':
        return QLatin1String("d");
    case u'ł':
        return QLatin1String("l");
    case u'ı':
        return QLatin1String("i");
    case u'þ':
        return QLatin1String("th");
    default: // all other letters
        return {};
    }
}

bool isWordPart(char32_t letter)
{
    return QChar::isLetterOrNumber(letter);
}

} // namespace

QString searchFolded(const QString &text)
{
    if (isPlain(text))
        return text.toLower();
    const QString apart = text.normalized(QString::NormalizationForm_KD).toLower();
    QString plain;
    plain.reserve(apart.size());
    for (const QChar letter : apart) {
        const QLatin1String letters = inPlainLetters(letter);
        if (!letters.isEmpty())
            plain += letters;
        else if (letter.category() != QChar::Mark_NonSpacing)
            plain += letter;
    }
    return plain;
}

QList<WordPlace> placesOf(const QStringList &wanted, const QString &text)
{
    QList<WordPlace> places;
    qsizetype start = 0;
    const auto isPart = [](QChar letter) {
        return letter.isLetterOrNumber() || letter.isMark() || letter.isSurrogate();
    };
    for (qsizetype at = 0; at <= text.size(); ++at) {
        if (at < text.size() && isPart(text[at]))
            continue;
        const QString word = searchFolded(text.mid(start, at - start));
        const bool isWanted = !word.isEmpty() &&
                              std::any_of(wanted.cbegin(), wanted.cend(),
                                          [&](const QString &part) { return word.contains(part); });
        if (isWanted)
            places += {start, at - start};
        start = at + 1;
    }
    return places;
}

QStringList searchWords(const QString &text)
{
    const QString folded = searchFolded(text);
    QStringList words;
    qsizetype start = 0;
    const auto close = [&](qsizetype end) {
        if (end > start)
            words += folded.mid(start, std::min(end - start, LongestSearchWord));
    };
    for (qsizetype at = 0; at < folded.size();) {
        const bool isPair = folded[at].isHighSurrogate() && at + 1 < folded.size() &&
                            folded[at + 1].isLowSurrogate();
        const char32_t letter = isPair ? QChar::surrogateToUcs4(folded[at], folded[at + 1])
                                       : char32_t(folded[at].unicode());
        const qsizetype next = at + (isPair ? 2 : 1);
        if (!isWordPart(letter)) {
            close(at);
            start = next;
        }
        at = next;
    }
    close(folded.size());
    return words;
}

} // namespace simmer::recipes
