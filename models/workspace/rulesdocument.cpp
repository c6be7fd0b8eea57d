// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/rulesdocument.h"

#include "models/jobs/wholefile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

constexpr int KeepAfterMs = 400; // at most so much typing is lost to a crash
constexpr int LookAfterMs = 120; // others write in several steps

} // namespace

RulesDocument::RulesDocument(QObject *parent) : QObject(parent), m_matches(new appup::MatchTableModel(this))
{
    m_keepSoon.setSingleShot(true);
    m_keepSoon.setInterval(KeepAfterMs);
    connect(&m_keepSoon, &QTimer::timeout, this, &RulesDocument::keepDraft);
    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(LookAfterMs);
    connect(&m_lookSoon, &QTimer::timeout, this, &RulesDocument::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_lookSoon, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_lookSoon, qOverload<>(&QTimer::start));
}

RulesDocument::~RulesDocument()
{
    if (m_keepSoon.isActive())
        keepDraft();
}

void RulesDocument::open(const Source &source)
{
    setAside();
    m_source = source;
    m_text = source.text;
    m_outside.reset();
    m_leftDraft.reset();
    bringBack();
    watch();
    m_analysis = {};
    m_issues.clear();
    m_relupProblem.reset();
    m_matches->setAppup({});
    m_matches->setVersions(source.otherVersions);
    analyse();
    emit opened();
    emit modifiedChanged();
    emit noticed();
}

void RulesDocument::close()
{
    if (isOpen())
        open({});
}

void RulesDocument::setDifferences(const changes::AppDifference *app, changes::Differences::Basis basis)
{
    if (!app && !m_source.differences)
        return;
    m_source.differences = app ? std::optional(*app) : std::nullopt;
    m_source.basis = basis;
    analyse();
}

void RulesDocument::setOtherVersions(const QStringList &others, const QStringList &toReach)
{
    if (others == m_source.otherVersions && toReach == m_source.versionsToReach)
        return;
    m_source.otherVersions = others;
    m_source.versionsToReach = toReach;
    m_matches->setVersions(others);
    analyse();
}

void RulesDocument::setAside()
{
    if (m_keepSoon.isActive()) {
        m_keepSoon.stop();
        keepDraft();
    }
    if (isEditable() && isModified())
        m_unsaved.insert(m_source.file, {m_source.app, m_text, m_source.text});
}

void RulesDocument::bringBack()
{
    if (!isEditable())
        return;
    if (const auto kept = m_unsaved.constFind(m_source.file); kept != m_unsaved.constEnd()) {
        if (kept->base != m_source.text && kept->text != m_source.text)
            m_outside = Outside{m_source.text, false};
        if (m_outside)
            m_source.text = kept->base;
        m_text = kept->text;
        m_unsaved.erase(kept);
        return;
    }
    m_leftDraft = m_drafts.find(m_source.file);
    if (m_leftDraft && m_leftDraft->text == m_text) {
        m_drafts.drop(*m_leftDraft);
        m_leftDraft.reset();
    }
}

bool RulesDocument::differsFromTag() const
{
    return isOpen() && m_source.tagText && *m_source.tagText != m_text;
}

void RulesDocument::setText(const QByteArray &text)
{
    if (text == m_text)
        return;
    const bool wasModified = isModified();
    m_text = text;
    if (isEditable() && !m_keepSoon.isActive())
        m_keepSoon.start();
    analyse();
    emit textChanged();
    if (wasModified != isModified())
        emit modifiedChanged();
}

void RulesDocument::analyse()
{
    if (!isOpen()) {
        m_analyst.cancel();
        return;
    }
    const QString file = isEditable() ? QFileInfo(m_source.file).fileName() : m_source.app + u".appup"_s;
    const RulesQuestion question{m_text, file, m_source.vsn, m_source.versionsToReach, m_source.differences, m_source.basis, evaluated()};
    m_analyst.start<RulesAnalysis>([question](const JobContext &) { return workspace::analyse(question); },
                                   [this](RulesAnalysis analysis) { take(std::move(analysis)); });
}

void RulesDocument::take(RulesAnalysis analysis)
{
    m_analysis = std::move(analysis);
    collectIssues();
    m_matches->setAppup(m_analysis.appup);
    emit analysed();
}

// ---- Erlang code that makes the appup -------------------------------------------------------------

RulesDocument::Code RulesDocument::code() const
{
    return !m_analysis.isCode ? Code::No : m_analysis.appup ? Code::Evaluated : Code::Unknown;
}

void RulesDocument::setEvaluated(const appup::Evaluated &evaluated)
{
    m_evaluated.insert(m_source.app, evaluated);
    analyse();
}

std::optional<appup::Evaluated> RulesDocument::evaluated() const
{
    const auto found = m_evaluated.constFind(m_source.app);
    return found == m_evaluated.cend() ? std::nullopt : std::optional(*found);
}

std::optional<QByteArray> RulesDocument::rendered() const
{
    const auto made = evaluated();
    if (made && made->source == m_text && made->vsn == m_source.vsn)
        return made->appup;
    if (code() != Code::No)
        return std::nullopt;
    return appup::render(m_text, m_source.vsn);
}

int RulesDocument::errorCount() const
{
    return static_cast<int>(
        std::ranges::count_if(m_issues, [](const Issue &issue) { return issue.severity != Severity::Hint; }));
}

