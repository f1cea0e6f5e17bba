// SPDX-License-Identifier: GPL-3.0-or-later
#include "Bench.h"

#include <unistd.h>

namespace simmer::load {

namespace fs = std::filesystem;

Bench::Bench(fs::path bin, fs::path folder)
    : m_bin(std::move(bin))
    , m_folder(std::move(folder) / ("run-" + std::to_string(::getpid())))
{
    fs::create_directories(m_folder);
}

Bench::~Bench()
{
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

fs::path Bench::newFolder(const std::string &name)
{
    fs::path made = m_folder / (name + "-" + std::to_string(++m_folders));
    fs::create_directories(made);
    return made;
}

fs::path Bench::keptFolder(const std::string &name) const
{
    return m_folder.parent_path() / name;
}

} // namespace simmer::load
