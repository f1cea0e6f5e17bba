// SPDX-License-Identifier: GPL-3.0-or-later
// As much of the protocol of NATS and its JetStream as a press needs (https://docs.nats.io).
#include "Cook.h"
#include "Line.h"
#include "Peers.h"

#include <charconv>
#include <fstream>

namespace simmer::load {

namespace {

class NatsLine final : public Line
{
public:
    explicit NatsLine(Loop &loop)
        : Line(loop, "nats-server")
    {
    }

    void open(std::uint16_t port, const std::string &subscribed, std::function<void()> then)
    {
        connect(port, [this, subscribed, opened = std::move(then)] {
            send("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB " + subscribed + " 1\r\n");
            opened();
        });
    }
    void publish(std::string_view subject, std::string_view answerTo, std::string_view text)
    {
        m_command.assign("PUB ").append(subject).append(" ").append(answerTo);
        m_command.append(" ").append(std::to_string(text.size())).append("\r\n");
        m_command.append(text).append("\r\n");
        send(m_command);
    }

    std::function<void(std::string_view text)> onMessage = [](std::string_view) {};

protected:
    void take(std::string_view &bytes) override
    {
        for (size_t end = 0; (end = bytes.find("\r\n")) != std::string_view::npos;) {
            const std::string_view line = bytes.substr(0, end);
            size_t size = 0;
            if (line.starts_with("MSG ")) {
                const size_t number = line.rfind(' ') + 1;
                std::from_chars(line.data() + number, line.data() + line.size(), size);
                if (bytes.size() < end + size + 4)
                    return;
                const std::string_view text = bytes.substr(end + 2, size);
                bytes.remove_prefix(end + size + 4);
                onMessage(text);
                continue;
            }
            bytes.remove_prefix(end + 2);
            if (line.starts_with("PING"))
                send("PONG\r\n");
            else if (line.starts_with("-ERR"))
                fail(std::string(line));
        }
    }

private:
    std::string m_command;
};

class NatsPath final : public PressPath
{
public:
    NatsPath(Loop &loop, std::uint16_t port)
        : m_presser(std::make_shared<NatsLine>(loop))
        , m_screen(std::make_shared<NatsLine>(loop))
        , m_cook(DeviceId::random())
    {
        m_presser->open(port, "answers", [this] {
            ask("$JS.API.STREAM.CREATE.LOG",
                R"({"name":"LOG","subjects":["kitchen"],"storage":"file"})");
        });
        std::string answer;
        m_presser->onMessage = [&](std::string_view text) { answer = text; };
        awaitAnswer(loop, answer);
        bool isOpen = false;
        m_screen->open(port, "screen", [&] { isOpen = true; });
        loop.until([&] { return isOpen; }, "nats-server to answer");
        ask("$JS.API.CONSUMER.DURABLE.CREATE.LOG.SCREEN",
            R"({"stream_name":"LOG","config":{"durable_name":"SCREEN","deliver_subject":"screen",)"
            R"("ack_policy":"none","deliver_policy":"all"}})");
        awaitAnswer(loop, answer);
        m_presser->onMessage = [this](std::string_view text) {
            if (text.find("\"seq\"") == std::string_view::npos)
                throw Failure("nats-server did not keep it: " + std::string(text));
            heard();
        };
        m_screen->onMessage = [this](std::string_view text) {
            if (text.find(m_cook.id()) == std::string_view::npos)
                throw Failure("nats-server sent something else");
            arrived();
        };
    }

protected:
    int words() const override { return 2; }
    void press() override
    {
        m_cook.push();
        m_presser->publish("kitchen", "answers", m_cook.op());
    }

private:
    void ask(const std::string &subject, const std::string &question)
    {
        m_presser->publish(subject, "answers", question);
    }
    static void awaitAnswer(Loop &loop, std::string &answer)
    {
        loop.until([&] { return !answer.empty(); }, "nats-server to answer");
        if (answer.find("\"error\"") != std::string::npos)
            throw Failure("nats-server refused: " + answer);
        answer.clear();
    }

    std::shared_ptr<NatsLine> m_presser;
    std::shared_ptr<NatsLine> m_screen;
    Cook m_cook;
};

std::string natsSettings(const std::filesystem::path &folder, std::uint16_t port)
{
    const std::filesystem::path file = folder / "nats.conf";
    std::ofstream settings(file);
    settings << "host: \"127.0.0.1\"\nport: " << port << "\njetstream { store_dir: \""
             << (folder / "jetstream").string() << "\" }\n";
    return file.string();
}

} // namespace

Nats::Nats(Bench &bench)
    : m_port(freePort())
    , m_process({"nats-server", "-c", natsSettings(bench.newFolder("nats"), m_port)},
                bench.newFolder("log") / "nats.log")
{
    awaitPort(m_process, m_port);
}

std::unique_ptr<PressPath> Nats::path(Loop &loop) const
{
    return std::make_unique<NatsPath>(loop, m_port);
}

} // namespace simmer::load
