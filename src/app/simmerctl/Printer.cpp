// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Printer.h"

#include "base/Mood.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <cstdlib>

namespace simmer::app {

namespace {

using K = QLatin1String;

/// A reader that went away ends the program, also where SIGPIPE is ignored. What was asked is
/// durable by now, so nothing needs to be put in order.
void write(std::FILE *stream, const QByteArray &line)
{
    const QByteArray whole = line + '\n';
    const size_t written = std::fwrite(whole.constData(), 1, size_t(whole.size()), stream);
    if (written != size_t(whole.size()) || std::fflush(stream) != 0)
        std::_Exit(1);
}

QString timerWords(const QJsonObject &timer)
{
    QString text = QStringLiteral("%1  %2  %3")
                       .arg(timer.value(K("shown")).toString(), 8)
                       .arg(timer.value(K("state")).toString(), -9)
                       .arg(timer.value(K("name")).toString());
    if (timer.value(K("step")).isDouble())
        text += QStringLiteral(" · step %1").arg(timer.value(K("step")).toInt());
    return text + QStringLiteral("  [%1]").arg(timer.value(K("id")).toString().left(8));
}

QString watchWords(const QJsonObject &line)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(line.value(K("now_ms")).toInteger());
    QStringList live;
    const QJsonArray timers = line.value(K("timers")).toArray();
    for (const QJsonValue &value : timers) {
        const QJsonObject timer = value.toObject();
        const QString state = timer.value(K("state")).toString();
        if (state != K("done") && state != K("cancelled"))
            live += timer.value(K("name")).toString() + QLatin1Char(' ') +
                    timer.value(K("shown")).toString();
    }
    return QStringLiteral("%1  %2  %3")
        .arg(now.toString(QStringLiteral("HH:mm:ss")), line.value(K("link")).toString(),
             live.isEmpty() ? QStringLiteral("no timers") : live.join(QStringLiteral(" · ")));
}

QString editWords(const QJsonObject &edit)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(edit.value(K("at_ms")).toInteger());
    const QJsonValue value = edit.value(K("value"));
    QString what;
    if (edit.value(K("field")).isNull())
        what = QStringLiteral("removed");
    else if (value.isNull())
        what = QStringLiteral("cleared %1").arg(edit.value(K("field")).toString());
    else if (value.isArray())
        what = QStringLiteral("%1: %2 lines")
                   .arg(edit.value(K("field")).toString())
                   .arg(value.toArray().size());
    else
        what = QStringLiteral("%1: %2").arg(edit.value(K("field")).toString(),
                                            value.toVariant().toString().simplified());
    return QStringLiteral("%1  %2  %3  %4")
        .arg(at.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), edit.value(K("cook")).toString())
        .arg(edit.value(K("fate")).toString(), -8)
        .arg(what);
}

QString cookingWords(const QJsonObject &cooking)
{
    if (!cooking.value(K("cooking")).toBool())
        return QStringLiteral("%1 · not being cooked").arg(cooking.value(K("title")).toString());
    QString text = QStringLiteral("%1 · step %2")
                       .arg(cooking.value(K("title")).toString())
                       .arg(cooking.value(K("step")).toInt());
    const QJsonArray scale = cooking.value(K("scale")).toArray();
    if (scale.at(0) != scale.at(1))
        text += QStringLiteral(" · × %1/%2").arg(scale.at(0).toInt()).arg(scale.at(1).toInt());
    QStringList boxes;
    for (const auto &[key, letter] : {std::pair(K("ingredients_ticked"), QLatin1Char('i')),
                                      std::pair(K("steps_ticked"), QLatin1Char('s'))}) {
        const QJsonArray numbers = cooking.value(key).toArray();
        for (const QJsonValue &number : numbers)
            boxes += letter + QString::number(number.toInt());
    }
    if (!boxes.isEmpty())
        text += QStringLiteral(" · ticked ") + boxes.join(QLatin1Char(' '));
    return text;
}

QString refusedWords(const QJsonObject &line)
{
    return QStringLiteral("%1  %2 %3 by %4: %5")
        .arg(QDateTime::fromMSecsSinceEpoch(line.value(K("at_ms")).toInteger())
                 .toString(QStringLiteral("yyyy-MM-dd HH:mm")),
             line.value(K("what")).toString(), line.value(K("name")).toString(),
             line.value(K("cook")).toString(), line.value(K("why")).toString());
}

