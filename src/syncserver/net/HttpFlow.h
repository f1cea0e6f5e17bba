// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Http.h"

#include <atomic>
#include <mutex>

namespace simmer::syncserver {

/// Takes tasks to the network thread as long as there is one. Any thread.
class Mailbox
{
public:
    using Post = std::function<void(std::function<void()>)>;

    explicit Mailbox(Post post)
        : m_post(std::move(post))
    {
    }
    /// False when it is closed.
    bool put(std::function<void()> task);
    /// Nothing is taken any more.
    void close();

private:
    std::mutex m_mutex;
    Post m_post;
};

/// What the network thread does for an open answer.
class FlowTaker
{
public:
    FlowTaker() = default;
    virtual ~FlowTaker() = default;
    Q_DISABLE_COPY_MOVE(FlowTaker)

    virtual void takeMore(const QByteArray &bytes) = 0;
    virtual void takeEnd() = 0;
    /// Its reader is too slow.
    virtual void drop() = 0;
};

/// An open answer as its writer sees it; its other half is a FlowTaker in the network thread.
class HttpFlow final : public HttpStream
{
public:
    /// What both halves look at.
    struct Gauge {
        std::atomic<bool> isOpen = true;
        std::atomic<qsizetype> queued = 0; ///< bytes that the reader has not taken
    };

    HttpFlow(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<FlowTaker> taker,
             std::shared_ptr<Gauge> gauge);
    ~HttpFlow() override;

    void write(QByteArray bytes) override;
    void end() override;
    bool isOpen() const override { return m_gauge->isOpen; }

private:
    void put(std::function<void(FlowTaker &)> task);

    const std::shared_ptr<Mailbox> m_mailbox;
    const std::weak_ptr<FlowTaker> m_taker;
    const std::shared_ptr<Gauge> m_gauge;
};

} // namespace simmer::syncserver
