// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Loop.h"

#include <filesystem>

namespace simmer::load {

/// What all parts of the bench share.
class Bench
{
public:
    /// `bin` holds simmerd; `folder`, on a real disk, is made and taken away again.
    Bench(std::filesystem::path bin, std::filesystem::path folder);
    ~Bench();
    Bench(const Bench &) = delete;
    Bench &operator=(const Bench &) = delete;

    Loop &loop() { return m_loop; }
    std::string program(const std::string &name) const { return (m_bin / name).string(); }
    /// A new folder for the data of one server.
    std::filesystem::path newFolder(const std::string &name);
    /// A folder that stays there for the next time.
    std::filesystem::path keptFolder(const std::string &name) const;

private:
    Loop m_loop;
    std::filesystem::path m_bin;
    std::filesystem::path m_folder;
    int m_folders = 0;
};

// The parts; each prints what it found, and keeps its ratios for the end.
void benchPress(Bench &bench);
void benchOps(Bench &bench);
void benchIdle(Bench &bench);
void benchIdleTls(Bench &bench);
void benchStalled(Bench &bench);
void benchCrash(Bench &bench);
void benchStart(Bench &bench);

} // namespace simmer::load
