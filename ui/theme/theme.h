// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

class QApplication;

namespace handover::ui {

/// What a colour is for; the values live in theme.cpp and nowhere else. The *Text roles are the
/// ones to write with: at least 4.5:1 on Window, Surface and every soft background, where Secondary,
/// Good and Warning themselves (made for marks, lines and icons) fall a little short in the light theme.
enum class Role {
    Window,
    Surface,
    Hairline,
    Text,
    Secondary,
    Accent,
    AccentSoft,
    Good,
    GoodSoft,
    Warning,
    WarningSoft,
    Bad,
    BadSoft,
    AccentText,  ///< on a button filled with Accent
    AccentHover, ///< Accent under the pointer
    NeutralSoft, ///< the line of the caret, a row under the pointer
    NeutralChip, ///< a chip without a meaning: to be seen on rows that are selected, too
    Border,      ///< the edge of things that can be clicked; a little stronger than Hairline
    SecondaryText,
    GoodText,
    WarningText,
    BadText,
    Code,
    CodeSurface,
    CodeComment,
    CodeString,
    CodeWord,
    CodeNumber,
    CodeVariable,
};

/// The five meanings that chips, messages and marks can have.
enum class Tone { Neutral, Accent, Good, Warning, Bad };
[[nodiscard]] Role textRole(Tone tone); ///< to write with
[[nodiscard]] Role markRole(Tone tone); ///< for dots, lines and icons
[[nodiscard]] Role softRole(Tone tone); ///< the background of both

/// The look of the whole application: colours in light and dark, fonts, the style. Follows the
/// desktop's colour scheme live; the environment's HANDOVER_THEME=light|dark wins over everything.
/// Widgets that paint with roles need no connection: a switch of the palette repaints them. Who
/// keeps a colour (in a palette of its own) connects changed().
class Theme final : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    [[nodiscard]] static Theme &instance();

    /// Sets style, palette and fonts; once, right after the application was made.
    void install(QApplication &application);

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    [[nodiscard]] bool isDark() const { return m_dark; }

    [[nodiscard]] QColor color(Role role) const { return color(role, m_dark); }
    [[nodiscard]] static QColor color(Role role, bool dark);

    [[nodiscard]] QFont baseFont() const { return m_base; }
    [[nodiscard]] QFont smallFont() const { return m_small; }
    [[nodiscard]] QFont codeFont() const { return m_code; }

signals:
    void changed(); ///< after light became dark or the other way round

private:
    Theme();
    void chooseFonts(QApplication &application);
    void update();
    [[nodiscard]] bool wantsDark() const;

    Mode m_mode = Mode::System;
    bool m_dark = false;
    bool m_systemDark = false; ///< the first palette's word, where the desktop says nothing
    bool m_installed = false;
    QFont m_base;
    QFont m_small;
    QFont m_code;
};

[[nodiscard]] inline QColor color(Role role) { return Theme::instance().color(role); }
[[nodiscard]] QFont smallFont();
[[nodiscard]] QFont codeFont();
[[nodiscard]] QFont bold(QFont font); ///< the same, semi-bold as titles are

} // namespace handover::ui
