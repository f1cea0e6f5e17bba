// SPDX-License-Identifier: GPL-3.0-or-later
#include "Simmerd.h"

#include "protocol/Limits.h"

#include <algorithm>
#include <thread>

namespace simmer::load {

namespace {

constexpr size_t Unlimited = 1'000'000;
constexpr auto OpsOption = "--ops-per-second";

bool knows(const Bench &bench, const std::string &option)
{
    const std::string text = outputOf({bench.program("simmerd"), "--help"});
    return text.find(option) != std::string::npos;
}

std::vector<std::string> commandFor(const Bench &bench, const std::filesystem::path &data,
                                    std::uint16_t port, bool isTls)
{
    std::vector<std::string> command{bench.program("simmerd"), "--data-dir", data.string(),
                                     "--listen", "127.0.0.1:" + std::to_string(port)};
    if (!isTls)
        command.emplace_back("--plain");
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

Simmerd::Simmerd(Bench &bench, const std::filesystem::path &data, const SimmerdWay &way)
    : m_port(freePort())
    , m_process(commandFor(bench, data, m_port, way.isTls), bench.newFolder("log") / "simmerd.log",
                way.environment)
{
    if (way.waits)
        awaitPort(m_process, m_port);
}

Household::Household(Bench &bench, size_t wanted, size_t devicesEach, const SimmerdWay &way)
    : folder(bench.newFolder("simmerd"))
    , kitchens(prepare(folder, kitchensFor(wanted), devicesEach * wanted / kitchensFor(wanted)))
    , server(bench, folder, way)
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
