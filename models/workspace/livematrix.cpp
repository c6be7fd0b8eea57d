// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/livematrix.h"

#include "models/workspace/appuptext.h"

namespace handover::workspace {

LiveMatrix::LiveMatrix(QObject *parent)
    : QObject(parent)
    , m_model(new appup::RulesMatrixModel(this))
{
}

void LiveMatrix::compute(const Input &input)
{
    m_worker.start<std::optional<Outcome>>([input](const JobContext &context) { return work(input, context); },
                                           [this](const std::optional<Outcome> &outcome) {
                                               if (outcome)
                                                   m_model->set(outcome->versions, outcome->columns);
                                               emit computed();
                                           });
}

std::optional<LiveMatrix::Outcome> LiveMatrix::work(const Input &input, const JobContext &context)
{
    Outcome outcome;
    for (const versions::Version &version : input.project.versions)
        outcome.versions.append(version.tag.text());
    const QList<versions::AppSource> apps = input.to.appsWithRules();
    for (const versions::AppSource &source : apps) {
        appup::MatrixApp app{source.name, source.vsn, {}, {}};
        const auto unsaved = input.unsaved.constFind(source.name);
        app.appup = unsaved != input.unsaved.cend() ? *unsaved : appupText(input.project, input.to, source);
        if (app.appup && app.appup->trimmed().isEmpty())
            app.appup.reset();
        app.vsns.reserve(input.project.versions.size());
        for (const versions::Version &version : input.project.versions) {
            const versions::AppSource *there = version.app(source.name);
            app.vsns.append(there ? there->vsn : QString());
        }
        const auto cells = appup::matrixColumn(app, [&] { return !context.isCancelled(); });
        if (context.isCancelled())
            return std::nullopt;
        outcome.columns.append({app.name, app.vsn, app.vsns, cells});
    }
    return outcome;
}

} // namespace handover::workspace
