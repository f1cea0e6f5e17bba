// SPDX-License-Identifier: GPL-3.0-or-later
// As much of MQTT 3.1.1 as a press needs (http://docs.oasis-open.org/mqtt/mqtt/v3.1.1).
#include "Cook.h"
#include "Line.h"
#include "Peers.h"

#include <fstream>
#include <optional>

namespace simmer::load {

namespace {

enum class Packet : std::uint8_t { // with the flags that each has here
    Connect = 0x10,
    ConnectAck = 0x20,
    Publish = 0x32, // QoS 1
    PublishAck = 0x40,
    Subscribe = 0x82,
    SubscribeAck = 0x90
};

constexpr std::string_view Topic = "kitchen";

std::string shortNumber(size_t number)
{
    return {char(number >> 8), char(number & 0xff)};
}

std::string counted(std::string_view text)
{
    return shortNumber(text.size()) + std::string(text);
}

struct Header {
    size_t at = 1; ///< where the body begins
    size_t size = 0;
};

std::optional<Header> headerOf(std::string_view bytes)
{
    Header header;
    for (int shift = 0; header.at < bytes.size(); shift += 7) {
        const auto digit = static_cast<unsigned char>(bytes[header.at++]);
        header.size |= size_t(digit & 0x7f) << shift;
        if (digit < 0x80)
            return header;
    }
    return std::nullopt;
}

class MqttLine final : public Line
{
public:
    explicit MqttLine(Loop &loop)
        : Line(loop, "mosquitto")
    {
    }

    void open(std::uint16_t port, const std::string &client)
    {
        // Protocol level 4, a clean session, kept alive for 60 s
        connect(port, [this, client] {
            say(Packet::Connect,
                counted("MQTT") + std::string("\x04\x02\x00\x3c", 4) + counted(client));
        });
    }
    void subscribe() { say(Packet::Subscribe, shortNumber(1) + counted(Topic) + '\x01'); }
    void publish(std::string_view text)
    {
        m_number = m_number % 0xffff + 1;
        say(Packet::Publish, counted(Topic) + shortNumber(m_number) + std::string(text));
    }

    std::function<void(Packet, std::string_view body)> onPacket;

protected:
    void take(std::string_view &bytes) override
    {
        while (const auto found = headerOf(bytes)) {
            const auto [at, size] = *found;
            if (bytes.size() < at + size)
                return;
            const auto kind = Packet(static_cast<unsigned char>(bytes.front()));
            const std::string_view body = bytes.substr(at, size);
            bytes.remove_prefix(at + size);
            if (kind == Packet::Publish)
                acknowledge(body);
            onPacket(kind, body);
        }
    }

private:
    void acknowledge(std::string_view body)
    {
        say(Packet::PublishAck, std::string(body.substr(2 + Topic.size(), 2)));
    }
    void say(Packet kind, const std::string &body)
    {
        std::string packet{char(kind)};
        size_t left = body.size();
        do {
            packet += char((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
            left >>= 7;
        } while (left > 0);
        send(packet + body);
    }

    size_t m_number = 0;
};

class MqttPath final : public PressPath
{
public:
    MqttPath(Loop &loop, std::uint16_t port)
        : m_presser(std::make_shared<MqttLine>(loop))
        , m_screen(std::make_shared<MqttLine>(loop))
        , m_cook(DeviceId::random())
    {
        int ready = 0;
        m_presser->onPacket = [&](Packet, std::string_view) { ++ready; };
        m_screen->onPacket = [&](Packet kind, std::string_view) {
            ++ready;
            if (kind == Packet::ConnectAck)
                m_screen->subscribe();
        };
        m_presser->open(port, "presser");
        m_screen->open(port, "screen");
        loop.until([&] { return ready == 3; }, "mosquitto to answer");
        m_presser->onPacket = [this](Packet, std::string_view) { heard(); };
        m_screen->onPacket = [this](Packet, std::string_view body) {
            if (body.find(m_cook.id()) == std::string_view::npos)
                throw Failure("mosquitto sent something else");
            arrived();
        };
    }

protected:
    int words() const override { return 2; }
    void press() override
    {
        m_cook.push();
        m_presser->publish(m_cook.op());
    }

private:
    std::shared_ptr<MqttLine> m_presser;
    std::shared_ptr<MqttLine> m_screen;
    Cook m_cook;
};

std::string mosquittoSettings(const std::filesystem::path &folder, std::uint16_t port)
{
    const std::filesystem::path file = folder / "mosquitto.conf";
    std::ofstream settings(file);
    settings << "listener " << port << " 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n"
             << "persistence true\npersistence_location " << folder.string() << "/\nuser root\n";
    return file.string();
}

} // namespace

Mosquitto::Mosquitto(Bench &bench)
    : m_port(freePort())
    , m_process({"mosquitto", "-c", mosquittoSettings(bench.newFolder("mosquitto"), m_port)},
                bench.newFolder("log") / "mosquitto.log")
{
    awaitPort(m_process, m_port);
}

std::unique_ptr<PressPath> Mosquitto::path(Loop &loop) const
{
    return std::make_unique<MqttPath>(loop, m_port);
}

} // namespace simmer::load
