// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtClassHelperMacros>

#include <clocale>

namespace handover::package {

/// While it lives, this thread's character set is UTF-8. libarchive turns names into that of the
/// current locale and back, and loses them when that is plain "C".
class Utf8Locale
{
public:
    Utf8Locale()
        : m_utf8(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr))
    {
        if (m_utf8)
            m_before = uselocale(m_utf8);
    }
    ~Utf8Locale()
    {
        if (m_utf8) {
            uselocale(m_before);
            freelocale(m_utf8);
        }
    }
    Q_DISABLE_COPY_MOVE(Utf8Locale)

private:
    locale_t m_utf8 = nullptr;
    locale_t m_before = nullptr;
};

} // namespace handover::package
