// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

namespace simmer::fakes {

/// Holds JSON against the part of JSON Schema that the API's description uses; a word of a schema
/// that it does not know is a fault, so that none is believed to be checked that is not.
class JsonShape
{
public:
    explicit JsonShape(QJsonObject schemas)
        : m_schemas(std::move(schemas))
    {
    }

    /// The faults of a value that should have the shape of that name.
    QStringList faults(const QJsonValue &value, const QString &name)
    {
        m_faults.clear();
        if (!m_schemas.contains(name))
            return {QStringLiteral("no schema ") + name};
        check(value, m_schemas.value(name).toObject(), name);
        return m_faults;
    }

private:
    void fault(const QString &where, const QString &what)
    {
        m_faults += where + QStringLiteral(": ") + what;
    }

    static QString typeOf(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Null:
            return QStringLiteral("null");
        case QJsonValue::Bool:
            return QStringLiteral("boolean");
        case QJsonValue::Double:
            return value.toInteger(0) == value.toInteger(1) ? QStringLiteral("integer")
                                                            : QStringLiteral("number");
        case QJsonValue::String:
            return QStringLiteral("string");
        case QJsonValue::Array:
            return QStringLiteral("array");
        case QJsonValue::Object:
            return QStringLiteral("object");
        case QJsonValue::Undefined:
            return QStringLiteral("nothing");
        }
        return {};
    }

    static bool isOneOf(const QString &type, const QJsonValue &wanted)
    {
        const QJsonArray types = wanted.isArray() ? wanted.toArray() : QJsonArray{wanted};
        return types.contains(type) ||
               (type == QLatin1String("integer") && types.contains(QLatin1String("number")));
    }

    void check(const QJsonValue &value, const QJsonObject &schema, const QString &where)
    {
        for (auto it = schema.begin(); it != schema.end(); ++it)
            checkWord(it.key(), it.value(), value, schema, where);
    }

    void checkWord(const QString &word, const QJsonValue &rule, const QJsonValue &value,
                   const QJsonObject &schema, const QString &where)
    {
        const QString text = value.toString();
        if (word == QLatin1String("$ref"))
            check(value, m_schemas.value(rule.toString().section(QLatin1Char('/'), -1)).toObject(),
                  where);
        else if (word == QLatin1String("type") && !isOneOf(typeOf(value), rule))
            fault(where, QStringLiteral("is ") + typeOf(value));
        else if (word == QLatin1String("enum") && !rule.toArray().contains(value))
            fault(where, QStringLiteral("is ") + text);
        else if (word == QLatin1String("pattern") && value.isString() &&
                 !QRegularExpression(rule.toString()).match(text).hasMatch())
            fault(where, text);
        else if (word == QLatin1String("minLength") && text.size() < rule.toInt())
            fault(where, QStringLiteral("too short"));
        else if (word == QLatin1String("maxLength") && text.size() > rule.toInt())
            fault(where, QStringLiteral("too long"));
        else if (word == QLatin1String("minimum") && value.isDouble() &&
                 value.toDouble() < rule.toDouble())
            fault(where, QStringLiteral("too small"));
        else if (word == QLatin1String("maximum") && value.isDouble() &&
                 value.toDouble() > rule.toDouble())
            fault(where, QStringLiteral("too large"));
        else if (word == QLatin1String("required"))
            checkRequired(rule.toArray(), value.toObject(), where);
        else if (word == QLatin1String("dependentRequired"))
            checkDependent(rule.toObject(), value.toObject(), where);
        else if (word == QLatin1String("properties"))
            checkFields(value.toObject(), rule.toObject(), schema, where);
        else if (word == QLatin1String("items"))
            checkItems(value.toArray(), rule.toObject(), where);
        else if (!Words.contains(word))
            fault(where, QStringLiteral("unknown word ") + word);
    }

    void checkRequired(const QJsonArray &names, const QJsonObject &object, const QString &where)
    {
        for (const QJsonValue &name : names)
            if (!object.contains(name.toString()))
                fault(where, QStringLiteral("lacks ") + name.toString());
    }
    void checkDependent(const QJsonObject &rules, const QJsonObject &object, const QString &where)
    {
        for (auto it = rules.begin(); it != rules.end(); ++it)
            if (object.contains(it.key()))
                checkRequired(it.value().toArray(), object, where);
    }
    void checkFields(const QJsonObject &object, const QJsonObject &fields,
                     const QJsonObject &schema, const QString &where)
    {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (fields.contains(it.key()))
                check(it.value(), fields.value(it.key()).toObject(),
                      where + QLatin1Char('.') + it.key());
            else if (schema.value(QLatin1String("additionalProperties")) == QJsonValue(false))
                fault(where, QStringLiteral("has ") + it.key());
        }
    }
    void checkItems(const QJsonArray &array, const QJsonObject &schema, const QString &where)
    {
        for (const QJsonValue &value : array)
            check(value, schema, where + QStringLiteral("[]"));
    }

    static inline const QStringList Words{QStringLiteral("type"),
                                          QStringLiteral("enum"),
                                          QStringLiteral("pattern"),
                                          QStringLiteral("minLength"),
                                          QStringLiteral("maxLength"),
                                          QStringLiteral("minimum"),
                                          QStringLiteral("maximum"),
                                          QStringLiteral("description"),
                                          QStringLiteral("additionalProperties")};

    QJsonObject m_schemas;
    QStringList m_faults;
};

} // namespace simmer::fakes
