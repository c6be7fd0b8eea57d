// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/configdifference.h"

#include "models/erlang/parser.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

constexpr Limits ConfigLimits{.depth = 200, .terms = 500'000, .bytes = 4 * 1024 * 1024};
constexpr qsizetype LongestShown = 80;

std::unexpected<Error> badConfig(const QString &name, const QString &why)
{
    return failure(u"node.config"_s, u"%1 can't be read: %2"_s.arg(name, why), u"Correct the file and package the version again."_s);
}

bool isSecretName(const QString &name)
{
    static const QRegularExpression secret(u"passw|pwd|secret|token|key|cookie|credential|private"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

QString nameOf(const Term &term)
{
    if (const auto atom = term.atomName())
        return QString::fromUtf8(*atom);
    if (const auto binary = term.binaryValue())
        return QString::fromUtf8(*binary);
    return term.kind() == Term::Kind::String ? term.stringValue().value_or(QString()) : QString();
}

bool holdsSecret(const Term &term)
{
    return std::ranges::any_of(term.items(), [](const Term &item) { return isSecretName(nameOf(item)) || holdsSecret(item); });
}

Term hidden() { return Term::atom("hidden"); }

Term masked(const Term &term)
{
    const bool isString = term.kind() == Term::Kind::String;
    switch (term.kind()) {
    case Term::Kind::String:
    case Term::Kind::Binary: {
        static const QRegularExpression login(u"://[^/\\s@]*@"_s);
        QString text = isString ? term.stringValue().value_or(QString()) : QString::fromUtf8(term.binaryValue().value_or(QByteArray()));
        if (!login.match(text).hasMatch())
            return term;
        text.replace(login, u"://hidden@"_s);
        return isString ? Term::string(text) : Term::binary(text.toUtf8());
    }
    case Term::Kind::Map:
        return holdsSecret(term) ? hidden() : term;
    case Term::Kind::Tuple:
    case Term::Kind::List: {
        QList<Term> items;
        const bool named = term.kind() == Term::Kind::Tuple && term.size() > 1 && isSecretName(nameOf(term.at(0)));
        for (const Term &item : term.items())
            items += named && !items.isEmpty() ? hidden() : masked(item);
        if (term.kind() == Term::Kind::Tuple)
            return Term::tuple(items);
        return term.isList() ? Term::list(items) : (holdsSecret(term) ? hidden() : term);
    }
    default:
        return term;
    }
}

// A key of a section: {Key, Value}; OTP takes nothing else.
Result<QMap<QString, Term>> parseSection(const Term &section, const QString &name)
{
    QMap<QString, Term> values;
    for (const Term &pair : section.at(1).items()) {
        const auto key = pair.at(0).atomName();
        if (!pair.isTuple(2) || !key)
            return badConfig(name, u"in the section of %1 stands something that is no {Key, Value}."_s.arg(nameOf(section.at(0))));
        values.insert(QString::fromUtf8(*key), pair.at(1));
    }
    return values;
}

} // namespace

Result<ConfigFile> parseConfig(QByteArrayView text, const QString &name)
{
    const auto terms = parseTerms(text, ConfigLimits);
    if (!terms)
        return badConfig(name, terms.error().toError(name).message);
    if (terms->size() != 1 || !terms->first().isList())
        return badConfig(name, u"it must hold one list, and a full stop behind it."_s);
    ConfigFile file;
    for (const Term &section : terms->first().items()) {
        if (section.kind() == Term::Kind::String) {
            file.includes += section.stringValue().value_or(QString());
            continue;
        }
        const auto app = section.at(0).atomName();
        if (!section.isTuple(2) || !app || !section.at(1).isList())
            return badConfig(name, u"it holds something that is no {Application, [{Key, Value}]}."_s);
        const auto values = parseSection(section, name);
        if (!values)
            return std::unexpected(values.error());
        mergeInto(file.values, {{QString::fromUtf8(*app), *values}});
    }
    return file;
}

void mergeInto(Config &config, const Config &later)
{
    for (const auto &[app, values] : later.asKeyValueRange())
        config[app].insert(values);
}

QString shownValue(const QString &key, const Term &value)
{
    if (isSecretName(key))
        return u"(not shown)"_s;
    const QString text = QString::fromUtf8(masked(value).print());
    return text.size() > LongestShown ? text.first(LongestShown) + u'…' : text;
}

QStringList differencesOf(const Config &before, const Config &after)
{
    QStringList apps = before.keys() + after.keys();
    apps.sort();
    apps.removeDuplicates();
    QStringList lines;
    for (const QString &app : std::as_const(apps)) {
        const auto old = before.value(app);
        const auto now = after.value(app);
        QStringList keys = old.keys() + now.keys();
        keys.sort();
        keys.removeDuplicates();
        for (const QString &key : std::as_const(keys)) {
            const QString name = u"%1: %2"_s.arg(app, key);
            if (!now.contains(key))
                lines += u"%1 goes, it was %2"_s.arg(name, shownValue(key, old[key]));
            else if (!old.contains(key))
                lines += u"%1 is new, %2"_s.arg(name, shownValue(key, now[key]));
            else if (!(old[key] == now[key]))
                lines += u"%1 was %2, becomes %3"_s.arg(name, shownValue(key, old[key]), shownValue(key, now[key]));
        }
    }
    return lines;
}

Result<QMap<QString, QStringList>> parseArguments(QByteArrayView text, const QString &name)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    const QString all = QString::fromUtf8(text);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QChar c = all[i];
        if (c == u'\\' && i + 1 < all.size()) {
            word += all[++i];
            inWord = true;
        } else if (!quote.isNull()) {
            c == quote ? quote = QChar() : word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            inWord = true;
        } else if (c == u'#') {
            while (i + 1 < all.size() && all[i + 1] != u'\n')
                ++i;
        } else if (c.isSpace()) {
            if (inWord)
                words += std::exchange(word, {});
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (!quote.isNull())
        return badConfig(name, u"a quote %1 is not closed."_s.arg(quote));
    if (inWord)
        words += word;

    QMap<QString, QStringList> flags;
    QString flag;
    for (const QString &each : std::as_const(words)) {
        const bool begins = (each.startsWith(u'-') || each.startsWith(u'+')) && each.size() > 1 && !each[1].isDigit();
        if (begins)
            flag = each;
        flags[flag] += begins ? QString() : each;
    }
    return flags;
}

QStringList differencesOf(const QMap<QString, QStringList> &before, const QMap<QString, QStringList> &after)
{
    QStringList flags = before.keys() + after.keys();
    flags.sort();
    flags.removeDuplicates();
    QStringList lines;
    for (const QString &flag : std::as_const(flags)) {
        if (before.value(flag) == after.value(flag) && before.contains(flag) == after.contains(flag))
            continue;
        const auto shown = [&](const QStringList &values) {
            const QString text = values.join(u' ').simplified();
            return isSecretName(flag) ? u"(not shown)"_s : text.isEmpty() ? u"set"_s : text.left(LongestShown);
        };
        if (!after.contains(flag))
            lines += u"vm.args: %1 goes, it was %2"_s.arg(flag, shown(before[flag]));
        else if (!before.contains(flag))
            lines += u"vm.args: %1 is new, %2"_s.arg(flag, shown(after[flag]));
        else
            lines += u"vm.args: %1 was %2, becomes %3"_s.arg(flag, shown(before[flag]), shown(after[flag]));
    }
    return lines;
}

} // namespace handover::node
