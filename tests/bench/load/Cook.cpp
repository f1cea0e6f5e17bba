// SPDX-License-Identifier: GPL-3.0-or-later
#include "Cook.h"

#include "Loop.h"
#include "protocol/MessageCodec.h"
#include "timers/Op.h"

#include <chrono>
#include <cstring>

namespace simmer::load {

namespace {

using namespace timers;

// Stand in a template where the real ones come.
const QUuid MarkedId("{11111111-aaaa-4aaa-8aaa-111111111111}");
const QUuid MarkedSubject("{22222222-bbbb-4bbb-8bbb-222222222222}");
const QUuid MarkedSeen("{33333333-cccc-4ccc-8ccc-333333333333}");
constexpr qint64 MarkedAt = 1'700'000'000'777;      // as many digits as any time of these years
constexpr qint64 MarkedCounter = 3'141'592'653'589; // the first is this one's power of ten
constexpr long long FirstCounter = 1'000'000'000'000;
constexpr std::string_view Head = "{\"ops\":[";
constexpr std::string_view Tail = "],\"type\":\"push\"}";

QList<Action> habitOf(Cook::Habit habit)
{
    if (habit == Cook::Habit::Recipes) {
        const QString method = QStringLiteral("Stir. ").repeated(700);
        return {WriteRecipe{{{QStringLiteral("summary"), method}}}};
    }
    return {Start{QStringLiteral("Rice"), 18 * 60'000, 18 * 60'000, {}}, Add{60'000}, Pause{},
            Resume{}, Cancel{}};
}

void require(bool holds)
{
    if (!holds)
        throw Failure("the codec writes pushes in another way than the load generator expects");
}

/// Where `digits` stands; it stands there once.
size_t placeOf(const std::string &text, const std::string &digits)
{
    const size_t place = text.find(digits);
    require(place != std::string::npos && text.find(digits, place + 1) == std::string::npos);
    return place;
}

std::string hexOf(const QUuid &id)
{
    return ids::toHex(id).toStdString();
}

std::string newId()
{
    return hexOf(ids::random());
}

void put(std::string &text, size_t place, std::string_view digits)
{
    if (place != std::string::npos)
        std::memcpy(text.data() + place, digits.data(), digits.size());
}

/// The next id: its last 12 digits count up, the others are random.
void advance(std::string &id)
{
    for (size_t i = id.size(); i-- > 20;) {
        const char digit = id[i];
        id[i] = digit == '9' ? 'a' : digit == 'f' ? '0' : char(digit + 1);
        if (digit != 'f')
            return;
    }
}

long long nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

Cook::Template Cook::makeTemplate(const DeviceId &device, const Action &action)
{
    Op op;
    op.id = OpId(MarkedId);
    op.device = device;
    op.cook = QStringLiteral("Ana");
    op.subject = MarkedSubject;
    op.action = action;
    op.at = MarkedAt;
    op.counter = MarkedCounter;
    op.boot = BootId::random();
    op.bootMs = 5'400'000;
    const bool isFirst = std::holds_alternative<Start>(action);
    if (!isFirst)
        op.seen = {OpId(MarkedSeen)};
    Template made;
    made.text = protocol::encode(protocol::Push{{op}}).toStdString();
    require(made.text.starts_with(Head) && made.text.ends_with(Tail));
    made.op = Head.size();
    made.id = placeOf(made.text, hexOf(MarkedId));
    made.subject = placeOf(made.text, hexOf(MarkedSubject));
    made.seen = !isFirst ? placeOf(made.text, hexOf(MarkedSeen)) : std::string::npos;
    made.at = placeOf(made.text, std::to_string(MarkedAt));
    made.counter = placeOf(made.text, std::to_string(MarkedCounter));
    return made;
}

Cook::Cook(const DeviceId &device, Habit habit)
    : m_id(newId())
{
    for (const Action &action : habitOf(habit))
        m_templates.push_back(makeTemplate(device, action));
}

std::string_view Cook::push()
{
    Template &next = m_templates[size_t(m_pressed) % m_templates.size()];
    const bool begins = next.seen == std::string::npos;
    if (begins || m_subject.empty())
        m_subject = newId();
    m_seen = m_id;
    advance(m_id);
    put(next.text, next.id, m_id);
    put(next.text, next.subject, m_subject);
    put(next.text, next.seen, m_seen);
    m_at = nowMs();
    put(next.text, next.at, std::to_string(m_at));
    put(next.text, next.counter, std::to_string(FirstCounter + m_pressed));
    ++m_pressed;
    return next.text;
}

std::string_view Cook::op() const
{
    const Template &newest = m_templates[size_t(m_pressed - 1) % m_templates.size()];
    return std::string_view(newest.text)
        .substr(newest.op, newest.text.size() - newest.op - Tail.size());
}

} // namespace simmer::load
