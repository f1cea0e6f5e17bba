// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/FileTaskShelf.h"

#include "base/DurableFile.h"
#include "base/JsonFields.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace simmer::supervision {

namespace {

using K = QLatin1String;

const QString Ending = QStringLiteral(".json");
constexpr qsizetype KindLength = 64;

QByteArray encode(const Task &task)
{
    return QJsonDocument(QJsonObject{{K("kind"), task.kind},
                                     {K("arguments"), task.arguments},
                                     {K("number"), task.number},
                                     {K("starts"), task.starts}})
        .toJson();
}

Expected<Task> decode(const TaskId &id, const QByteArray &bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (!document.isObject())
        return Error{ErrorCode::BadSyntax, error.errorString(), {}};
    JsonFields fields(document.object(), QStringLiteral("task"));
    Task task{id, fields.text(K("kind"), KindLength), fields.object(K("arguments")),
              fields.integer(K("number"), 0, std::numeric_limits<qint64>::max()),
              int(fields.integer(K("starts"), 0, std::numeric_limits<int>::max()))};
    if (const Outcome whole = fields.finish(); !whole)
        return whole.error();
    return task;
}

Expected<QByteArray> read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::FileUnreadable, file.errorString(), {}};
    if (file.size() > FileTaskShelf::MostBytes)
        return Error{ErrorCode::TooLarge, path, {}};
    return file.readAll();
}

Expected<Task> readTask(const QString &path, const TaskId &id)
{
    const auto bytes = read(path);
    return bytes ? decode(id, *bytes) : Expected<Task>(bytes.error());
}

} // namespace

FileTaskShelf::FileTaskShelf(const QString &folder)
    : m_folder(folder)
{
}

QString FileTaskShelf::pathOf(const TaskId &task) const
{
    return m_folder + QLatin1Char('/') + task.toHex() + Ending;
}

/// The file is whole and its name is on the disk, or the old one is there still.
Outcome FileTaskShelf::keep(const Task &task)
{
    const QByteArray bytes = encode(task);
    if (bytes.size() > MostBytes || task.kind.size() > KindLength)
        return Error{ErrorCode::TooLarge, QStringLiteral("what the job is to do"), {}};
    return writeDurably(pathOf(task.id), bytes);
}

Outcome FileTaskShelf::forget(const TaskId &task)
{
    return removeDurably(pathOf(task));
}

Expected<TaskShelf::Found> FileTaskShelf::all()
{
    Found found;
    const QDir folder(m_folder);
    const QStringList names = folder.entryList(QDir::Files);
    for (const QString &name : names) {
        const QString path = folder.filePath(name);
        const bool whole = name.endsWith(Ending);
        const auto id = TaskId::fromHex(QStringView(name).chopped(whole ? Ending.size() : 0));
        if (!whole || !id) {
            if (name.contains(Ending + QLatin1Char('.')) && !name.endsWith(K(".damaged")))
                QFile::remove(path); // QSaveFile's, of a program that was ended meanwhile
            continue;
        }
        if (auto task = readTask(path, *id)) {
            found.tasks += *std::move(task);
        } else {
            found.damaged += name;
            if (!QFile::rename(path, path + QStringLiteral(".damaged")))
                return Error::because(ErrorCode::FileUnreadable, path, task.error());
        }
    }
    std::sort(found.tasks.begin(), found.tasks.end(),
              [](const Task &one, const Task &two) { return one.number < two.number; });
    return found;
}

} // namespace simmer::supervision