Result<void> RulesDocument::write(const QString &path, const QByteArray &text, const QByteArray &base)
{
    QFile current(path);
    if (current.exists()) {
        if (!current.open(QIODevice::ReadOnly))
            return failure(u"rules.write"_s, u"%1 can't be read."_s.arg(path), u"Check its permissions."_s,
                           current.errorString());
        if (current.readAll() != base)
            return refusal(u"rules.changed-outside"_s,
                           u"%1 was changed by another program since it was opened."_s.arg(path),
                           u"Reload it, or keep your text and save again."_s);
    }
    if (const auto written = writeWhole(path, text); !written)
        return failure(u"rules.write"_s, u"%1 could not be saved."_s.arg(path),
                       u"Check that you may write there and that the disk is not full; your text is still in the editor."_s,
                       written.error());
    return {};
}

Result<void> RulesDocument::save()
{
    if (!isEditable())
        return misuse(u"rules.write"_s, u"These rules are the tag's, and a tag never changes."_s,
                      u"Check out a branch that has the file, and edit it there."_s);
    if (auto written = write(m_source.file, m_text, m_source.text); !written) {
        look(); // so that the choice is offered
        return written;
    }
    m_source.text = m_text;
    keepDraft();
    if (std::exchange(m_outside, std::nullopt))
        emit noticed();
    emit modifiedChanged();
    return {};
}

// ---- of all applications that were opened ---------------------------------------------------------

QStringList RulesDocument::unsavedApps() const
{
    QStringList apps;
    for (const Unsaved &unsaved : m_unsaved)
        apps += unsaved.app;
    if (isEditable() && isModified())
        apps += m_source.app;
    apps.sort();
    return apps;
}

QHash<QString, QByteArray> RulesDocument::unsavedTexts() const
{
    QHash<QString, QByteArray> texts;
    for (const Unsaved &unsaved : m_unsaved)
        texts.insert(unsaved.app, unsaved.text);
    if (isEditable() && isModified())
        texts.insert(m_source.app, m_text);
    return texts;
}

Result<void> RulesDocument::saveAll()
{
    const QStringList files = m_unsaved.keys();
    for (const QString &file : files) {
        const Unsaved unsaved = m_unsaved.value(file);
        if (auto written = write(file, unsaved.text, unsaved.base); !written)
            return written;
        m_unsaved.remove(file);
        m_drafts.forget(file);
    }
    emit modifiedChanged();
    return isEditable() && isModified() ? save() : Result<void>();
}

void RulesDocument::discardAll()
{
    for (auto unsaved = m_unsaved.cbegin(); unsaved != m_unsaved.cend(); ++unsaved)
        m_drafts.forget(unsaved.key());
    m_unsaved.clear();
    m_text = m_source.text;
    m_outside.reset();
    keepDraft();
    analyse();
    emit opened();
    emit modifiedChanged();
    emit noticed();
}

// ---- changed by another program ------------------------------------------------------------------

void RulesDocument::watch()
{
    if (const QStringList old = m_watcher.files() + m_watcher.directories(); !old.isEmpty())
        m_watcher.removePaths(old);
    if (!isEditable())
        return;
    // The directory, too: many programs put a new file in the place of the old one.
    m_watcher.addPath(m_source.file);
    m_watcher.addPath(QFileInfo(m_source.file).path());
}

void RulesDocument::look()
{
    if (!isEditable())
        return;
    QFile file(m_source.file);
    const bool there = file.open(QIODevice::ReadOnly);
    if (there && !m_watcher.files().contains(m_source.file))
        m_watcher.addPath(m_source.file);
    std::optional<Outside> now;
    if (there) {
        now = Outside{file.read(4 * 1024 * 1024), false};
        if (now->text == m_source.text)
            now.reset();
    } else if (!file.exists() && !m_source.text.isEmpty()) {
        now = Outside{{}, true};
    }
    if (now && !now->deleted && now->text == m_text) { // what is here is what was written there
        m_source.text = m_text;
        keepDraft();
        now.reset();
        emit modifiedChanged();
    }
    const bool same = now.has_value() == m_outside.has_value()
                      && (!now || (now->deleted == m_outside->deleted && now->text == m_outside->text));
    m_outside = now;
    if (!same)
        emit noticed();
}

void RulesDocument::reload()
{
    if (!m_outside || m_outside->deleted)
        return;
    m_source.text = m_outside->text;
    m_outside.reset();
    setText(m_source.text);
    keepDraft();
    emit modifiedChanged();
    emit noticed();
}

void RulesDocument::keepMine()
{
    if (!m_outside)
        return;
    m_source.text = m_outside->text;
    m_outside.reset();
    keepDraft();
    emit modifiedChanged();
    emit noticed();
}

// ---- over a crash ----------------------------------------------------------------------------------

void RulesDocument::keepDraft()
{
    m_keepSoon.stop();
    if (!isEditable())
        return;
    if (isModified())
        m_drafts.keep(m_source.file, m_text);
    else
        m_drafts.forget(m_source.file);
}

void RulesDocument::takeDraft()
{
    if (!m_leftDraft)
        return;
    setText(m_leftDraft->text);
    keepDraft(); // before the other one goes
    discardDraft();
}

void RulesDocument::discardDraft()
{
    if (!m_leftDraft)
        return;
    m_drafts.drop(*m_leftDraft);
    m_leftDraft.reset();
    emit noticed();
}

} // namespace handover::workspace
