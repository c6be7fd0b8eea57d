// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/matchtablemodel.h"
#include "models/core/error.h"
#include "models/jobs/latestwins.h"
#include "models/relup/reason.h"
#include "models/workspace/draftstore.h"
#include "models/workspace/rulesanalysis.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <optional>

namespace handover::workspace {

/// The appup of one application while it is edited: the text is the truth, everything else follows
/// it a moment after each setText(), worked out in another thread. The text comes from the work tree,
/// where it is saved; where the work tree has none, from the tag, and can't be edited.
///
/// Unsaved text is lost to nobody: going to another application keeps it, and so does the state
/// directory over a crash. When another program changes the file, outside() says so.
class RulesDocument final : public QObject
{
    Q_OBJECT

public:
    explicit RulesDocument(QObject *parent = nullptr);
    ~RulesDocument() override;

    /// What to show. `vsn` is the application's at the version gone to.
    struct Source
    {
        QString app;
        QString file;        ///< absolute, in the work tree; empty: only the tag has it
        QByteArray text;
        std::optional<QByteArray> tagText; ///< as the tag has it, if it has one
        QString tag;
        QString vsn;
        QStringList otherVersions;   ///< the application's vsns at the other tags, newest first
        QStringList versionsToReach; ///< those of them that the rules should take
        QByteArrayList modules;      ///< of the application at that version, sorted
        QByteArrayList applications; ///< of that version
        std::optional<changes::AppDifference> differences; ///< see setDifferences()
        changes::Differences::Basis basis = changes::Differences::Basis::Sources;
    };
    /// A file with unsaved text comes back with it.
    void open(const Source &source);
    void close();
    /// What really changed in the application, for the problems; nullptr: it isn't known.
    void setDifferences(const changes::AppDifference *app, changes::Differences::Basis basis);
    /// Those of the source, known anew; the text stays as it is.
    void setOtherVersions(const QStringList &others, const QStringList &toReach);

    [[nodiscard]] bool isOpen() const { return !m_source.app.isEmpty(); }
    [[nodiscard]] const Source &source() const { return m_source; }
    [[nodiscard]] bool isEditable() const { return !m_source.file.isEmpty(); }
    [[nodiscard]] bool isModified() const { return isOpen() && m_text != m_source.text; }
    /// Whether a build of the tag would use another text than the one shown.
    [[nodiscard]] bool differsFromTag() const;

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    void setText(const QByteArray &text);
    /// Whether what follows is about text(), or still about the text before.
    [[nodiscard]] bool isAnalysed() const { return !m_analyst.isBusy(); }
    [[nodiscard]] const std::optional<appup::Appup> &appup() const { return m_analysis.appup; }
    [[nodiscard]] const QList<Issue> &issues() const { return m_issues; }
    [[nodiscard]] int errorCount() const;
    /// Where something in a relup comes from, in text(): the instruction, else the rule's key or the
    /// beginning of the list. Nothing if it is of another application, or the text isn't analysed.
    [[nodiscard]] std::optional<TextRange> placeOf(const relup::Origin &origin) const;
    /// What stands at an offset of text(); without a rule where there is none.
    [[nodiscard]] std::optional<relup::Origin> originAt(qsizetype offset) const;
    /// Why no relup can be made of these rules: a problem like the others, at the place it comes from,
    /// unless that place has one anyway.
    void setRelupProblem(const std::optional<relup::Reason> &reason);
    [[nodiscard]] appup::MatchTableModel *matches() const { return m_matches; }

    // ---- Erlang code that makes the appup
    enum class Code { No, Unknown, Evaluated }; ///< Unknown: the text as it is now wasn't run
    [[nodiscard]] Code code() const;
    /// From then on its rules are those of the text, as long as that stays.
    void setEvaluated(const appup::Evaluated &evaluated);
    [[nodiscard]] std::optional<appup::Evaluated> evaluated() const;
    /// The appup itself: text() with {{vsn}} filled in, or what the code gave. Nothing while that is unknown.
    [[nodiscard]] std::optional<QByteArray> rendered() const;

    /// Writes the file whole or not at all. Errors: rules.changed-outside (it isn't what was read),
    /// rules.write.
    [[nodiscard]] Result<void> save();

    // ---- of all applications that were opened
    [[nodiscard]] QStringList unsavedApps() const; ///< sorted
    [[nodiscard]] QHash<QString, QByteArray> unsavedTexts() const; ///< by application
    [[nodiscard]] Result<void> saveAll();          ///< ends at the first error
    void discardAll();

    // ---- changed by another program
    struct Outside
    {
        QByteArray text;
        bool deleted = false;
    };
    [[nodiscard]] const std::optional<Outside> &outside() const { return m_outside; }
    void reload();   ///< takes that text
    void keepMine(); ///< saving will overwrite it

    // ---- left by a Handover that ended
    [[nodiscard]] const std::optional<Draft> &leftDraft() const { return m_leftDraft; }
    void takeDraft();
    void discardDraft();

signals:
    void opened();
    void textChanged();
    void analysed(); ///< appup(), issues(), matches() are those of text()
    void modifiedChanged();
    void noticed(); ///< outside() or leftDraft() is another one

private:
    struct Unsaved
    {
        QString app;
        QByteArray text;
        QByteArray base; ///< of the file, when it was read
    };

    void analyse();
    void take(RulesAnalysis analysis);
    void collectIssues();
    void setAside();
    void bringBack();
    void keepDraft();
    void watch();
    void look();
    [[nodiscard]] static Result<void> write(const QString &file, const QByteArray &text, const QByteArray &base);

    Source m_source;
    QByteArray m_text;
    RulesAnalysis m_analysis;
    std::optional<relup::Reason> m_relupProblem;
    QList<Issue> m_issues; ///< of both
    QHash<QString, appup::Evaluated> m_evaluated; ///< by application
    appup::MatchTableModel *m_matches;
    QHash<QString, Unsaved> m_unsaved; ///< by file; of the applications that are not shown
    DraftStore m_drafts;
    QTimer m_keepSoon;
    std::optional<Draft> m_leftDraft;
    QFileSystemWatcher m_watcher;
    QTimer m_lookSoon;
    std::optional<Outside> m_outside;
    LatestWins m_analyst;
};

} // namespace handover::workspace
