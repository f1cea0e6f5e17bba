// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/CanonicalOp.h"

#include "timers/OpLimits.h"

#include <array>

namespace simmer::timers {

namespace {

/// Goes over text that must be just so: after the first thing that is not, nothing is read any
/// more.
class Scan
{
public:
    explicit Scan(QByteArrayView bytes)
        : m_left(bytes)
    {
    }

    bool isGood() const { return m_good; }
    QByteArrayView left() const { return m_left; }
    bool startsWith(QByteArrayView words) const { return m_good && m_left.startsWith(words); }
    void expect(QByteArrayView words)
    {
        m_good = startsWith(words);
        if (m_good)
            m_left = m_left.sliced(words.size());
    }
    qint64 integer(QByteArrayView before, qint64 least, qint64 most);
    /// Between quotes, with the first.
    QByteArrayView plain(QByteArrayView before, qsizetype longest);
    QString text(QByteArrayView before, qsizetype longest)
    {
        return QString::fromLatin1(plain(before, longest));
    }
    QUuid id(QByteArrayView before);

private:
    QByteArrayView m_left;
    bool m_good = true;
};

/// As QJsonDocument writes whole numbers: no leading zero, no "-0".
qint64 Scan::integer(QByteArrayView before, qint64 least, qint64 most)
{
    constexpr qsizetype MostDigits = 16; // 2^53 has as many
    expect(before);
    const bool isNegative = startsWith("-");
    qsizetype at = isNegative ? 1 : 0;
    const qsizetype first = at;
    qint64 number = 0;
    for (; at < m_left.size() && at - first < MostDigits && m_left[at] >= '0' && m_left[at] <= '9';
         ++at)
        number = number * 10 + (m_left[at] - '0');
    const bool isPlain = at > first && (m_left[first] != '0' || (at == 1 && !isNegative));
    number = isNegative ? -number : number;
    m_good = m_good && isPlain && number >= least && number <= most;
    if (m_good)
        m_left = m_left.sliced(at);
    return m_good ? number : 0;
}

QByteArrayView Scan::plain(QByteArrayView before, qsizetype longest)
{
    expect(before);
    expect("\"");
    qsizetype size = 0;
    while (m_good && size < m_left.size() && size <= longest && m_left[size] >= ' ' &&
           m_left[size] <= '~' && m_left[size] != '"' && m_left[size] != '\\')
        ++size;
    m_good = m_good && size <= longest && size < m_left.size() && m_left[size] == '"';
    if (!m_good)
        return {};
    const QByteArrayView found = m_left.first(size);
    m_left = m_left.sliced(size + 1);
    return found;
}

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

QUuid Scan::id(QByteArrayView before)
{
    std::array<char, 16> bytes{};
    const QByteArrayView hex = plain(before, qsizetype(bytes.size()) * 2);
    m_good = m_good && hex.size() == qsizetype(bytes.size()) * 2;
    for (size_t i = 0; m_good && i < bytes.size(); ++i) {
        const int high = digitOf(hex[qsizetype(i) * 2]);
        const int low = digitOf(hex[qsizetype(i) * 2 + 1]);
        m_good = high >= 0 && low >= 0;
        bytes[i] = char(high << 4 | low);
    }
    return m_good ? QUuid::fromRfc4122(QByteArrayView(bytes.data(), bytes.size())) : QUuid();
}

/// The keys of each kind of arg begin in a way of their own, except that `{}` is that of three.
std::optional<Action> takeArg(Scan &scan)
{
    if (scan.startsWith("{}")) {
        scan.expect("{}");
        return std::nullopt;
    }
    if (scan.startsWith("{\"delta\":"))
        return Add{scan.integer("{\"delta\":", -MaxInteger, MaxInteger)};
    if (scan.startsWith("{\"ring\":"))
        return Acknowledge{OpId(scan.id("{\"ring\":"))};
    if (scan.startsWith("{\"ms\":")) {
        const qint64 ms = scan.integer("{\"ms\":", -MaxInteger, MaxInteger);
        return Snooze{OpId(scan.id(",\"ring\":")), ms};
    }
    Start start;
    start.checkMs = scan.integer("{\"check\":", -MaxInteger, MaxInteger);
    start.name = scan.text(",\"name\":", LongestName);
    if (scan.startsWith(",\"place\":")) {
        Place place;
        place.recipe = RecipeId(scan.id(",\"place\":{\"recipe\":"));
        place.slot = int(scan.integer(",\"slot\":", 0, MostSteps));
        place.step = int(scan.integer(",\"step\":", 0, MostSteps));
        scan.expect("}");
        start.place = place;
    }
    start.totalMs = scan.integer(",\"total\":", -MaxInteger, MaxInteger);
    return start;
}

QList<OpId> takeSeen(Scan &scan)
{
    QList<OpId> seen;
    scan.expect(",\"seen\":[");
    while (scan.isGood() && !scan.startsWith("]") && seen.size() <= MostSeen)
        seen += OpId(scan.id(seen.isEmpty() ? "" : ","));
    scan.expect("]");
    return seen;
}

/// The action by its type; of what was read of its arg, if that was not empty. Nothing when they
/// do not belong together.
std::optional<Action> actionOf(QByteArrayView type, std::optional<Action> arg)
{
    if (!arg) {
        if (type == "pause")
            return Pause{};
        if (type == "resume")
            return Resume{};
        return type == "cancel" ? std::optional<Action>(Cancel{}) : std::nullopt;
    }
    const bool fits = (type == "start" && std::holds_alternative<Start>(*arg)) ||
                      (type == "add" && std::holds_alternative<Add>(*arg)) ||
                      (type == "ack" && std::holds_alternative<Acknowledge>(*arg)) ||
                      (type == "snooze" && std::holds_alternative<Snooze>(*arg));
    return fits ? std::move(arg) : std::nullopt;
}

} // namespace

std::optional<Op> takeCanonical(QByteArrayView &bytes)
{
    Scan scan(bytes);
    scan.expect("{\"arg\":");
    const bool isEmpty = scan.startsWith("{}");
    std::optional<Action> arg = takeArg(scan);
    Op op;
    op.at = scan.integer(isEmpty ? ",\"at\":" : "},\"at\":", -MaxKitchenTime, MaxKitchenTime);
    op.boot = BootId(scan.id(",\"boot\":"));
    op.bootMs = scan.integer(",\"boottime\":", 0, MaxInteger);
    op.cook = scan.text(",\"cook\":", LongestCook);
    op.counter = scan.integer(",\"counter\":", 0, MaxInteger);
    op.device = DeviceId(scan.id(",\"device\":"));
    op.id = OpId(scan.id(",\"id\":"));
    op.seen = takeSeen(scan);
    op.subject = scan.id(",\"subject\":");
    std::optional<Action> action = actionOf(scan.plain(",\"type\":", LongestType), std::move(arg));
    scan.expect("}");
    if (!scan.isGood() || !action || op.seen.size() > MostSeen)
        return std::nullopt;
    op.action = *std::move(action);
    bytes = scan.left();
    return op;
}

} // namespace simmer::timers
