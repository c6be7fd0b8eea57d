<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>handover::ui::AppBar</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::DiffView</name>
    <message numerus="yes">
        <source>… and %n more line(s)</source>
        <translation>
            <numerusform>… and %n more line</numerusform>
            <numerusform>… and %n more lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::FileDetails</name>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::FilePane</name>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n directory(s)</source>
        <translation>
            <numerusform>%n directory</numerusform>
            <numerusform>%n directories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::ImportList</name>
    <message numerus="yes">
        <source>Add %n Server(s)</source>
        <translation>
            <numerusform>Add %n Server</numerusform>
            <numerusform>Add %n Servers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::LaneView</name>
    <message numerus="yes">
        <source>Upgrade %n Server(s) to %1</source>
        <translation>
            <numerusform>Upgrade %n Server to %1</numerusform>
            <numerusform>Upgrade %n Servers to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::PackagePage</name>
    <message numerus="yes">
        <source>%1 · %2 unpacked · %n application(s) · ERTS %3</source>
        <translation>
            <numerusform>%1 · %2 unpacked · %n application · ERTS %3</numerusform>
            <numerusform>%1 · %2 unpacked · %n applications · ERTS %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::PlaceModel</name>
    <message numerus="yes">
        <source>%n file(s) changed or new</source>
        <translation>
            <numerusform>%n file changed or new</numerusform>
            <numerusform>%n files changed or new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::ProgressStrip</name>
    <message numerus="yes">
        <source>%n s</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::QueuePanel</name>
    <message numerus="yes">
        <source>Transfers · %n to do</source>
        <translation>
            <numerusform>Transfers · %n to do</numerusform>
            <numerusform>Transfers · %n to do</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::RelupPane</name>
    <message numerus="yes">
        <source>suspends for at most %n instruction(s)</source>
        <translation>
            <numerusform>suspends for at most %n instruction</numerusform>
            <numerusform>suspends for at most %n instructions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n module(s) loaded meanwhile</source>
        <translation>
            <numerusform>%n module loaded meanwhile</numerusform>
            <numerusform>%n modules loaded meanwhile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>loads %n module(s)</source>
        <translation>
            <numerusform>loads %n module</numerusform>
            <numerusform>loads %n modules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>removes %n module(s)</source>
        <translation>
            <numerusform>removes %n module</numerusform>
            <numerusform>removes %n modules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kills processes that still run the old code of %n of them</source>
        <translation>
            <numerusform>kills processes that still run the old code of %n of them</numerusform>
            <numerusform>kills processes that still run the old code of %n of them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instruction(s)</source>
        <translation>
            <numerusform>%n instruction</numerusform>
            <numerusform>%n instructions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::RelupStrip</name>
    <message numerus="yes">
        <source>%n instruction(s) of the relup come from here</source>
        <translation>
            <numerusform>%n instruction of the relup comes from here</numerusform>
            <numerusform>%n instructions of the relup come from here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handover::ui::RulesPage</name>
    <message numerus="yes">
        <source>Copy %n Note(s)</source>
        <translation>
            <numerusform>Copy %n Note</numerusform>
            <numerusform>Copy %n Notes</numerusform>
        </translation>
    </message>
</context>
</TS>
