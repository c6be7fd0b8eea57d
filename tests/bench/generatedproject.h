// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>
#include <memory>

namespace handover::test {
class ScratchRepository;
}

namespace handover::bench {

/// A project as large as they get, made on the spot: 30 applications with 2,000 modules that are
/// numbered in lockstep, 1,000 tags, and both of the newest in the build cache as rebar3 would have
/// left them there: real code of every module, .app, .appup and .rel files, OTP's own applications.
/// A third of the modules differ between the two; every application has an appup.
class GeneratedProject
{
public:
    static constexpr int Apps = 30;
    static constexpr int Modules = 2000;
    static constexpr int Tags = 1000;

    /// Needs git and erl. The builds go below settings::cacheDirectory().
    [[nodiscard]] static std::expected<GeneratedProject, QString> make();
    GeneratedProject(GeneratedProject &&) noexcept;
    GeneratedProject &operator=(GeneratedProject &&) noexcept;
    ~GeneratedProject();

    [[nodiscard]] QString path() const;
    [[nodiscard]] static QString appName(int app);
    [[nodiscard]] static QString version(int tag); ///< that of Tags - 1 is the newest

private:
    explicit GeneratedProject(std::unique_ptr<test::ScratchRepository> repository);
    std::unique_ptr<test::ScratchRepository> m_repository;
};

} // namespace handover::bench
