// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/EditorWords.h"

#include "words/Words.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>

namespace simmer::ui {

namespace {

using K = QLatin1String;

struct FieldName {
    const char *field;
    const char *name;
};

constexpr std::array FieldNames{
    FieldName{"title", QT_TRANSLATE_NOOP("EditorWords", "the title")},
    FieldName{"summary", QT_TRANSLATE_NOOP("EditorWords", "the text in short")},
    FieldName{"yields", QT_TRANSLATE_NOOP("EditorWords", "what it makes")},
    FieldName{"prep", QT_TRANSLATE_NOOP("EditorWords", "the hands-on time")},
    FieldName{"cook", QT_TRANSLATE_NOOP("EditorWords", "the cooking time")},
    FieldName{"total", QT_TRANSLATE_NOOP("EditorWords", "the total time")},
    FieldName{"ingredients", QT_TRANSLATE_NOOP("EditorWords", "the ingredients")},
    FieldName{"steps", QT_TRANSLATE_NOOP("EditorWords", "the steps")},
    FieldName{"notes", QT_TRANSLATE_NOOP("EditorWords", "the notes")},
    FieldName{"tags", QT_TRANSLATE_NOOP("EditorWords", "the tags")},
    FieldName{"photos", QT_TRANSLATE_NOOP("EditorWords", "the pictures")},
    FieldName{"favourite", QT_TRANSLATE_NOOP("EditorWords", "whether it is a favourite")},
    FieldName{"source", QT_TRANSLATE_NOOP("EditorWords", "where it is from")},
    FieldName{"language", QT_TRANSLATE_NOOP("EditorWords", "the language")},
};

QStringList stepLines(const QJsonArray &steps)
{
    QStringList lines;
    QString section;
    int number = 0;
    for (const QJsonValue &value : steps) {
        const QJsonObject step = value.toObject();
        const QString heading = step.value(K("section")).toString();
        if (heading != section && !heading.isEmpty())
            lines += heading;
        section = heading;
        lines += QStringLiteral("%1. %2").arg(++number).arg(step.value(K("text")).toString());
    }
    return lines;
}

} // namespace

QString EditorWords::field(const QString &field)
{
    const auto *named = std::find_if(FieldNames.begin(), FieldNames.end(), [&](const auto &name) {
        return field == QLatin1String(name.field);
    });
    return named == FieldNames.end() ? field : tr(named->name);
}

QString EditorWords::fields(const QStringList &fields)
{
    QStringList names;
    for (const QString &name : fields)
        names += field(name);
    return QLocale().createSeparatedList(names);
}

QString EditorWords::notSaved(const Error &error)
{
    if (error.code == ErrorCode::TooLarge)
        return tr("Not saved: a recipe holds at most 200 kB of text. Shorten it, or make two of "
                  "it. All of it is still here.");
    if (error.code == ErrorCode::BadSyntax || error.code == ErrorCode::BadArgument)
        return tr("Not saved: %1. All of it is still here.").arg(error.context);
    return Words::trouble(error) + QLatin1Char(' ') + tr("All of it is still here.");
}

QString EditorWords::notTaken(const Error &error)
{
    if (error.code == ErrorCode::TooLarge)
        return tr("This picture is too large: at most 40 megapixels are taken.");
    if (error.code == ErrorCode::DiskFull)
        return tr("The picture was not kept: disk full. Free some space and add it again.");
    return tr("This is no picture that can be read. Take a JPEG, PNG or WebP file.");
}

QStringList EditorWords::lines(const QString &field, const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return {};
    if (field == K("steps"))
        return stepLines(value.toArray());
    if (field == K("photos"))
        return {tr("%n picture(s)", nullptr, int(value.toArray().size()))};
    if (value.isArray()) {
        QStringList lines;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &line : array)
            lines += line.toString();
        return lines;
    }
    if (value.isBool())
        return {value.toBool() ? tr("yes") : tr("no")};
    if (value.isDouble())
        return {Words::minutes(value.toInteger())};
    return value.toString().split(u'\n');
}

QString EditorWords::fate(const recipes::Edit &edit, const QString &by)
{
    switch (edit.fate) {
    case recipes::Edit::Fate::Stands:
        return tr("stands");
    case recipes::Edit::Fate::Replaced:
        return by.isEmpty() ? tr("replaced") : tr("replaced by %1").arg(by);
    case recipes::Edit::Fate::Lost:
        return by.isEmpty() ? tr("lost") : tr("lost to %1’s").arg(by);
    }
    Q_UNREACHABLE();
}

QString EditorWords::moment(qint64 ms)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(ms);
    if (at.date() == QDate::currentDate())
        return Words::hour(ms);
    return QLocale().toString(at.date(), QLocale::ShortFormat) + QLatin1Char(' ') + Words::hour(ms);
}

QString EditorWords::untitled(const QString &title)
{
    return title.trimmed().isEmpty() ? tr("New recipe") : title.trimmed();
}

} // namespace simmer::ui
