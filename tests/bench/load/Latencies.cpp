// SPDX-License-Identifier: GPL-3.0-or-later
#include "Latencies.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace simmer::load {

namespace {

std::vector<std::string> &keptRatios()
{
    static std::vector<std::string> lines;
    return lines;
}

void keep(const std::string &name, double ratio, double ours, double other, const std::string &unit)
{
    char line[300];
    std::snprintf(line, sizeof line, "ratio %s %.2f (ours %.6g %s, peer or limit %.6g %s)",
                  name.c_str(), ratio, ours, unit.c_str(), other, unit.c_str());
    keptRatios().emplace_back(line);
}

} // namespace

void Latencies::add(const Latencies &others)
{
    m_microseconds.insert(m_microseconds.end(), others.m_microseconds.begin(),
                          others.m_microseconds.end());
}

double Latencies::percentile(double part) const
{
    if (m_microseconds.empty())
        return 0;
    std::vector<double> sorted = m_microseconds;
    const double rank = std::ceil(part * double(sorted.size()));
    const size_t index = size_t(std::clamp(rank, 1.0, double(sorted.size()))) - 1;
    std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(index), sorted.end());
    return sorted[index];
}

std::string Latencies::words() const
{
    char text[200];
    std::snprintf(text, sizeof text, "%zu × p50 %.0f µs, p99 %.0f µs, worst %.0f µs", count(),
                  percentile(0.5), percentile(0.99), percentile(1));
    return text;
}

void printRatio(const std::string &name, double ours, double other, const std::string &unit)
{
    keep(name, other > 0 ? ours / other : 0, ours, other, unit);
}

void printRateRatio(const std::string &name, double ours, double other, const std::string &unit)
{
    keep(name, ours > 0 ? other / ours : 0, ours, other, unit);
}

void printRatios()
{
    for (const std::string &line : keptRatios())
        std::printf("%s\n", line.c_str());
    keptRatios().clear();
}

} // namespace simmer::load
