// SPDX-License-Identifier: GPL-3.0-or-later
// The panel of servers by its own widgets: a real sshd, real accounts, a real keychain.
#include "models/deploy/savedserver.h"
#include "models/workspace/workspace.h"
#include "tests/support/accounts.h"
#include "tests/support/keychain.h"
#include "tests/ui/windowtest.h"
#include "ui/server/checkrows.h"
#include "ui/server/connectiontester.h"
#include "ui/server/importlist.h"
#include "ui/server/servercard.h"
#include "ui/server/serverform.h"
#include "ui/server/serverquestion.h"
#include "ui/server/serverspanel.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/inlinemessage.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QEventLoop>
#include <QLineEdit>
#include <QMenu>
#include <QProcess>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace handover;
using server::Accounts;
using server::TestServer;
using settings::ServerEntry;
using settings::UserSettings;
using Question = deploy::ServerState::Question;

namespace {

Accounts accounts;
QString whyNoAccounts;

} // namespace

class TestServers final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void addsAServer();
    void takesAnAddressApart();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void showsGroupsAndEnvironments();
    void changesAServer();
    void removesAServer();
    void imports();
    void saysWhyNothingIsImported();
    void asksForTheHostKey();
    void refusesAChangedKey();
    void asksForAPassphrase();
    void keepsAPassword();
    void testsAConnection();
    void testsBeforeAdding();
    void everyControlIsNamed();

