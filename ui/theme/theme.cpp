// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleHints>

#include <array>

namespace handover::ui {
namespace {

struct Pair
{
    QRgb light;
    QRgb dark;
};

constexpr Pair valueOf(Role role)
{
    switch (role) {
    case Role::Window:
        return {0xfff4f5f7, 0xff15171b};
    case Role::Surface:
        return {0xffffffff, 0xff1c1f25};
    case Role::Hairline:
        return {0xffe2e4ea, 0xff2b2f38};
    case Role::Text:
        return {0xff1c1f26, 0xffe8eaf0};
    case Role::Secondary:
        return {0xff6a7181, 0xff9aa2b3};
    case Role::Accent:
        return {0xff4f46c8, 0xff9a94f5};
    case Role::AccentSoft:
        return {0xffecebfb, 0xff2a2850};
    case Role::Good:
        return {0xff1f8a5b, 0xff5cc796};
    case Role::GoodSoft:
        return {0xffe3f4ec, 0xff173629};
    case Role::Warning:
        return {0xffa15c07, 0xffe5ab5a};
    case Role::WarningSoft:
        return {0xfffcf0dc, 0xff3a2c14};
    case Role::Bad:
        return {0xffc22f3d, 0xfff0808b};
    case Role::BadSoft:
        return {0xfffce8ea, 0xff3f1d22};
    case Role::AccentText:
        return {0xffffffff, 0xff15171b};
    case Role::AccentHover:
        return {0xff433bb3, 0xffaba6f8};
    case Role::NeutralSoft:
        return {0xfff0f1f5, 0xff242830};
    case Role::NeutralChip:
        return {0xffe6e8ee, 0xff323742};
    case Role::Border:
        return {0xffd6d9e1, 0xff383d48};
    case Role::SecondaryText:
        return {0xff5f6676, 0xff9aa2b3};
    case Role::GoodText:
        return {0xff17734a, 0xff5cc796};
    case Role::WarningText:
        return {0xff965505, 0xffe5ab5a};
    case Role::BadText:
        return {0xffc22f3d, 0xfff0808b};
    case Role::Code:
        return {0xff1c1f26, 0xffe8eaf0};
    case Role::CodeSurface:
        return {0xfffbfbfc, 0xff181b20};
    case Role::CodeComment:
        return {0xff646b7b, 0xff8f97a8};
    case Role::CodeString:
        return {0xff17734a, 0xff6fcfa2};
    case Role::CodeWord:
        return {0xff2458b0, 0xff8ab4f8};
    case Role::CodeNumber:
        return {0xff0f6674, 0xff7cc8d8};
    case Role::CodeVariable:
        return {0xff7a3e9d, 0xffc9a6f2};
    }
    return {0xffff00ff, 0xffff00ff};
}

QColor mixed(const QColor &one, const QColor &other, float share)
{
    const auto mix = [share](float a, float b) { return a * (1.F - share) + b * share; };
    return QColor::fromRgbF(mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()),
                            mix(one.blueF(), other.blueF()));
}

QPalette paletteFor(bool dark)
{
    const auto of = [dark](Role role) { return Theme::color(role, dark); };
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(role, color);
    };
    set(QPalette::Window, of(Role::Window));
    set(QPalette::WindowText, of(Role::Text));
    set(QPalette::Base, of(Role::Surface));
    set(QPalette::AlternateBase, mixed(of(Role::Surface), of(Role::NeutralSoft), 0.6F));
    set(QPalette::Text, of(Role::Text));
    set(QPalette::Button, of(Role::Surface));
    set(QPalette::ButtonText, of(Role::Text));
    set(QPalette::BrightText, of(Role::BadText));
    set(QPalette::Highlight, of(Role::AccentSoft));
    set(QPalette::HighlightedText, of(Role::Text));
    set(QPalette::Accent, of(Role::Accent));
    set(QPalette::Link, of(Role::Accent));
    set(QPalette::LinkVisited, of(Role::Accent));
    set(QPalette::ToolTipBase, of(Role::Surface));
    set(QPalette::ToolTipText, of(Role::Text));
    set(QPalette::PlaceholderText, of(Role::SecondaryText));
    set(QPalette::Light, of(Role::Surface));
    set(QPalette::Midlight, of(Role::NeutralSoft));
    set(QPalette::Mid, of(Role::Hairline));
    set(QPalette::Dark, of(Role::Border));
    set(QPalette::Shadow, of(Role::Border));
    const QColor faint = mixed(of(Role::Secondary), of(Role::Surface), 0.35F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::Link, QPalette::ToolTipText})
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

