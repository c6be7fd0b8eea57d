// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/pathbar.h"

#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int ButtonPadding = 6;

/// The name of a directory on the way, with a chevron in front of all but the first.
class Crumb final : public QAbstractButton
{
public:
    Crumb(const QString &name, bool isFirst, bool isLast)
        : m_isFirst(isFirst)
        , m_isLast(isLast)
    {
        setText(name);
        setAccessibleName(name);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    }
    QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 2 * ButtonPadding + 2 + sign(), fontMetrics().height() + 8};
    }
    QSize minimumSizeHint() const override { return {std::min(sizeHint().width(), 60), sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRect name = rect().adjusted(sign(), 2, 0, -2);
        if (underMouse())
            paintBox(&painter, name, color(Role::NeutralSoft));
        painter.setPen(color(m_isLast ? Role::Text : Role::SecondaryText));
        painter.drawText(name.adjusted(ButtonPadding, 0, -ButtonPadding, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                         fontMetrics().elidedText(text(), Qt::ElideMiddle, name.width() - 2 * ButtonPadding));
        if (!m_isFirst) {
            painter.setPen(color(Role::SecondaryText));
            painter.drawText(QRect(0, 0, sign(), height()), Qt::AlignCenter, u"›"_s);
        }
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
            paintFocusRing(&painter, name, ChipRadius);
    }

private:
    [[nodiscard]] int sign() const { return m_isFirst ? 0 : 8; }

    bool m_isFirst;
    bool m_isLast;
};

} // namespace

PathBar::PathBar(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_way(new QWidget)
    , m_row(new QHBoxLayout(m_way))
    , m_line(new QLineEdit)
    , m_stack(new QStackedWidget)
{
    m_line->setAccessibleName(name);
    m_line->installEventFilter(this);
    auto *edit = new IconButton(u"edit", tr("Type a Path"));
    auto *way = new QWidget;
    auto *wayRow = new QHBoxLayout(way);
    wayRow->setContentsMargins(2, 0, 2, 0);
    wayRow->setSpacing(0);
    wayRow->addWidget(m_way);
    wayRow->addStretch(1);
    wayRow->addWidget(edit);
    m_row->setContentsMargins({});
    m_row->setSpacing(0);
    m_stack->addWidget(way);
    m_stack->addWidget(m_line);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(m_line->sizeHint().height());

    connect(edit, &QAbstractButton::clicked, this, &PathBar::edit);
    connect(m_line, &QLineEdit::returnPressed, this, &PathBar::typed);
}

QSize PathBar::minimumSizeHint() const { return {80, m_line->sizeHint().height()}; }

void PathBar::setPath(const transfer::Path &path)
{
    m_stack->setCurrentIndex(0);
    if (path == m_path)
        return;
    m_path = path;
    qDeleteAll(m_crumbs);
    m_crumbs.clear();
    QList<transfer::Path> way{path};
    while (!way.first().isRoot())
        way.prepend(way.first().parent());
    for (const transfer::Path &step : std::as_const(way)) {
        const QString name = step.isRoot() ? u"/"_s : server::shownName(step.fileName());
        auto *crumb = new Crumb(name, step.isRoot(), &step == &way.last());
        connect(crumb, &QAbstractButton::clicked, this, [this, step] { emit chosen(step); });
        m_row->addWidget(crumb);
        m_crumbs += crumb;
    }
    fit();
}

// The last ones say where one is; those before them can be reached by going up.
void PathBar::fit()
{
    int left = width() - m_line->sizeHint().height() - 8;
    for (qsizetype i = m_crumbs.size() - 1; i >= 0; --i) {
        left -= m_crumbs[i]->sizeHint().width();
        m_crumbs[i]->setVisible(left >= 0 || i == m_crumbs.size() - 1);
    }
}

void PathBar::edit()
{
    if (m_path)
        m_line->setText(server::shownName(m_path->bytes()));
    m_stack->setCurrentIndex(1);
    m_line->setFocus();
    m_line->selectAll();
}

void PathBar::typed()
{
    QByteArray bytes = m_line->text().toUtf8();
    if (m_path && m_line->text() == server::shownName(m_path->bytes()))
        bytes = m_path->bytes();
    while (bytes.size() > 1 && bytes.endsWith('/'))
        bytes.chop(1);
    const Result<transfer::Path> path = bytes == "/" ? transfer::Path::root() : transfer::Path::parse(bytes);
    if (!path) {
        emit refused(path.error());
        return;
    }
    m_stack->setCurrentIndex(0);
    emit chosen(*path);
}

void PathBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void PathBar::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        edit();
}

void PathBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(&painter, rect(), color(Role::Surface), color(Role::Border));
}

bool PathBar::eventFilter(QObject *watched, QEvent *event)
{
    const bool escape = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape;
    if (escape || event->type() == QEvent::FocusOut)
        m_stack->setCurrentIndex(0);
    return QWidget::eventFilter(watched, event) || escape;
}

} // namespace handover::ui