private:
    [[nodiscard]] bool until(const std::function<bool()> &condition) const { return QTest::qWaitFor(condition, 20'000); }
    [[nodiscard]] ui::ServerForm *form() const { return m_panel->form(); }
    [[nodiscard]] QLineEdit *field(const QString &name) const;
    void type(const QString &name, const QString &text) const { field(name)->setText(text); }
    [[nodiscard]] static ui::LinkButton *link(QWidget *in, const QString &text);
    [[nodiscard]] QString formWords() const { return form()->findChild<ui::InlineMessage *>()->text(); }
    void fillForm(const QString &name);
    void makePanel();
    deploy::ServerState *add(const QString &name, const server::Address &address, const server::ConnectOptions &options);
    void shoot(const QString &name) { test::shootBoth(*m_panel, name); }

    QTemporaryDir m_home;
    TestServer m_test;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<ui::ServersPanel> m_panel;
};

void TestServers::initTestCase()
{
    for (const char *variable : {"HANDOVER_CONFIG_DIR", "HANDOVER_CACHE_DIR", "HANDOVER_STATE_DIR"})
        qputenv(variable, m_home.filePath(QString::fromLatin1(variable)).toUtf8());
    ui::Theme::instance().install(*qApp);
    QVERIFY(m_test.start(Accounts::config()));
}

void TestServers::init()
{
    QFile::remove(m_home.filePath(u"HANDOVER_CONFIG_DIR/handover.ini"_s));
    makePanel();
}

void TestServers::makePanel()
{
    m_panel.reset();
    m_workspace = std::make_unique<workspace::Workspace>();
    m_panel = std::make_unique<ui::ServersPanel>(m_workspace.get());
    m_panel->resize(320, 1000);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

void TestServers::cleanup()
{
    m_panel.reset();
    m_workspace.reset();
}

QLineEdit *TestServers::field(const QString &name) const
{
    for (auto *edit : form()->findChildren<QLineEdit *>()) {
        if (edit->accessibleName().startsWith(name))
            return edit;
    }
    for (auto *box : form()->findChildren<QComboBox *>()) {
        if (box->accessibleName().startsWith(name))
            return box->lineEdit();
    }
    qFatal("no field %s", qPrintable(name));
}

ui::LinkButton *TestServers::link(QWidget *in, const QString &text)
{
    ui::LinkButton *found = nullptr;
    const auto isThere = [&] {
        for (auto *button : in->findChildren<ui::LinkButton *>()) {
            if (button->text().startsWith(text) && button->isVisible())
                found = button;
        }
        return found != nullptr;
    };
    // What is new in a layout is seen when that is next worked out.
    if (!QTest::qWaitFor(isThere))
        qFatal("no %s", qPrintable(text));
    return found;
}

void TestServers::fillForm(const QString &name)
{
    type(u"Name"_s, name);
    type(u"Host"_s, u"127.0.0.1"_s);
    type(u"Port"_s, QString::number(m_test.server().port()));
    type(u"Release directory"_s, m_test.files().text());
    type(u"Key file"_s, m_test.server().connectOptions().identityFile);
}

deploy::ServerState *TestServers::add(const QString &name, const server::Address &address, const server::ConnectOptions &options)
{
    if (!UserSettings::saveServers(UserSettings::servers() + QList{ServerEntry{name, address.text()}}))
        return nullptr;
    return m_workspace->addServer(name, address, options);
}

void TestServers::addsAServer()
{
    m_panel->showForm();
    fillForm(u"edge-1"_s);
    type(u"Group"_s, u"Europe"_s);
    type(u"Environment"_s, u"production"_s);
    shoot(u"servers-form"_s);
    QTest::mouseClick(form()->acceptButton(), Qt::LeftButton);
    QVERIFY(!form()->isVisible());
    QCOMPARE(m_panel->cards().size(), 1);
    const ServerEntry expected{u"edge-1"_s, u"ssh://127.0.0.1:%1%2"_s.arg(m_test.server().port()).arg(m_test.files().text()),
                               m_test.server().connectOptions().identityFile, {}, u"Europe"_s, u"production"_s};
    QCOMPARE(UserSettings::servers(), QList{expected});
    QCOMPARE(m_panel->cards().first()->environment()->text(), u"production"_s);
    QCOMPARE(m_panel->cards().first()->environment()->tone(), ui::Tone::Bad);
    // It was never seen before, so its key is asked for; that is the real one's.
    deploy::ServerState *server = m_workspace->servers().first();
    QVERIFY(until([&] { return server->question() == Question::HostKey && !server->isBusy(); }));
    QProcess keygen;
    keygen.start(u"ssh-keygen"_s, {u"-lf"_s, m_test.path(u"sshd/host_key.pub"_s)});
    keygen.waitForFinished();
    QVERIFY(keygen.readAllStandardOutput().contains(server->fingerprint().toLatin1()));
    shoot(u"servers-hostkey"_s);
}

void TestServers::takesAnAddressApart()
{
    m_panel->showForm();
    type(u"Host"_s, u"ssh://deploy%2Bx@[::1]:2222/opt/a%20b"_s);
    emit field(u"Host"_s)->editingFinished();
    QCOMPARE(field(u"Host"_s)->text(), u"::1"_s);
    QCOMPARE(field(u"Port"_s)->text(), u"2222"_s);
    QCOMPARE(field(u"User"_s)->text(), u"deploy+x"_s);
    QCOMPARE(field(u"Release"_s)->text(), u"/opt/a b"_s);
    QCOMPARE(server::Address::parse(form()->entry().address)->text(), u"ssh://deploy+x@[::1]:2222/opt/a%20b"_s);
}

void TestServers::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no name") << u"Name"_s << u"  "_s << u"name"_s;
    QTest::newRow("same name") << u"Name"_s << u"there"_s << u"named there already"_s;
    QTest::newRow("host") << u"Host"_s << u"-oProxyCommand=x"_s << u"host name"_s;
    QTest::newRow("port") << u"Port"_s << u"99999"_s << u"port"_s;
    QTest::newRow("user") << u"User"_s << u"a;b"_s << u"user name"_s;
    QTest::newRow("directory") << u"Release directory"_s << u"opt"_s << u"slash"_s;
    QTest::newRow("up") << u"Release directory"_s << u"/opt/../x"_s << u".."_s;
    QTest::newRow("key") << u"Key file"_s << u"/none/id"_s << u"/none/id"_s;
}

void TestServers::saysWhatIsWrong()
{
    add(u"there"_s, m_test.address(), m_test.server().connectOptions());
    const auto before = UserSettings::servers();
    QFETCH(const QString, field);
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    m_panel->showForm();
    fillForm(u"new"_s);
    type(field, text);
    QTest::keyClick(this->field(u"Name"_s), Qt::Key_Return);
    QVERIFY2(formWords().contains(words), qPrintable(formWords()));
    QVERIFY(form()->isVisible());
    QCOMPARE(UserSettings::servers(), before);
    QTest::keyClick(this->field(u"Name"_s), Qt::Key_Escape);
    QVERIFY(!form()->isVisible());
}

void TestServers::showsGroupsAndEnvironments()
{
    const QList<ServerEntry> entries{
        {u"edge-1"_s, u"ssh://deploy@edge-1.example/opt/tally"_s, {}, u"tally"_s, u"Europe"_s, u"production"_s},
        {u"try"_s, u"ssh://try.example/opt/tally"_s},
        {u"edge-2"_s, u"ssh://deploy@edge-2.example/opt/tally"_s, {}, {}, u"Asia"_s, u"staging"_s},
        {u"edge-3"_s, u"ssh://deploy@edge-3.example/opt/tally"_s, {}, {}, u"Europe"_s, u"Prod"_s}};
    QVERIFY(UserSettings::saveServers(entries));
    for (const ServerEntry &entry : entries)
        m_workspace->addServer(entry.name, *server::Address::parse(entry.address), deploy::connectOptions(entry));
    QTest::qWait(50);
    QMap<int, QString> seen; // by where it is
    const auto note = [&](const QWidget *widget, const QString &text) { seen[widget->mapTo(m_panel.get(), QPoint()).y()] = text; };
    for (const ui::ServerCard *card : m_panel->cards())
        note(card, card->server()->name() + u'/' + card->environment()->text());
    for (const auto *label : m_panel->findChildren<ui::ElidedLabel *>()) {
        if (label->text() == u"Europe" || label->text() == u"Asia")
            note(label, label->text());
    }
    QCOMPARE(seen.values(), (QStringList{u"try/"_s, u"Europe"_s, u"edge-1/production"_s, u"edge-3/Prod"_s, u"Asia"_s, u"edge-2/staging"_s}));
    QCOMPARE(m_workspace->servers().first()->connectOptions().runAs, u"tally"_s);
    shoot(u"servers-groups"_s);
}

void TestServers::changesAServer()
{
    deploy::ServerState *server = add(u"edge-1"_s, m_test.address(), m_test.server().connectOptions());
    server->refresh();
    QVERIFY(until([&] { return !server->isBusy(); }));
    m_panel->edit(m_panel->cards().first());
    QVERIFY(!m_panel->cards().first()->isVisible());
    QCOMPARE(field(u"Name"_s)->text(), u"edge-1"_s);
    QCOMPARE(field(u"Host"_s)->text(), u"127.0.0.1"_s);
    type(u"Environment"_s, u"staging"_s);
    QTest::mouseClick(form()->acceptButton(), Qt::LeftButton);
    QVERIFY(m_panel->cards().first()->isVisible());
    QCOMPARE(m_panel->cards().first()->environment()->text(), u"staging"_s);
    QVERIFY(!server->isBusy()); // it is the same server, so nothing has to be looked at

    m_panel->edit(m_panel->cards().first());
    type(u"Name"_s, u"edge-one"_s);
    type(u"The release belongs"_s, u"tally"_s);
    shoot(u"servers-edit"_s);
    QTest::mouseClick(form()->acceptButton(), Qt::LeftButton);
    QCOMPARE(server->name(), u"edge-one"_s);
    QCOMPARE(server->connectOptions().runAs, u"tally"_s);
    QCOMPARE(UserSettings::servers().size(), 1);
    QCOMPARE(UserSettings::servers().first().name, u"edge-one"_s);
    QCOMPARE(m_workspace->server(u"edge-one"_s), server);
}

void TestServers::removesAServer()
{
    add(u"edge-1"_s, m_test.address(), m_test.server().connectOptions())->refresh();
    add(u"edge-2"_s, m_test.address(), m_test.server().connectOptions());
    ui::ServerCard *card = m_panel->cards().first();
    m_panel->askRemove(card);
    shoot(u"servers-remove"_s);
    link(m_panel->question(card), u"Keep It"_s)->click();
    QCOMPARE(UserSettings::servers().size(), 2);
    m_panel->askRemove(card);
    QPointer<deploy::ServerState> server = card->server();
    link(m_panel->question(card), u"Remove"_s)->click();
    QCOMPARE(m_panel->cards().size(), 1);
    QCOMPARE(m_workspace->servers().size(), 1);
    QCOMPARE(UserSettings::servers().size(), 1);
    QCOMPARE(UserSettings::servers().first().name, u"edge-2"_s);
    QVERIFY(until([&] { return server.isNull(); }));
}

void TestServers::imports()
{
    const QString config = m_home.filePath(u"ssh_config"_s);
    TestServer::write(config, "Host edge-1 edge-2\n  HostName %h.example\n  User deploy\n  Port 2222\nHost db\n  ProxyJump edge-1\n"
                              "Host there\nHost a,b\nHost *\n  ServerAliveInterval 5\n");
    add(u"there"_s, m_test.address(), m_test.server().connectOptions());
    m_panel->showImport(config);
    ui::ImportList *import = m_panel->importList();
    QVERIFY(until([&] { return import->list()->topLevelItemCount() == 3; }));
    QVERIFY(import->list()->topLevelItem(0)->text(1).contains(u"deploy@edge-1.example:2222"_s));
    QVERIFY(import->list()->topLevelItem(2)->text(1).contains(u"through edge-1"_s));
    QVERIFY(!import->acceptButton()->isEnabled());
    import->list()->topLevelItem(0)->setCheckState(0, Qt::Checked);
    import->list()->topLevelItem(2)->setCheckState(0, Qt::Checked);
    QVERIFY(!import->acceptButton()->isEnabled());
    import->directory()->setText(u"/opt/tally"_s);
    QVERIFY(import->acceptButton()->isEnabled());
    shoot(u"servers-import"_s);
    QTest::mouseClick(import->acceptButton(), Qt::LeftButton);
    QVERIFY(!import->isVisible());
    QCOMPARE(UserSettings::servers().size(), 3);
    QCOMPARE(UserSettings::servers()[1], (ServerEntry{u"edge-1"_s, u"ssh://edge-1/opt/tally"_s}));
    QCOMPARE(UserSettings::servers()[2].name, u"db"_s);
    QCOMPARE(m_workspace->servers().size(), 3);
}

void TestServers::saysWhyNothingIsImported()
{
    m_panel->showImport(m_home.filePath(u"none"_s));
    auto *message = m_panel->importList()->findChild<ui::InlineMessage *>();
    QVERIFY(until([&] { return message->isVisible(); }));
    QVERIFY(message->text().contains(u"can't be read"_s));
}

void TestServers::asksForTheHostKey()
{
    server::ConnectOptions options = m_test.server().connectOptions();
    options.knownHostsFile = m_home.filePath(u"fresh/known_hosts"_s);
    deploy::ServerState *server = add(u"edge-1"_s, m_test.address(), options);
    server->refresh();
    ui::ServerQuestion *question = m_panel->cards().first()->question();
    QVERIFY(until([&] { return question->isVisible(); }));
    QVERIFY(!QFile::exists(options.knownHostsFile));
    QVERIFY(!question->secret()->isVisible());
    QTest::mouseClick(question->accept(), Qt::LeftButton);
    QVERIFY(until([&] { return !server->isBusy() && server->question() == Question::None; }));
    QCOMPARE(server->error()->code, u"server.no-release"_s); // so far it came
    QVERIFY(TestServer::contents(options.knownHostsFile).contains("ssh-ed25519"));
}

void TestServers::refusesAChangedKey()
{
    server::ConnectOptions options = m_test.server().connectOptions();
    options.knownHostsFile = m_home.filePath(u"changed"_s);
    TestServer::write(options.knownHostsFile, "[127.0.0.1]:" + QByteArray::number(m_test.server().port()) + ' ' +
                                                  TestServer::contents(m_test.path(u"sshd/client_key.pub"_s)));
    deploy::ServerState *server = add(u"edge-1"_s, m_test.address(), options);
    server->refresh();
    const ui::ServerCard *card = m_panel->cards().first();
    QVERIFY(until([&] { return card->message()->isVisible(); }));
    QVERIFY(!card->question()->isVisible()); // nobody can click it away
    for (const auto &words : {"another host key", "nothing was sent", "ssh-keygen -l -F", "ssh-keygen -R"})
        QVERIFY2(card->message()->text().contains(QLatin1StringView(words)), words);
    QVERIFY(card->message()->details().contains(u"offered: SHA256:"_s));
    shoot(u"servers-changed"_s);
}

void TestServers::asksForAPassphrase()
{
    const QString locked = m_home.filePath(u"locked"_s);
    QVERIFY(QFile::copy(m_test.server().connectOptions().identityFile, locked));
    QCOMPARE(QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-p"_s, u"-P"_s, u""_s, u"-N"_s, u"open sesame"_s, u"-f"_s, locked}), 0);
    server::ConnectOptions options = m_test.server().connectOptions();
    options.identityFile = locked;
    deploy::ServerState *server = add(u"edge-1"_s, m_test.address(), options);
    server->refresh();
    ui::ServerQuestion *question = m_panel->cards().first()->question();
    for (const auto &[answer, rest] : {std::pair(u"wrong"_s, Question::Passphrase), std::pair(u"open sesame"_s, Question::None)}) {
        QVERIFY(until([&] { return question->isVisible(); }));
        QVERIFY(question->secret()->placeholderText().startsWith(u"Passphrase"_s));
        QVERIFY(!question->keep()->isChecked());
        question->secret()->setText(answer);
        QTest::keyClick(question->secret(), Qt::Key_Return);
        QVERIFY(server->isBusy());
        QVERIFY(until([&] { return !server->isBusy(); }));
        QCOMPARE(server->question(), rest);
    }
    QCOMPARE(server->error()->code, u"server.no-release"_s);
}

void TestServers::keepsAPassword()
{
    if (!whyNoAccounts.isEmpty())
        QSKIP(qPrintable(whyNoAccounts));
    if (qEnvironmentVariableIsEmpty("HANDOVER_TEST_KEYCHAIN"))
        QSKIP("no dbus-run-session here");
    server::ConnectOptions options = Accounts::options(m_test);
    options.password.clear();
    server::Address address = m_test.server().address(accounts.ownFolder(u"mine"_s, Accounts::Login));
    address.user = u"login"_s;
    deploy::ServerState *server = add(u"edge-1"_s, address, options);
    server->refresh();
    ui::ServerQuestion *question = m_panel->cards().first()->question();
    QVERIFY(until([&] { return question->isVisible(); }));
    shoot(u"servers-password"_s);
    question->keep()->setChecked(true);
    for (const auto &[answer, rest] : {std::pair(u"wrong"_s, Question::Password), std::pair(u"pass word"_s, Question::None)}) {
        question->secret()->setText(answer);
        QTest::mouseClick(question->accept(), Qt::LeftButton);
        QVERIFY(until([&] { return !server->isBusy(); }));
        QCOMPARE(server->question(), rest);
    }
    QVERIFY(until([] { return UserSettings::servers().first().keepsSecrets; }));

    // The next time it is taken from there. A name that is given anew takes it along, a removal away.
    makePanel();
    const auto known = [this] {
        std::optional<QString> found;
        QEventLoop loop;
        readSecret(UserSettings::servers().value(0, {u"edge-one"_s, {}}).name, settings::SecretKind::Password, &loop,
                   [&](const Result<std::optional<QString>> &read) {
                       found = read.value_or(std::nullopt);
                       loop.quit();
                   });
        loop.exec();
        return found;
    };
    QCOMPARE(known(), u"pass word"_s);
    server = m_workspace->addServer(u"edge-1"_s, address, options);
    deploy::lookWithSecrets(server, UserSettings::servers().first());
    QVERIFY(until([&] { return server->error() && !server->isBusy(); }));
    QCOMPARE(server->error()->code, u"server.no-release"_s);
    m_panel->edit(m_panel->cards().first());
    type(u"Name"_s, u"edge-one"_s);
    QTest::mouseClick(form()->acceptButton(), Qt::LeftButton);
    QCOMPARE(UserSettings::servers().first().name, u"edge-one"_s);
    QVERIFY(until([&] { return known() == u"pass word"_s; }));
    QVERIFY(until([&] { return !server->isBusy(); }));
    QCOMPARE(server->error()->code, u"server.no-release"_s); // nothing was asked again
    m_panel->askRemove(m_panel->cards().first());
    link(m_panel->question(m_panel->cards().first()), u"Remove"_s)->click();
    QVERIFY(until([&] { return !known(); }));
}

void TestServers::testsAConnection()
{
    add(u"edge-1"_s, m_test.address(), m_test.server().connectOptions());
    ui::ServerCard *card = m_panel->cards().first();
    QVERIFY(until([&] { return card->isVisible(); }));
    QTest::mouseClick(card->menuButton(), Qt::LeftButton);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    menu->actions().first()->trigger();
    menu->close();
    ui::ConnectionTester *tester = m_panel->tester(card);
    QVERIFY(tester->isVisible());
    QVERIFY(until([&] { return !tester->isRunning(); }));
    const QList<Check> &checks = tester->rows()->checks();
    QCOMPARE(checks.size(), 10);
    QCOMPARE(checks.first().id, u"connection"_s);
    QCOMPARE(checks[5].outcome, Check::Outcome::Warning); // there is no release
    QVERIFY(tester->rows()->isVisible());
    QTest::qWait(50);
    QVERIFY2(card->width() < m_panel->width(), QByteArray::number(card->width()).constData());
    shoot(u"servers-test"_s);
}

void TestServers::testsBeforeAdding()
{
    m_panel->showForm();
    fillForm(u"edge-1"_s);
    type(u"Port"_s, u"1"_s);
    emit form()->testRequested(form()->entry());
    ui::ConnectionTester *tester = form()->tester();
    QVERIFY(until([&] { return !tester->isRunning() && tester->rows()->isVisible(); }));
    QCOMPARE(tester->rows()->checks().first().outcome, Check::Outcome::Failed);
    QVERIFY(UserSettings::servers().isEmpty());
    QVERIFY(m_workspace->servers().isEmpty());
}

void TestServers::everyControlIsNamed()
{
    server::ConnectOptions options = m_test.server().connectOptions();
    options.identityFile.clear();
    add(u"edge-1"_s, m_test.address(), options)->refresh();
    QVERIFY(until([&] { return m_panel->cards().first()->question()->isVisible(); }));
    m_panel->showForm();
    m_panel->test(m_panel->cards().first());
    QVERIFY(until([&] { return !m_panel->tester(m_panel->cards().first())->isRunning(); }));
    m_panel->importList()->QWidget::show();
    int controls = 0;
    for (QWidget *control : m_panel->findChildren<QWidget *>()) {
        if (!control->isVisible() || !(control->focusPolicy() & Qt::TabFocus) || control->focusProxy())
            continue;
        ++controls;
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(control);
        QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), control->metaObject()->className());
    }
    QVERIFY(controls > 20);
}

int main(int argc, char **argv)
{
    int status = 0;
    if (test::ranWithKeychain(argv, status))
        return status;
    whyNoAccounts = accounts.make();
    QApplication application(argc, argv);
    TestServers test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_servers.moc"
