// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/HttpFlow.h"

namespace simmer::syncserver {

namespace {

constexpr qsizetype QueuedBytes = 256 * 1024; // the contract of HttpStream

} // namespace

bool Mailbox::put(std::function<void()> task)
{
    const std::lock_guard lock(m_mutex);
    if (m_post)
        m_post(std::move(task));
    return bool(m_post);
}

void Mailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_post = nullptr;
}

HttpFlow::HttpFlow(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<FlowTaker> taker,
                   std::shared_ptr<Gauge> gauge)
    : m_mailbox(std::move(mailbox))
    , m_taker(std::move(taker))
    , m_gauge(std::move(gauge))
{
}

HttpFlow::~HttpFlow()
{
    end();
}

/// The taker is held in the network thread only, where it may end.
void HttpFlow::put(std::function<void(FlowTaker &)> task)
{
    const bool isTaken = m_mailbox->put([taker = m_taker, gauge = m_gauge, task = std::move(task)] {
        if (const auto held = taker.lock())
            task(*held);
        else
            gauge->isOpen = false;
    });
    if (!isTaken)
        m_gauge->isOpen = false;
}

void HttpFlow::write(QByteArray bytes)
{
    if (bytes.isEmpty() || !m_gauge->isOpen)
        return;
    if (m_gauge->queued.fetch_add(bytes.size()) + bytes.size() <= QueuedBytes)
        put([bytes = std::move(bytes)](FlowTaker &taker) { taker.takeMore(bytes); });
    else if (m_gauge->isOpen.exchange(false))
        put([](FlowTaker &taker) { taker.drop(); });
}

void HttpFlow::end()
{
    if (m_gauge->isOpen.exchange(false))
        put([](FlowTaker &taker) { taker.takeEnd(); });
}

} // namespace simmer::syncserver
