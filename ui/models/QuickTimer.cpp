// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/QuickTimer.h"

#include "recipes/times/TimeFinder.h"

#include <QRegularExpression>

namespace simmer::ui {

namespace {

constexpr qint64 SecondMs = 1000;

/// Times that only this field takes: "3:30" and a bare number of minutes, at the start or the end.
std::optional<recipes::Slot> terseTime(const QString &text)
{
    static const QRegularExpression terse(
        QStringLiteral("(?:^|\\s)(?:(?<m>\\d{1,3}):(?<s>[0-5]\\d)|(?<n>\\d{1,4}))(?=\\s|$)"));
    QRegularExpressionMatchIterator all = terse.globalMatch(text);
    if (!all.hasNext())
        return std::nullopt;
    const QRegularExpressionMatch match = all.next();
    if (all.hasNext())
        return std::nullopt;
    const qint64 seconds = match.capturedLength(u"n") > 0 ? match.captured(u"n").toLongLong() * 60
                                                          : match.captured(u"m").toLongLong() * 60 +
                                                                match.captured(u"s").toLongLong();
    return recipes::Slot{
        int(match.capturedStart()), int(match.capturedEnd()), seconds, seconds, {}};
}

/// "20 min rice" is a time here, though in a recipe it may be a kind of rice: what comes first is
/// read without the words that follow.
QList<recipes::Slot> timesAtFirst(const QString &text)
{
    qsizetype end = text.indexOf(QLatin1Char(' '));
    for (int words = 1; end > 0 && words < 8; ++words) {
        const QList<recipes::Slot> found = recipes::findTimes(text.left(end));
        if (!found.isEmpty())
            return found;
        end = text.indexOf(QLatin1Char(' '), end + 1);
    }
    return {};
}

std::optional<recipes::Slot> onlyTime(const QString &text)
{
    QList<recipes::Slot> found = recipes::findTimes(text);
    if (found.isEmpty())
        found = timesAtFirst(text);
    if (found.isEmpty())
        return terseTime(text);
    return found.size() == 1 ? std::optional(found.constFirst()) : std::nullopt;
}

QString nameAround(const QString &text, const recipes::Slot &slot)
{
    static const QRegularExpression joints(
        QStringLiteral("^(?:for|in|für|,|:|-|–)\\s+|\\s*(?:\\bfor|\\bin|\\bfür|,|:|-|–)$"),
        QRegularExpression::CaseInsensitiveOption);
    QString name =
        (text.left(slot.start).trimmed() + QLatin1Char(' ') + text.mid(slot.end).trimmed())
            .trimmed();
    name.remove(joints);
    name = name.trimmed();
    return name.left(1).toUpper() + name.mid(1);
}

constexpr qsizetype LongestName = 200; // of a timer
constexpr qsizetype LongestTyped = 2000;

// Said of a time in the languages that TimeFinder reads. What is not here is simply no cue.
const QRegularExpression &everyBefore()
{
    static const QRegularExpression words(
        QStringLiteral("(?:^|[\\s,;])(?:every|each|alle|jede|tous les|toutes les|chaque|cada|ogni|"
                       "elke|iedere|om de|var|hver|co|минут каждые|каждые)\\s*$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return words;
}

const QRegularExpression &beforeTheEnd()
{
    static const QRegularExpression words(
        QStringLiteral("^\\s*(?:before (?:the )?end|vor (?:dem )?(?:Ende|Schluss)|avant la fin|"
                       "antes del? final|antes do fim|prima della fine|voor het einde|"
                       "före slutet|før slutt|przed końcem)"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return words;
}

const QRegularExpression &halfway()
{
    static const QRegularExpression words(
        QStringLiteral("(?<=^|[\\s,;])(?:half ?way(?: through)?|nach der Hälfte|zur Halbzeit|"
                       "à mi-cuisson|à la moitié|a (?:la )?mitad|a metà|halverwege|halvvägs|"
                       "halvveis|na metade|w połowie)(?=$|[\\s,;])"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return words;
}

/// Where a cue's own words begin: after the comma or "and" before it. Without one it has none.
qsizetype clauseStart(const QString &text, qsizetype cue)
{
    static const QRegularExpression joint(
        QStringLiteral("[,;]|\\s(?:and|und|et|y|e|en|och|og|i)\\s"),
        QRegularExpression::CaseInsensitiveOption);
    const qsizetype at = text.left(cue + 1).lastIndexOf(joint);
    return at < 0 ? cue : at;
}

/// What the clause says besides when: "stir".
QString cueWords(const QString &text, qsizetype from, qsizetype to)
{
    static const QRegularExpression edges(
        QStringLiteral("^(?:[,;\\s]|and\\s|und\\s|et\\s|och\\s|og\\s)+|[,;\\s]+$"),
        QRegularExpression::CaseInsensitiveOption);
    QString words = text.mid(from, to - from);
    words.remove(edges);
    return (words.left(1).toUpper() + words.mid(1)).left(LongestName);
}

/// Takes one soft call out of the text.
std::optional<timers::Cue> takeCue(QString &text)
{
    using Kind = timers::Cue::Kind;
    const QList<recipes::Slot> found = recipes::findTimes(text);
    for (const recipes::Slot &slot : found) {
        const auto every = everyBefore().match(text.left(slot.start));
        const auto before = beforeTheEnd().match(text.mid(slot.end));
        if (!every.hasMatch() && !before.hasMatch())
            continue;
        const qsizetype cue = every.hasMatch() ? every.capturedStart() : slot.start;
        const qsizetype end = slot.end + (every.hasMatch() ? 0 : before.capturedEnd());
        const qsizetype from = clauseStart(text, cue);
        const QString words = cueWords(text, from, cue);
        text.remove(from, end - from);
        return timers::Cue{every.hasMatch() ? Kind::Every : Kind::Before,
                           slot.shortestSeconds * SecondMs, words};
    }
    const auto half = halfway().match(text);
    if (!half.hasMatch())
        return std::nullopt;
    const qsizetype from = clauseStart(text, half.capturedStart());
    const QString words = cueWords(text, from, half.capturedStart());
    text.remove(from, half.capturedEnd() - from);
    return timers::Cue{Kind::Halfway, 0, words};
}

} // namespace

std::optional<timerserver::Press> quickTimer(const QString &typed, const QString &fallbackName)
{
    QString text = typed.left(LongestTyped).simplified();
    QList<timers::Cue> cues;
    while (cues.size() < timers::MostCues) {
        const auto cue = takeCue(text);
        if (!cue)
            break;
        if (!timers::isCue(*cue))
            return std::nullopt;
        cues.append(*cue);
    }
    text = text.simplified();
    const auto slot = onlyTime(text);
    if (!slot || slot->shortestSeconds <= 0)
        return std::nullopt;
    const QString name = nameAround(text, *slot).left(LongestName);
    return timerserver::Press{name.isEmpty() ? fallbackName : name,
                              slot->shortestSeconds * SecondMs, slot->longestSeconds * SecondMs,
                              std::nullopt, cues};
}

} // namespace simmer::ui
