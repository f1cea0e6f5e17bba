// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/CooklangItems.h"

#include <QRegularExpression>

#include <optional>

namespace simmer::recipes::formats::cooklang {

namespace {

std::optional<ItemKind> kindOf(QChar marker)
{
    switch (marker.unicode()) {
    case u'@':
        return ItemKind::Ingredient;
    case u'#':
        return ItemKind::Cookware;
    case u'~':
        return ItemKind::Timer;
    }
    return std::nullopt;
}

/// What an item without an amount has (canonical tests: testIngredientNoUnits and its like).
Quantity defaultQuantity(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Ingredient:
        return QStringLiteral("some");
    case ItemKind::Cookware:
        return 1.0;
    case ItemKind::Timer:
    case ItemKind::Text:
        return QString();
    }
    Q_UNREACHABLE();
}

/// Numbers and fractions without leading zeros are numbers, anything else stays as it is written.
Quantity quantityOf(const QString &written)
{
    static const QRegularExpression fraction(
        QStringLiteral(R"(^([1-9][0-9]{0,8})\s*/\s*([1-9][0-9]{0,8})$)"));
    static const QRegularExpression number(
        QStringLiteral(R"(^(?:0|[1-9][0-9]{0,14})?(?:\.[0-9]{1,15})?$)"));
    if (const auto match = fraction.match(written); match.hasMatch())
        return match.captured(1).toDouble() / match.captured(2).toDouble();
    if (!written.isEmpty() && number.match(written).hasMatch())
        return written.toDouble();
    return written;
}

void setAmount(Item &item, QStringView inBraces)
{
    const qsizetype percent = inBraces.indexOf(u'%');
    const QStringView left = percent < 0 ? inBraces : inBraces.first(percent);
    item.amount = left.trimmed().toString();
    if (item.amount.startsWith(u'=')) // conventions.md: a quantity that does not scale
        item.amount = item.amount.mid(1).trimmed();
    if (percent >= 0)
        item.units = inBraces.sliced(percent + 1).trimmed().toString();
    item.quantity = item.amount.isEmpty() ? defaultQuantity(item.kind) : quantityOf(item.amount);
}

class Parser
{
public:
    explicit Parser(QStringView in)
        : m_in(in)
    {
    }

    QList<Item> run()
    {
        while (m_at < m_in.size()) {
            const auto kind = kindOf(m_in[m_at]);
            if (kind && (takeBraced(*kind) || takeWord(*kind)))
                continue;
            takeCharacter();
        }
        endText();
        return std::move(m_items);
    }

private:
    void takeCharacter()
    {
        const bool escape = m_in[m_at] == u'\\' && m_at + 1 < m_in.size() &&
                            (kindOf(m_in[m_at + 1]) || m_in[m_at + 1] == u'\\');
        if (escape)
            ++m_at;
        m_text += m_in[m_at++];
    }

    void endText()
    {
        if (!m_text.isEmpty())
            m_items.append({ItemKind::Text, std::exchange(m_text, {}), QString(), {}, {}, {}});
    }

    /// The place of the first of these characters, or -1.
    qsizetype find(QStringView any, qsizetype from) const
    {
        for (qsizetype i = from; i < m_in.size(); ++i) {
            if (any.contains(m_in[i]))
                return i;
        }
        return -1;
    }

    /// "@name with words{…}", and for timers "~{…}".
    bool takeBraced(ItemKind kind)
    {
        const qsizetype open = find(u"{}@#~\n", m_at + 1);
        if (open < 0 || m_in[open] != u'{')
            return false;
        const qsizetype close = find(u"{}", open + 1);
        if (close < 0 || m_in[close] != u'}')
            return false;
        const QStringView name = m_in.sliced(m_at + 1, open - m_at - 1);
        if (name.isEmpty() ? kind != ItemKind::Timer : name.front().isSpace())
            return false;
        endText();
        Item item{kind, name.trimmed().toString(), QString(), {}, {}, {}};
        setAmount(item, m_in.sliced(open + 1, close - open - 1));
        m_at = close + 1;
        if (kind == ItemKind::Ingredient)
            takePreparation(item);
        m_items.append(item);
        return true;
    }

    /// "(peeled)" right behind the braces.
    void takePreparation(Item &item)
    {
        if (m_at >= m_in.size() || m_in[m_at] != u'(')
            return;
        const qsizetype close = find(u"()", m_at + 1);
        if (close < 0 || m_in[close] != u')')
            return;
        item.preparation = m_in.sliced(m_at + 1, close - m_at - 1).trimmed().toString();
        m_at = close + 1;
    }

    /// "@name": up to white space or punctuation.
    bool takeWord(ItemKind kind)
    {
        qsizetype end = m_at + 1;
        while (end < m_in.size() && !m_in[end].isSpace() && !m_in[end].isPunct() &&
               !kindOf(m_in[end]))
            ++end;
        if (end == m_at + 1)
            return false;
        endText();
        m_items.append({kind,
                        m_in.sliced(m_at + 1, end - m_at - 1).toString(),
                        defaultQuantity(kind),
                        {},
                        {},
                        {}});
        m_at = end;
        return true;
    }

    QStringView m_in;
    qsizetype m_at = 0;
    QString m_text;
    QList<Item> m_items;
};

} // namespace

QList<Item> parseItems(QStringView paragraph)
{
    return Parser(paragraph).run();
}

} // namespace simmer::recipes::formats::cooklang
