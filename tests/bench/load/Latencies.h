// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace simmer::load {

/// How long each of many things took.
class Latencies
{
public:
    void add(std::chrono::nanoseconds one) { m_microseconds.push_back(double(one.count()) / 1e3); }
    void add(const Latencies &others);
    size_t count() const { return m_microseconds.size(); }
    /// The smallest that at least that part (0 to 1) does not exceed, µs; 0 when there is none.
    double percentile(double part) const;
    /// "2000 × p50 311 µs, p99 640 µs, worst 1200 µs"
    std::string words() const;

private:
    std::vector<double> m_microseconds;
};

/// One of the last lines of a bench. Less than 1 is better for us; `unit` stands after both.
void printRatio(const std::string &name, double ours, double other, const std::string &unit);
/// The same where more is better: how many times as much the other does.
void printRateRatio(const std::string &name, double ours, double other, const std::string &unit);
/// Prints all lines that printRatio() kept back, so that they are the last.
void printRatios();

} // namespace simmer::load