QFont firstOf(const QStringList &families, QFont otherwise)
{
    const QStringList there = QFontDatabase::families();
    for (const QString &family : families) {
        if (there.contains(family)) {
            otherwise.setFamilies({family});
            break;
        }
    }
    return otherwise;
}

} // namespace

Role textRole(Tone tone)
{
    constexpr std::array roles{Role::SecondaryText, Role::Accent, Role::GoodText, Role::WarningText,
                               Role::BadText};
    return roles.at(static_cast<std::size_t>(tone));
}

Role markRole(Tone tone)
{
    constexpr std::array roles{Role::Secondary, Role::Accent, Role::Good, Role::Warning, Role::Bad};
    return roles.at(static_cast<std::size_t>(tone));
}

Role softRole(Tone tone)
{
    constexpr std::array roles{Role::NeutralChip, Role::AccentSoft, Role::GoodSoft, Role::WarningSoft,
                               Role::BadSoft};
    return roles.at(static_cast<std::size_t>(tone));
}

Theme::Theme() = default;

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

QColor Theme::color(Role role, bool dark)
{
    const Pair pair = valueOf(role);
    return QColor::fromRgb(dark ? pair.dark : pair.light);
}

void Theme::install(QApplication &application)
{
    // Before our own palette hides it: where no desktop names a scheme, its palette still tells.
    m_systemDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    m_installed = true;
    chooseFonts(application);
    QApplication::setStyle(new Style);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::update);
    update();
}

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    if (!m_installed)
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    // So that window frames and the desktop's own dialogs follow, where the platform can.
    switch (mode) {
    case Mode::System:
        QGuiApplication::styleHints()->unsetColorScheme();
        break;
    case Mode::Light:
        QGuiApplication::styleHints()->setColorScheme(Qt::ColorScheme::Light);
        break;
    case Mode::Dark:
        QGuiApplication::styleHints()->setColorScheme(Qt::ColorScheme::Dark);
        break;
    }
#endif
    update();
}

bool Theme::wantsDark() const
{
    const QByteArray forced = qgetenv("HANDOVER_THEME");
    if (forced == "dark" || forced == "light")
        return forced == "dark";
    if (m_mode != Mode::System)
        return m_mode == Mode::Dark;
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    return scheme == Qt::ColorScheme::Unknown ? m_systemDark : scheme == Qt::ColorScheme::Dark;
}

void Theme::update()
{
    const bool wasDark = m_dark;
    m_dark = wantsDark();
    QApplication::setPalette(paletteFor(m_dark));
    // Rows are selected softly; selected letters need a stronger ground to be seen at all.
    QPalette letters;
    letters.setColor(QPalette::Highlight,
                     mixed(color(Role::Surface), color(Role::Accent), m_dark ? 0.45F : 0.3F));
    letters.setColor(QPalette::HighlightedText, color(Role::Text));
    for (const char *name : {"QLineEdit", "QPlainTextEdit", "QTextEdit"})
        QApplication::setPalette(letters, name);
    if (wasDark != m_dark)
        emit changed();
}

void Theme::chooseFonts(QApplication &application)
{
    using namespace Qt::StringLiterals;
    m_base = QGuiApplication::font();
    // Without a desktop Qt takes 9 pt; a size that the user chose is larger and stays.
    m_base.setPointSizeF(qMax(10.0, m_base.pointSizeF()));
    m_base = firstOf({u"Inter"_s, u"Inter Variable"_s}, m_base);
    m_base.setHintingPreference(QFont::PreferNoHinting);
    m_small = m_base;
    m_small.setPointSizeF(m_base.pointSizeF() * 0.9);
    m_code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (m_code.family().compare("monospace"_L1, Qt::CaseInsensitive) == 0 ||
        !QFontDatabase::isFixedPitch(m_code.family()))
        m_code = firstOf({u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s, u"Liberation Mono"_s}, m_code);
    m_code.setStyleHint(QFont::Monospace);
    m_code.setFixedPitch(true);
    m_code.setPointSizeF(m_base.pointSizeF());
    application.setFont(m_base);
}

QFont smallFont() { return Theme::instance().smallFont(); }

QFont codeFont() { return Theme::instance().codeFont(); }

QFont bold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace handover::ui
