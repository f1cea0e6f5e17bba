// SPDX-License-Identifier: GPL-3.0-or-later
#include "Cook.h"
#include "Line.h"
#include "Peers.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

namespace simmer::load {

namespace {

class RelayLine final : public Line
{
public:
    explicit RelayLine(Loop &loop)
        : Line(loop, "relay")
    {
    }

    std::function<void(std::string_view)> onBytes = [](std::string_view) {};

protected:
    void take(std::string_view &bytes) override
    {
        onBytes(bytes);
        bytes = {};
    }
};

class RelayPath final : public PressPath
{
public:
    RelayPath(Loop &loop, std::uint16_t port)
        : m_presser(std::make_shared<RelayLine>(loop))
        , m_screen(std::make_shared<RelayLine>(loop))
        , m_cook(DeviceId::random())
    {
        int ready = 0;
        m_presser->connect(port, [&] { ++ready; });
        loop.until([&] { return ready == 1; }, "the relay"); // it takes them in this order
        m_screen->connect(port, [&] { ++ready; });
        loop.until([&] { return ready == 2; }, "the relay");
        m_screen->onBytes = [this](std::string_view bytes) {
            m_missing -= bytes.size();
            if (m_missing == 0)
                arrived();
        };
    }

protected:
    int words() const override { return 1; }
    void press() override
    {
        m_cook.push();
        m_missing = m_cook.op().size();
        m_presser->send(m_cook.op());
    }

private:
    std::shared_ptr<RelayLine> m_presser;
    std::shared_ptr<RelayLine> m_screen;
    Cook m_cook;
    size_t m_missing = 0;
};

} // namespace

Relay::Relay(Bench &bench)
    : m_port(freePort())
    , m_process({"/proc/self/exe", "relay", std::to_string(m_port)},
                bench.newFolder("log") / "relay.log")
{
    awaitPort(m_process, m_port);
}

std::unique_ptr<PressPath> Relay::path(Loop &loop) const
{
    return std::make_unique<RelayPath>(loop, m_port);
}

void Relay::serve(std::uint16_t port)
{
    using net::ip::tcp;
    net::io_context context;
    tcp::acceptor acceptor(context, {net::ip::address_v4::loopback(), port});
    acceptor.accept(); // whoever waited for this port, and is gone
    tcp::socket from = acceptor.accept();
    tcp::socket to = acceptor.accept();
    to.set_option(tcp::no_delay(true));
    char bytes[4096];
    boost::system::error_code error;
    while (const size_t size = from.read_some(net::buffer(bytes), error))
        net::write(to, net::buffer(bytes, size), error);
}

} // namespace simmer::load
