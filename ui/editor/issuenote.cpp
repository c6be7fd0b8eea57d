// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/issuenote.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"

#include <QLabel>
#include <QPainter>

namespace handover::ui {
namespace {

constexpr int Padding = 9;
constexpr int SignRoom = 20;
constexpr int RowGap = 2;
constexpr int VerticalPadding = 3;

Tone toneOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return Tone::Bad;
    case Severity::Warning:
        return Tone::Warning;
    case Severity::Hint:
        break;
    }
    return Tone::Neutral;
}

QStringView iconOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return u"error";
    case Severity::Warning:
        return u"warning";
    case Severity::Hint:
        break;
    }
    return u"info";
}

QString wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return IssueNote::tr("Error");
    case Severity::Warning:
        return IssueNote::tr("Warning");
    case Severity::Hint:
        break;
    }
    return IssueNote::tr("Hint");
}

} // namespace

IssueNote::IssueNote(QWidget *parent)
    : QWidget(parent)
{
    setFont(smallFont());
    setCursor(Qt::ArrowCursor);
    connect(&Theme::instance(), &Theme::changed, this, &IssueNote::applyTheme);
    hide();
}

void IssueNote::add(const Issue &issue, int index)
{
    auto *words = new QLabel(this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setText(issue.message);
    words->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    words->setAttribute(Qt::WA_TransparentForMouseEvents);
    words->setForegroundRole(QPalette::WindowText); // in a scroll area it would be Text
    LinkButton *fix = nullptr;
    if (issue.fix) {
        fix = new LinkButton(QString(issue.fix->label).replace(u'&', QStringLiteral("&&")), this);
        connect(fix, &LinkButton::clicked, this, [this, row = m_rows.size()] { emit fixRequested(m_rows[row].issue); });
    }
    m_rows.append({issue.severity, words, fix, index});
    name(m_rows.last(), issue);
    applyTheme();
}

void IssueNote::name(const Row &row, const Issue &issue)
{
    row.words->setAccessibleName(tr("%1 in line %2: %3", "kind of issue, line, message")
                                     .arg(wordOf(issue.severity))
                                     .arg(issue.place.line)
                                     .arg(issue.message));
    if (row.fix)
        row.fix->setAccessibleName(tr("%1 (line %2)").arg(issue.fix->label).arg(issue.place.line));
    setAccessibleName(m_rows.first().words->accessibleName());
}

bool IssueNote::becomes(const QList<Issue> &issues, const QList<int> &indices)
{
    const auto says = [](const Row &row, const Issue &issue) {
        const QString label = issue.fix ? QString(issue.fix->label).replace(u'&', QStringLiteral("&&")) : QString();
        return row.severity == issue.severity && row.words->text() == issue.message &&
               (row.fix != nullptr) == issue.fix.has_value() && (!row.fix || row.fix->text() == label);
    };
    if (indices.size() != m_rows.size())
        return false;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (!says(m_rows[i], issues[indices[i]]))
            return false;
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows[i].issue = indices[i];
        name(m_rows[i], issues[indices[i]]);
    }
    return true;
}

bool IssueNote::focusNextPrevChild(bool next)
{
    emit left(next);
    return true;
}

void IssueNote::applyTheme()
{
    for (const Row &row : std::as_const(m_rows)) {
        QPalette changed;
        changed.setColor(QPalette::WindowText, color(textRole(toneOf(row.severity))));
        row.words->setPalette(changed);
    }
    update();
}

QSize IssueNote::layOut(int width, bool place) const
{
    const QFontMetrics metrics(font());
    const int least = metrics.height() + 2;
    int y = VerticalPadding;
    int widest = 0;
    for (const Row &row : m_rows) {
        const int fixWidth = row.fix ? row.fix->sizeHint().width() + 4 : 0;
        const int natural = metrics.horizontalAdvance(row.words->text()) + 2;
        const int room = width - 2 * Padding - SignRoom;
        // A fix stands behind words of one line, below longer ones.
        const bool below = row.fix && natural > room - fixWidth;
        const int wordsWidth = qMax(metrics.averageCharWidth() * 10, qMin(natural, below ? room : room - fixWidth));
        const int wordsHeight =
            natural <= wordsWidth
                ? least
                : metrics.boundingRect(QRect(0, 0, wordsWidth, 10000), Qt::TextWordWrap, row.words->text())
                          .height() +
                      2;
        const int left = Padding + SignRoom;
        if (place) {
            row.words->setGeometry(left, y, wordsWidth, wordsHeight);
            if (row.fix)
                row.fix->setGeometry(below ? left : left + wordsWidth + 4,
                                     below ? y + wordsHeight
                                           : y + (qMin(wordsHeight, least) - row.fix->sizeHint().height()) / 2,
                                     row.fix->sizeHint().width(), row.fix->sizeHint().height());
        }
        widest = qMax(widest, left + (below ? qMax(wordsWidth, fixWidth) : wordsWidth + fixWidth) + Padding);
        y += wordsHeight + (below ? row.fix->sizeHint().height() : 0) + RowGap;
    }
    return {widest, y - RowGap + VerticalPadding};
}

QSize IssueNote::sizeFor(int width) const
{
    const QSize size = layOut(width, false);
    return {qMin(size.width(), width), size.height()};
}

void IssueNote::resizeEvent(QResizeEvent *) { layOut(width(), true); }

void IssueNote::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    Severity worst = Severity::Hint;
    for (const Row &row : std::as_const(m_rows))
        worst = qMax(worst, row.severity);
    paintBox(&painter, rect(), color(softRole(toneOf(worst))), {}, ControlRadius);
    for (const Row &row : std::as_const(m_rows)) {
        const QRect words = row.words->geometry();
        const int extent = 14;
        const int firstLine = fontMetrics().height() + 2;
        paintIcon(
            &painter,
            QRectF(Padding, words.top() + (qMin(words.height(), firstLine) - extent) / 2.0, extent, extent),
            iconOf(row.severity), color(textRole(toneOf(row.severity))));
    }
}

} // namespace handover::ui
