// SPDX-License-Identifier: GPL-3.0-or-later
#include "Simmerd.h"

#include "protocol/Limits.h"

#include <algorithm>
#include <cstdio>
#include <thread>

namespace simmer::load {

namespace {

constexpr size_t Unlimited = 1'000'000;
constexpr auto OpsOption = "--ops-per-second";

bool knows(const Bench &bench, const std::string &option)
{
    std::string command = "'";
    command.append(bench.program("simmerd")).append("' --help 2>&1");
    FILE *help = ::popen(command.c_str(), "r");
    if (!help)
        throw Failure("cannot start simmerd --help");
    std::string text;
    char piece[4096];
    while (const size_t size = std::fread(piece, 1, sizeof piece, help))
        text.append(piece, size);
    ::pclose(help);
    return text.find(option) != std::string::npos;
}

std::vector<std::string> commandFor(const Bench &bench, const std::filesystem::path &data,
                                    std::uint16_t port)
{
    std::vector<std::string> command{
        bench.program("simmerd"),           "--plain", "--data-dir", data.string(), "--listen",
        "127.0.0.1:" + std::to_string(port)};
    if (Simmerd::opsOfDevice(bench) == Unlimited) {
        command.emplace_back(OpsOption);
        command.emplace_back(std::to_string(Unlimited));
    }
    return command;
}

size_t kitchensFor(size_t wanted)
{
    return std::min(wanted, MostKitchens);
}

} // namespace

size_t Simmerd::opsOfDevice(const Bench &bench)
{
    static const bool isOpen = knows(bench, OpsOption);
    return isOpen ? Unlimited : size_t(protocol::limits::OpsBurst);
}

Simmerd::Simmerd(Bench &bench, const std::filesystem::path &data, Waiting waiting)
    : m_port(freePort())
    , m_process(commandFor(bench, data, m_port), bench.newFolder("log") / "simmerd.log")
{
    if (waiting == Waiting::UntilItListens)
        awaitPort(m_process, m_port);
}

Household::Household(Bench &bench, size_t wanted, size_t devicesEach)
    : folder(bench.newFolder("simmerd"))
    , kitchens(prepare(folder, kitchensFor(wanted), devicesEach * wanted / kitchensFor(wanted)))
    , server(bench, folder)
{
}

std::vector<std::shared_ptr<Screen>> Household::openScreens(Loop &loop)
{
    std::vector<std::shared_ptr<Screen>> screens;
    for (const auto &kitchen : kitchens)
        for (const KnownDevice &device : kitchen) {
            screens.push_back(std::make_shared<Screen>(loop, device));
            screens.back()->open(server.port());
        }
    loop.until(
        [&] {
            return std::all_of(screens.begin(), screens.end(),
                               [](const auto &screen) { return screen->isLevel(); });
        },
        "the welcome of " + std::to_string(screens.size()) + " screens", std::chrono::seconds(30));
    loop.during(std::chrono::milliseconds(100)); // who is online is told meanwhile
    return screens;
}

} // namespace simmer::load