QString recipeWords(const QJsonObject &recipe)
{
    QStringList lines{recipe.value(K("title")).toString()};
    const QJsonArray ingredients = recipe.value(K("ingredients")).toArray();
    for (const QJsonValue &ingredient : ingredients)
        lines += QStringLiteral("  ") + ingredient.toString();
    int number = 0;
    const QJsonArray steps = recipe.value(K("steps")).toArray();
    for (const QJsonValue &step : steps)
        lines += QStringLiteral("%1. %2").arg(++number).arg(step[K("text")].toString());
    return lines.join(QLatin1Char('\n'));
}

QString photoWords(const QJsonObject &line)
{
    const QString title = line.value(K("title")).toString();
    return line.contains(K("file")) ? QStringLiteral("The photo of “%1” is in %2.")
                                          .arg(title, line.value(K("file")).toString())
                                    : QStringLiteral("“%1” has a photo more (%2 kB).")
                                          .arg(title)
                                          .arg(line.value(K("bytes")).toInteger() / 1000);
}

/// "in full swing (4.25)"
QString moodWords(const QJsonObject &line)
{
    const std::optional<Mood> mood = moodNamed(line.value(K("mood")).toString());
    if (!mood)
        return QStringLiteral("the server does not say");
    QString text;
    switch (*mood) {
    case Mood::Quiet:
        text = QStringLiteral("quiet");
        break;
    case Mood::Simmering:
        text = QStringLiteral("simmering");
        break;
    case Mood::FullSwing:
        text = QStringLiteral("in full swing");
        break;
    case Mood::Unattended:
        text = QStringLiteral("unattended");
        break;
    }
    return QStringLiteral("%1 (%2)").arg(text).arg(line.value(K("score")).toDouble(), 0, 'f', 2);
}

QString pulseWords(const QJsonObject &line)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(line.value(K("now_ms")).toInteger());
    return now.toString(QStringLiteral("HH:mm:ss  ")) + moodWords(line);
}

QString kitchenWords(const QJsonObject &line)
{
    QStringList lines{QStringLiteral("%1 · %2 · %3 · %4 here")
                          .arg(line.value(K("name")).toString(), line.value(K("server")).toString(),
                               moodWords(line))
                          .arg(line.value(K("online")).toInteger())};
    const QJsonArray devices = line.value(K("devices")).toArray();
    for (const QJsonValue &device : devices)
        lines +=
            QStringLiteral("  %1  %2")
                .arg(device[K("online")].toBool() ? QStringLiteral("here") : QStringLiteral("away"),
                     device[K("name")].toString());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

Printer::Printer(const QString &command, bool json, bool watches)
    : m_command(command)
    , m_json(json)
{
    if (watches)
        m_watched = std::make_shared<LineWriter>(fileno(stdout));
}

void Printer::put(const QByteArray &line) const
{
    if (!m_watched)
        write(stdout, line);
    else if (m_watched->isGone())
        std::_Exit(1);
    else
        m_watched->put(line);
}

void Printer::line(const QJsonObject &line) const
{
    if (m_json)
        put(QJsonDocument(line).toJson(QJsonDocument::Compact));
    else
        words(inWords(line));
}

void Printer::words(const QString &text) const
{
    put(text.toUtf8());
}

void Printer::trouble(const QString &text)
{
    write(stderr, QByteArray("simmerctl: ") + text.simplified().toUtf8());
}

QString Printer::inWords(const QJsonObject &line) const
{
    if (m_command == K("watch"))
        return watchWords(line);
    if (m_command == K("pulse"))
        return pulseWords(line);
    if (m_command == K("kitchens"))
        return kitchenWords(line);
    if (m_command == K("show"))
        return recipeWords(line);
    if (m_command == K("history"))
        return editWords(line);
    if (line.contains(K("cooking")))
        return cookingWords(line);
    if (m_command == K("digest"))
        return line.value(K("digest")).toString();
    if (m_command == K("photo"))
        return photoWords(line);
    if (m_command == K("pair"))
        return QStringLiteral("Joined “%1” at %2.")
            .arg(line.value(K("kitchen")).toString(), line.value(K("server")).toString());
    if (m_command == K("refused"))
        return refusedWords(line);
    if (line.contains(K("state")))
        return timerWords(line);
    return QStringLiteral("%1  %2").arg(line.value(K("id")).toString().left(8),
                                        line.value(K("title")).toString());
}

} // namespace simmer::app
