// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/ConfigFile.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringDecoder>

namespace simmer::app {

namespace {

constexpr qint64 LargestFile = 64 * 1024;
constexpr qsizetype LongestQuote = 20; // letters; what follows may be a secret

/// Reads line by line into `read`.
class Lines
{
public:
    Lines(QString name, ReadSettings &read)
        : m_name(std::move(name))
        , m_read(read)
    {
    }

    void take(int number, const QString &line)
    {
        m_where = QStringLiteral("%1:%2").arg(m_name).arg(number);
        const qsizetype sign = line.indexOf(QLatin1Char('='));
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            return;
        if (line.startsWith(QLatin1Char('[')))
            return fault(QStringLiteral("there are no sections here; leave this line out"));
        if (sign < 0)
            return fault(QStringLiteral("“%1” is no line of the form key = value")
                             .arg(line.left(LongestQuote)));
        const QString name = line.left(sign).trimmed();
        if (const Setting *const setting = settingNamed(name))
            set(*setting, line.mid(sign + 1).trimmed());
        else
            unknown(name);
    }
    void fault(const QString &what)
    {
        m_read.problems += QStringLiteral("%1: %2").arg(m_where, what);
    }

private:
    void set(const Setting &setting, const QString &value)
    {
        if (value.isEmpty())
            return fault(QStringLiteral("%1 has no value; write one, or put a # before it")
                             .arg(setting.name));
        if (value.size() > 1 && value.startsWith(QLatin1Char('"')) &&
            value.endsWith(QLatin1Char('"')))
            return fault(QStringLiteral("%1: leave the quotes out").arg(setting.name));
        const auto before = m_read.given.find(setting.key);
        if (before == m_read.given.end())
            m_read.given.insert(setting.key, {valuesOf(setting, value), m_where});
        else if (setting.isList)
            before->values += valuesOf(setting, value);
        else
            fault(QStringLiteral("%1 was already given at %2; leave one out")
                      .arg(setting.name, before->from));
    }
    void unknown(const QString &name)
    {
        const QString nearest = nearestName(name);
        const QString hint =
            nearest.isEmpty() ? QStringLiteral("`simmerd example-config` shows all that there are")
                              : QStringLiteral("did you mean “%1”?").arg(nearest);
        fault(QStringLiteral("“%1” is nothing that can be set; %2").arg(name, hint));
    }

    const QString m_name;
    QString m_where;
    ReadSettings &m_read;
};

} // namespace

QStringList valuesOf(const Setting &setting, const QString &written)
{
    static const QRegularExpression between(QStringLiteral("[,\\s]+"));
    return setting.isList ? written.split(between, Qt::SkipEmptyParts) : QStringList{written};
}

ReadSettings readConfig(const QByteArray &text, const QString &name)
{
    ReadSettings read;
    Lines lines(name, read);
    int number = 0;
    for (const QByteArray &bytes : text.split('\n')) {
        QStringDecoder decode(QStringDecoder::Utf8);
        const QString line = decode(bytes);
        lines.take(++number, decode.hasError() ? QString() : line.trimmed());
        if (decode.hasError() || bytes.contains('\0'))
            lines.fault(QStringLiteral("this line is no text; save the file as UTF-8"));
    }
    return read;
}

Expected<ReadSettings> readConfigFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            ErrorCode::FileUnreadable, QStringLiteral("%1: %2").arg(path, file.errorString()), {}};
    const QByteArray text = file.read(LargestFile + 1);
    if (text.size() > LargestFile)
        return Error{ErrorCode::TooLarge, QStringLiteral("%1 is no config file").arg(path), {}};
    return readConfig(text, path);
}

} // namespace simmer::app
