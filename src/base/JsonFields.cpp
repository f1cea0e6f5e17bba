// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/JsonFields.h"

namespace simmer {

namespace {

bool isWhole(const QJsonValue &value)
{
    return value.isDouble() && value.toInteger(0) == value.toInteger(1);
}

} // namespace

JsonFields::JsonFields(QJsonObject object, QString where)
    : m_left(std::move(object))
    , m_where(std::move(where))
{
}

QJsonValue JsonFields::take(QLatin1String key, QJsonValue::Type type)
{
    const auto found = m_left.find(key);
    if (found == m_left.end()) {
        fault(QStringLiteral("“%1” is missing").arg(key));
        return {};
    }
    const QJsonValue value = *found;
    m_left.erase(found);
    if (value.type() != type)
        fault(QStringLiteral("“%1” has the wrong type").arg(key));
    return value;
}

qint64 JsonFields::integer(QLatin1String key, qint64 least, qint64 most)
{
    const QJsonValue value = take(key, QJsonValue::Double);
    const qint64 number = value.toInteger();
    if (m_fault.isEmpty() && (!isWhole(value) || number < least || number > most))
        fault(QStringLiteral("“%1” is out of range").arg(key));
    return number;
}

qint64 JsonFields::integerOr(QLatin1String key, qint64 absent, qint64 least, qint64 most)
{
    return has(key) ? integer(key, least, most) : absent;
}

bool JsonFields::flag(QLatin1String key)
{
    return take(key, QJsonValue::Bool).toBool();
}

bool JsonFields::flagOr(QLatin1String key, bool absent)
{
    return has(key) ? flag(key) : absent;
}

QString JsonFields::text(QLatin1String key, qsizetype longest)
{
    const QString value = take(key, QJsonValue::String).toString();
    if (value.size() > longest)
        fault(QStringLiteral("“%1” is too long").arg(key));
    return value;
}

QString JsonFields::textOr(QLatin1String key, qsizetype longest)
{
    return has(key) ? text(key, longest) : QString();
}

QJsonObject JsonFields::object(QLatin1String key)
{
    return take(key, QJsonValue::Object).toObject();
}

QJsonArray JsonFields::array(QLatin1String key, qsizetype most)
{
    const QJsonArray value = take(key, QJsonValue::Array).toArray();
    if (value.size() > most)
        fault(QStringLiteral("“%1” has too many entries").arg(key));
    return value;
}

QJsonArray JsonFields::arrayOr(QLatin1String key, qsizetype most)
{
    return has(key) ? array(key, most) : QJsonArray();
}

QByteArray JsonFields::hex(QLatin1String key, qsizetype bytes)
{
    const QByteArray written = text(key, bytes * 2).toLatin1();
    QByteArray value = QByteArray::fromHex(written);
    if (value.size() != bytes || value.toHex() != written)
        fault(QStringLiteral("“%1” is not %2 bytes in hexadecimal").arg(key).arg(bytes));
    return value;
}

void JsonFields::fault(const QString &what)
{
    if (m_fault.isEmpty())
        m_fault = m_where + QStringLiteral(": ") + what;
}

Outcome JsonFields::finish()
{
    if (!m_left.isEmpty())
        fault(QStringLiteral("unknown field “%1”").arg(m_left.keys().constFirst().left(40)));
    if (!m_fault.isEmpty())
        return Error{ErrorCode::BadSyntax, m_fault, {}};
    return done();
}

QStringList texts(const QJsonArray &array, qsizetype longest, JsonFields &fields)
{
    QStringList list;
    list.reserve(array.size());
    for (const QJsonValue &value : array) {
        if (!value.isString() || value.toString().size() > longest)
            fields.fault(QStringLiteral("a list holds something that is no short text"));
        list += value.toString();
    }
    return list;
}

} // namespace simmer
