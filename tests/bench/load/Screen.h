// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Frames.h"
#include "Kitchens.h"
#include "Line.h"
#include "timers/LogEntry.h"

namespace simmer::load {

/// One device's WebSocket to simmerd. Looks into what it gets no more than it has to, so that the
/// generator does not slow the server down on the same cores.
class Screen final : public Line
{
public:
    /// Takes the log from the cursor on first; zero: all of it.
    Screen(Loop &loop, const KnownDevice &device, timers::Cursor cursor = {});

    void open(std::uint16_t port, int receiveBytes = 0);
    void push(std::string_view message) { send(m_writer.frame(message)); }

    /// Whether it was welcomed, and has the log up to the head of then.
    bool isWelcome() const { return m_welcome; }
    bool isLevel() const { return m_welcome && m_seq >= m_head; }
    /// The newest seq that came.
    long long seq() const { return m_seq; }
    /// Where the next screen of this device may go on; looked for in each page when it is wanted.
    void keepCursor() { m_keepsCursor = true; }
    const timers::Cursor &cursor() const { return m_cursor; }

    std::function<void()> onWelcome = [] {};
    /// A page's text.
    std::function<void(std::string_view)> onPage = [](std::string_view) {};
    /// The text of what was acked.
    std::function<void(std::string_view)> onAcked = [](std::string_view) {};
    /// When set, a connection that ends is no failure; told why.
    std::function<void(const std::string &)> onLost;

protected:
    void take(std::string_view &bytes) override;
    void lost(const std::string &why) override;

private:
    void askToUpgrade();
    bool takeUpgrade(std::string_view &bytes);
    void hear(const Message &message);
    void hearText(std::string_view text);
    void hearSeldom(std::string_view text);
    void sayHello();

    KnownDevice m_device;
    FrameWriter m_writer;
    FrameReader m_reader;
    std::string m_expectedAccept;
    timers::Cursor m_cursor;
    bool m_keepsCursor = false;
    bool m_upgraded = false;
    bool m_welcome = false;
    long long m_head = 0;
    long long m_seq = 0;
};

} // namespace simmer::load
