// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Ids.h"

#include <QJsonArray>
#include <QJsonObject>

#include <limits>

namespace simmer {

/// Takes the fields of a JSON object strictly: each is named once, of its type and in its range.
/// The first fault is kept and later fields read as empty, so that a decoder is one straight
/// list of fields followed by finish(), which also refuses what nobody asked for.
class JsonFields
{
public:
    JsonFields(QJsonObject object, QString where);

    bool has(QLatin1String key) const { return m_left.contains(key); }
    qint64 integer(QLatin1String key, qint64 least, qint64 most);
    qint64 integerOr(QLatin1String key, qint64 absent, qint64 least, qint64 most);
    bool flag(QLatin1String key);
    bool flagOr(QLatin1String key, bool absent);
    QString text(QLatin1String key, qsizetype longest);
    QString textOr(QLatin1String key, qsizetype longest);
    QJsonObject object(QLatin1String key);
    QJsonArray array(QLatin1String key, qsizetype most);
    QJsonArray arrayOr(QLatin1String key, qsizetype most);
    QByteArray hex(QLatin1String key, qsizetype bytes);

    template<class SomeId>
    SomeId id(QLatin1String key)
    {
        return SomeId::fromBytes(hex(key, 16));
    }

    /// Notes a fault of meaning that the decoder itself found.
    void fault(const QString &what);
    /// Success, or BadSyntax with the first fault.
    Outcome finish();

private:
    QJsonValue take(QLatin1String key, QJsonValue::Type type);

    QJsonObject m_left;
    QString m_where;
    QString m_fault;
};

/// The strings of an array; anything else in it, or one over `longest`, is a fault.
QStringList texts(const QJsonArray &array, qsizetype longest, JsonFields &fields);

} // namespace simmer
