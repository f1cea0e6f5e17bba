// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QtGlobal>

#include <utility>
#include <variant>

namespace simmer {

/// A value, or the error that took its place (std::expected is absent in GCC 12).
template<class T>
class [[nodiscard]] Expected
{
public:
    Expected(T value) // NOLINT(google-explicit-constructor)
        : m_held(std::in_place_index<0>, std::move(value))
    {
    }
    Expected(Error error) // NOLINT(google-explicit-constructor)
        : m_held(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_held.index() == 0; }

    const T &operator*() const &
    {
        Q_ASSERT(m_held.index() == 0);
        return *std::get_if<0>(&m_held);
    }
    T &operator*() &
    {
        Q_ASSERT(m_held.index() == 0);
        return *std::get_if<0>(&m_held);
    }
    T &&operator*() &&
    {
        Q_ASSERT(m_held.index() == 0);
        return std::move(*std::get_if<0>(&m_held));
    }
    const T *operator->() const { return &**this; }
    T *operator->() { return &**this; }

    const Error &error() const
    {
        Q_ASSERT(m_held.index() == 1);
        return *std::get_if<1>(&m_held);
    }

private:
    std::variant<T, Error> m_held;
};

/// What a function returns that yields nothing but may fail.
using Outcome = Expected<std::monostate>;

/// The Outcome of success.
inline Outcome done()
{
    return std::monostate{};
}

} // namespace simmer
