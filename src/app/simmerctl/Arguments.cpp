// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Arguments.h"

#include "app/Device.h"
#include "recipes/times/TimeFinder.h"

#include <QHash>
#include <QJsonArray>
#include <QSysInfo>

namespace simmer::app {

namespace {

using K = QLatin1String;

constexpr qint64 DefaultSyncMs = 10'000;

Error misuse(const QString &what)
{
    return {ErrorCode::BadArgument, what, {}};
}

/// Reads the words of a command line from left to right.
class Reader
{
public:
    explicit Reader(const QStringList &words)
        : m_left(words)
    {
    }

    Expected<Arguments> read();

private:
    Outcome option(const QString &word);
    Outcome cookOption(const QString &word, const QString &value);
    Outcome scaleOption(const QString &value);
    Outcome tickOption(const QString &value, bool on);
    Outcome editWords();
    Expected<QString> valueOf(const QString &option);
    Outcome finish();
    Outcome needs(qsizetype least, qsizetype most, const char *example) const;
    Outcome startWords();
    Outcome timerWords();
    Outcome pairWords();
    Outcome photoWords();

    QStringList m_left;
    QStringList m_operands;
    QString m_name;
    QString m_wait;
    QString m_save;
    Arguments m_arguments;
};

Expected<QString> Reader::valueOf(const QString &option)
{
    if (m_left.isEmpty())
        return misuse(QStringLiteral("%1 needs a value").arg(option));
    return m_left.takeFirst();
}

Outcome Reader::option(const QString &word)
{
    if (word == K("--json"))
        m_arguments.json = true;
    else if (word == K("--offline"))
        m_arguments.offline = true;
    else if (word == K("--dry-run"))
        m_arguments.dryRun = true;
    else if (word == K("--all") || word == K("--end") || word == K("--anew") ||
             word == K("--watch"))
        m_arguments.request.insert(word.mid(2), true);
    else if (word == K("--help") || word == K("-h"))
        m_arguments.help = true;
    else if (word == K("--version"))
        m_arguments.version = true;
    else if (word == K("--profile") || word == K("--name") || word == K("--wait") ||
             word == K("--save")) {
        const Expected<QString> value = valueOf(word);
        if (!value)
            return value.error();
        (word == K("--profile") ? m_arguments.profile
         : word == K("--name")  ? m_name
         : word == K("--save")  ? m_save
                                : m_wait) = *value;
    } else if (word == K("--step") || word == K("--scale") || word == K("--tick") ||
               word == K("--untick")) {
        const Expected<QString> value = valueOf(word);
        return value ? cookOption(word, *value) : Outcome(value.error());
    } else {
        return misuse(QStringLiteral("unknown option %1; see simmerctl --help").arg(word));
    }
    return done();
}

/// Written as "2", "3/4" or "1.5".
Outcome Reader::scaleOption(const QString &value)
{
    constexpr qint64 Decimals = 1000;
    bool timesFine = false;
    bool overFine = true;
    const QStringList parts = value.split(QLatin1Char('/'));
    const double times = parts.constFirst().toDouble(&timesFine);
    const qint64 over = parts.size() > 1 ? parts[1].toLongLong(&overFine) : 1;
    if (!timesFine || !overFine || parts.size() > 2 || times <= 0 || times > 1e6 || over < 1 ||
        over > 1'000'000)
        return misuse(QStringLiteral("“%1” is no scale; write 2, 3/4 or 1.5").arg(value));
    m_arguments.request.insert(K("scale"),
                               QJsonArray{qRound64(times * double(Decimals)), over * Decimals});
    return done();
}

/// Boxes as "i3,s2": the third ingredient and the second step.
Outcome Reader::tickOption(const QString &value, bool on)
{
    QJsonArray ticks = m_arguments.request.value(K("ticks")).toArray();
    const QStringList boxes = value.split(QLatin1Char(','));
    for (const QString &box : boxes) {
        bool fine = false;
        const int number = box.mid(1).toInt(&fine);
        const bool step = box.startsWith(QLatin1Char('s'));
        if (!fine || (!step && !box.startsWith(QLatin1Char('i'))))
            return misuse(QStringLiteral("“%1” is no box; write i3 for the third ingredient, s2 "
                                         "for the second step")
                              .arg(box));
        ticks.append(
            QJsonObject{{K("box"), step ? QStringLiteral("step") : QStringLiteral("ingredient")},
                        {K("number"), number},
                        {K("on"), on}});
    }
    m_arguments.request.insert(K("ticks"), ticks);
    return done();
}

Outcome Reader::cookOption(const QString &word, const QString &value)
{
    if (word == K("--scale"))
        return scaleOption(value);
    if (word != K("--step"))
        return tickOption(value, word == K("--tick"));
    bool fine = false;
    m_arguments.request.insert(K("step"), value.toInt(&fine));
    return fine ? done() : Outcome(misuse(QStringLiteral("“%1” is no step").arg(value)));
}

Expected<Arguments> Reader::read()
{
    bool onlyOperands = false;
    while (!m_left.isEmpty()) {
        const QString word = m_left.takeFirst();
        if (word == K("--") && !onlyOperands) {
            onlyOperands = true;
        } else if (!onlyOperands && word.startsWith(K("--"))) {
            if (Outcome taken = option(word); !taken)
                return taken.error();
        } else if (m_arguments.command.isEmpty()) {
            m_arguments.command = word;
        } else {
            m_operands += word;
        }
    }
    if (m_arguments.profile.isEmpty())
        m_arguments.profile = defaultProfile();
    if (!m_arguments.help && !m_arguments.version)
        if (Outcome finished = finish(); !finished)
            return finished.error();
    return m_arguments;
}

Outcome Reader::needs(qsizetype least, qsizetype most, const char *example) const
{
    if (m_operands.size() >= least && m_operands.size() <= most)
        return done();
    return misuse(QStringLiteral("write: simmerctl %1").arg(QLatin1String(example)));
}

Outcome Reader::finish()
{
    const QString &command = m_arguments.command;
    m_arguments.request.insert(K("cmd"), command);
    m_arguments.request.insert(K("op"), OpId::random().toHex());
    if (command == K("import")) {
        m_arguments.files = m_operands;
        return needs(1, 1'000'000, "import FILE… [--dry-run]");
    }
    m_arguments.lasts = command == K("watch") ||
                        (command == K("pulse") && m_arguments.request.value(K("watch")).toBool());
    if (command == K("timers") || command == K("recipes") || command == K("watch") ||
        command == K("digest") || command == K("times") || command == K("cooking") ||
        command == K("refused") || command == K("kitchens") || command == K("pulse"))
        return needs(0, 0,
                     "timers | recipes | cooking | watch | digest | times | refused | kitchens |"
                     " pulse, without more words");
    if (command == K("show") || command == K("history") || command == K("remove") ||
        command == K("cook")) {
        m_arguments.request.insert(K("recipe"), m_operands.value(0));
        return needs(1, 1, "show | history | remove | cook RECIPE");
    }
    if (command == K("edit"))
        return editWords();
    if (command == K("start"))
        return startWords();
    if (command == K("photo"))
        return photoWords();
    if (command == K("pair"))
        return pairWords();
    if (command == K("sync")) {
        const Expected<Length> wait = m_wait.isEmpty()
                                          ? Expected<Length>(Length{DefaultSyncMs, DefaultSyncMs})
                                          : parseLength(m_wait);
        if (!wait)
            return wait.error();
        m_arguments.request.insert(K("wait_ms"), wait->longestMs);
        m_arguments.request.insert(K("patient"), true);
        return needs(0, 0, "sync [--wait 10s]");
    }
    return timerWords();
}

Outcome Reader::editWords()
{
    if (Outcome enough = needs(3, 3, "edit RECIPE FIELD VALUE"); !enough)
        return enough;
    QJsonObject &request = m_arguments.request;
    const QString &field = m_operands[1];
    request.insert(K("recipe"), m_operands[0]);
    request.insert(K("field"), field);
    request.insert(K("value"), m_operands[2]);
    const bool isLength = field == K("prep") || field == K("cook") || field == K("total");
    if (!isLength || m_operands[2].isEmpty())
        return done();
    const Expected<Length> length = parseLength(m_operands[2]);
    if (!length)
        return length.error();
    request.insert(K("value"), length->longestMs / 60'000);
    return done();
}

Outcome Reader::startWords()
{
    QJsonObject &request = m_arguments.request;
    if (!m_name.isEmpty()) {
        if (Outcome enough = needs(1, 1, "start --name NAME 3min"); !enough)
            return enough;
        const Expected<Length> length = parseLength(m_operands.constFirst());
        if (!length)
            return length.error();
        request.insert(K("name"), m_name);
        request.insert(K("min_ms"), length->shortestMs);
        request.insert(K("max_ms"), length->longestMs);
        return done();
    }
    if (Outcome enough = needs(2, 2, "start RECIPE STEP[:SLOT] | start --name NAME 3min"); !enough)
        return enough;
    const QStringList place = m_operands[1].split(QLatin1Char(':'));
    bool stepFine = false;
    bool slotFine = true;
    request.insert(K("recipe"), m_operands[0]);
    request.insert(K("step"), place[0].toInt(&stepFine));
    request.insert(K("slot"), place.size() > 1 ? place[1].toInt(&slotFine) : 1);
    if (!stepFine || !slotFine || place.size() > 2)
        return misuse(QStringLiteral("“%1” is no step; write 4 or 4:2").arg(m_operands[1]));
    return done();
}

Outcome Reader::timerWords()
{
    const QString &command = m_arguments.command;
    m_arguments.request.insert(K("timer"), m_operands.value(0));
    if (command == K("add")) {
        if (Outcome enough = needs(2, 2, "add TIMER +1min"); !enough)
            return enough;
        QString written = m_operands[1];
        const bool less = written.startsWith(QLatin1Char('-')) ||
                          written.startsWith(QChar(0x2212)); // a true minus sign
        if (less || written.startsWith(QLatin1Char('+')))
            written.remove(0, 1);
        const Expected<Length> length = parseLength(written);
        if (!length)
            return length.error();
        m_arguments.request.insert(K("delta_ms"), less ? -length->longestMs : length->longestMs);
        return done();
    }
    if (command == K("snooze")) {
        if (Outcome enough = needs(2, 2, "snooze TIMER 5min"); !enough)
            return enough;
        const Expected<Length> length = parseLength(m_operands[1]);
        if (!length)
            return length.error();
        m_arguments.request.insert(K("ms"), length->longestMs);
        return done();
    }
    if (command == K("rename")) {
        m_arguments.request.insert(K("name"), m_operands.value(1));
        return needs(2, 2, "rename TIMER NAME");
    }
    if (command == K("pause") || command == K("resume") || command == K("stop") ||
        command == K("ack"))
        return needs(1, 1, "pause | resume | stop | ack TIMER");
    if (command.isEmpty())
        return misuse(QStringLiteral("no command; see simmerctl --help"));
    return misuse(QStringLiteral("unknown command “%1”; see simmerctl --help").arg(command));
}

Outcome Reader::photoWords()
{
    m_arguments.saves = !m_save.isEmpty();
    m_arguments.request.insert(K("recipe"), m_operands.value(0));
    m_arguments.files += m_arguments.saves ? m_save : m_operands.value(1);
    const qsizetype words = m_arguments.saves ? 1 : 2;
    return needs(words, words, "photo RECIPE FILE | photo RECIPE --save FILE");
}

Outcome Reader::pairWords()
{
    const QString name = m_name.isEmpty() ? QSysInfo::machineHostName() : m_name;
    m_arguments.request.insert(K("url"), m_operands.value(0));
    m_arguments.request.insert(K("code"), m_operands.mid(1).join(QString()));
    m_arguments.request.insert(K("name"), name.left(64));
    const bool isInvitation = m_operands.value(0).startsWith(K("simmer:"));
    return needs(isInvitation ? 1 : 2, 5, "pair URL CODE [--name DEVICE], or pair INVITATION");
}

} // namespace

Expected<Arguments> parseArguments(const QStringList &words)
{
    return Reader(words).read();
}

Expected<Length> parseLength(const QString &text)
{
    const QString trimmed = text.trimmed();
    const QList<recipes::Slot> found = recipes::findTimes(trimmed);
    if (found.size() != 1 || found[0].start != 0 || found[0].end != trimmed.size())
        return misuse(
            QStringLiteral("“%1” is no length; write 3min, 90s, 1h30 or 20-25min").arg(text));
    return Length{found[0].shortestSeconds * 1000, found[0].longestSeconds * 1000};
}

QString usage()
{
    return QStringLiteral(
        "Usage: simmerctl [--profile DIR] [--json] [--offline] COMMAND\n"
        "\n"
        "  import FILE… [--dry-run]     take recipes from saved web pages and .cook files\n"
        "  recipes                      all recipes\n"
        "  show RECIPE                  one recipe; by id or title\n"
        "  edit RECIPE FIELD VALUE      write a field: title, summary, yields, source, language,\n"
        "                               prep, cook, total, notes, favourite (yes, or empty);\n"
        "                               ingredients, tags, steps as lines\n"
        "  remove RECIPE                take it out of the book\n"
        "  history RECIPE               who wrote which field when, and what of it lost\n"
        "  cook RECIPE [--step N] [--tick i3,s2] [--untick …] [--scale 3/4] [--anew | --end]\n"
        "                               cook it with everybody in the kitchen\n"
        "  cooking                      what is being cooked\n"
        "  start RECIPE STEP[:SLOT]     start a time of a step; both count from 1\n"
        "  start --name NAME 3min       start a free timer\n"
        "  timers [--all]               timers, next to ring first\n"
        "  watch                        a line a second\n"
        "  pause|resume|stop|ack TIMER  by id or name\n"
        "  add TIMER +1min              longer, or shorter by -1min\n"
        "  snooze TIMER 5min            silence a ring and ring again later\n"
        "  rename TIMER NAME            what it is called, everywhere\n"
        "  photo RECIPE FILE            add a JPEG, PNG or WebP to a recipe\n"
        "  photo RECIPE --save FILE     write its first photo into a file\n"
        "  pair URL CODE [--name DEVICE]  join a kitchen by its one-time code\n"
        "  pair INVITATION              the same by the text that a desktop copies\n"
        "  sync [--wait 10s]            wait until level with the server\n"
        "  kitchens                     the kitchen of this device: who is there, how lively it "
        "is\n"
        "  pulse [--watch]              how lively the kitchen is; or a line whenever that "
        "changes\n"
        "  refused                      what the server would not take, and why\n"
        "  digest                       one hash over all timers, recipes and cooking\n"
        "  times                        find times in JSON lines on standard input\n"
        "\n"
        "Exit codes: 0 done; 1 failed, with a line on standard error; 2 misused.\n"
        "While simmer, “simmerctl watch” or “pulse --watch” runs on a profile, commands go through "
        "it.\n");
}

} // namespace simmer::app
