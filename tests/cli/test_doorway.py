"""The doorway: help, language, config, errors, log, completion, what a newcomer reads. [cli.md 1]"""

import json
import os
import sqlite3
from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from cuiban.commands.table import ALIASES, COMMANDS
from cuiban.commands.verbs import Argument, Family, Option, Verb
from tests.cli.clerk import Clerk
from tests.cli.shell import Shell


def verbs() -> Iterator[tuple[str, click.Command]]:
    """Every verb and family, with what has to be typed for it."""
    for name, entry in COMMANDS.items():
        found = getattr(import_module(f"cuiban.commands.{entry.module}"), name.replace("-", "_") + "_verb")
        yield name, found
        if isinstance(found, Family):
            yield from ((f"{name} {sub}", command) for sub, command in found.commands.items())


VERBS = dict(verbs())


def test_alone_it_says_what_to_do_next(shell: Shell, clerk: Clerk) -> None:
    """A newcomer reads how to begin; who has a database, what to ask it."""
    new, used, english = shell.runs(), clerk.runs(""), shell.runs(LANG="en_GB.UTF-8")

    assert (new.code, used.code) == (0, 0)
    assert "cuiban demo" in new.out
    assert "cuiban init" in new.out
    assert "cuiban todo" in used.out
    assert english.out.startswith("There is no data here yet.")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_verb_has_help(clerk: Clerk, lang: str) -> None:
    """Exit 0, in the language asked for, every option explained, lines of at most 90 columns, no click words left."""
    for words in ["", *VERBS]:
        answer = clerk.runs(f"--lang {lang} {words} --help")
        assert answer.code == 0
        assert answer.out.startswith("用法: cuiban" if lang == "zh" else "Usage: cuiban")
        assert "Show this message" not in answer.out
        assert all(len(line) <= 92 for line in answer.out.splitlines())


def test_every_text_is_safe_in_gbk() -> None:
    """Help, names of arguments, one-liners: both languages, and encodable as GBK."""
    for words, verb in VERBS.items():
        assert isinstance(verb, Verb | Family)
        labels = [verb.words, *([verb.more] if verb.more else [])]
        labels += [param.words for param in verb.params if isinstance(param, Option | Argument)]
        for label in labels:
            assert label.zh, words
            assert label.en, words
            label.zh.encode("gbk")
            label.en.encode("ascii")


@pytest.mark.parametrize(("alias", "name"), ALIASES.items())
def test_chinese_names_are_the_same_verbs(clerk: Clerk, alias: str, name: str) -> None:
    """待办 is todo, 办 is do, .. and their help says the same."""
    chinese, english = clerk.does(f"{alias} --help"), clerk.does(f"{name} --help")

    assert chinese.splitlines()[1:] == english.splitlines()[1:]


def test_only_the_module_of_the_verb_is_imported(shell: Shell) -> None:
    """Start-up is a target: what a verb does not need is not loaded."""
    script = (
        "import sys\nfrom cuiban.cli import run\nfrom cuiban.commands.desk import Desk\nfrom datetime import UTC, datetime\n"
        "words = ['calendar', 'days', '--month', '2026-03']\nrun(Desk(words, {}, lambda: datetime.now(UTC)), words)\n"
        "heavy = ('sqlalchemy', 'pendulum', 'structlog', 'lxml', 'xlsxwriter', 'cuiban.commands.todo')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    (shell.home / "loads.py").write_text(script)

    answer = shell.python("loads.py")

    assert answer.out.splitlines()[-1] == "[]"


def test_wrong_words_are_said_in_both_languages(clerk: Clerk) -> None:
    """Click's own usage errors too; with a near miss where there is one."""
    said = {words: (clerk.runs(words).err.splitlines()[0], clerk.runs(f"--lang en {words}").err.splitlines()[0]) for words in (
        "todoo", "todo --overdu", "todo --limit", "show", "todo extra", "user", "--lang fr todo", "todo --json --csv", "do 1",
    )}  # fmt: skip

    assert said["todoo"] == ("没有命令 todoo; 是不是 todo?", "there is no verb todoo; did you mean todo?")
    assert said["todo --overdu"] == ("没有选项 --overdu; 是不是 --overdue?", "there is no option --overdu; did you mean --overdue?")
    assert said["todo --limit"] == ("选项 --limit 用法不对: 缺值或多了值", "option --limit: its value is missing or not wanted")
    assert said["show"] == ("缺 案件", "CASE is missing")
    assert said["todo extra"] == ("多了「extra」", "extra: too much")
    assert said["user"][0] == "cuiban user 后要写明: add, set, off, list, whoami"
    assert all(clerk.runs(words).code == 2 for words in said)


@pytest.mark.parametrize(
    "words", ["nonsense", "todo --nonsense", "show", "todo --limit x", "calendar due --start 3/11", "--lang xx"]
)
def test_usage_errors_are_json_too(clerk: Clerk, words: str) -> None:
    """--json anywhere: one line on stderr, nothing on stdout, exit 2."""
    for line in (f"--json {words}", f"{words} --json"):
        answer = clerk.runs(line)
        if answer.code != 0:
            assert (answer.code, answer.error["code"], answer.error["blockers"]) == (2, "usage", [])


def test_the_language_is_settled_by_the_first_that_says(clerk: Clerk) -> None:
    """--lang, CUIBAN_LANG, config, locale, else the dealership's."""
    (clerk.home / "config.toml").write_text('lang = "en"\n')
    config = {"CUIBAN_CONFIG": str(clerk.home / "config.toml"), "CUIBAN_LANG": ""}

    def speaks(line: str, **environ: str) -> str:
        return "zh" if "今天" in clerk.runs(line, **environ).out else "en"

    assert speaks("--lang zh todo --user gao", **config, LANG="en_US.UTF-8") == "zh"
    assert speaks("todo --user gao", **{**config, "CUIBAN_LANG": "zh"}) == "zh"
    assert speaks("todo --user gao", **config, LANG="zh_CN.UTF-8") == "en"
    assert speaks("todo --user gao", CUIBAN_LANG="", LANG="en_US.UTF-8") == "en"
    assert speaks("todo --user gao", CUIBAN_LANG="", LANG="C.UTF-8") == "zh"
    assert speaks("todo --user gao", CUIBAN_LANG="", LC_ALL="zh_CN.GBK", LANG="en_US") == "zh"


def test_option_before_environment_before_config(clerk: Clerk) -> None:
    """Who asks: --user, CUIBAN_USER, config."""
    (clerk.home / "c.toml").write_text('user = "chen"\n')
    config = {"CUIBAN_CONFIG": str(clerk.home / "c.toml")}

    assert json.loads(clerk.does("user whoami --json", **config, CUIBAN_USER=""))["id"] == "chen"
    assert json.loads(clerk.does("user whoami --json", **config, CUIBAN_USER="wang"))["id"] == "wang"
    assert json.loads(clerk.does("user whoami --json --user 李强", **config, CUIBAN_USER="wang"))["id"] == "li"
    assert json.loads(clerk.does("--user li user whoami --json", **config))["id"] == "li"


@pytest.mark.parametrize("text", ["user = ", 'users = "x"', "pager = 3", b"\xff\xfe"])
def test_a_broken_config_is_bad_input(clerk: Clerk, text: str | bytes) -> None:
    """No TOML, an unknown key, a wrong type, no text: 5, the file named."""
    path = clerk.home / "c.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    answer = clerk.runs("user whoami --json", CUIBAN_CONFIG=str(path), CUIBAN_USER="")

    assert answer.code == 5
    assert str(path) in answer.error["message"]


def test_a_home_that_is_no_folder_is_told_in_our_words(clerk: Clerk) -> None:
    """HOME=/dev/null: what is wrong with the path, not the system's number for it."""
    answer = clerk.runs("--lang en user whoami --json", CUIBAN_CONFIG="/dev/null/config.toml", CUIBAN_USER="")

    assert answer.code == 5
    assert answer.error["message"].endswith("cannot be used: a part of the path is no folder")


def test_somebody_unknown_is_not_found(clerk: Clerk) -> None:
    """Without --user the login name counts; here nobody is called so."""
    error = clerk.runs("todo --json", CUIBAN_USER="nobody here").error

    assert error["code"] == "not_found"


def test_databases_that_cannot_be_used(shell: Shell) -> None:
    """Absent, foreign, empty, no database, a URL that means nothing: 6, one sentence, the password masked."""
    sqlite3.connect(shell.home / "foreign.db").execute("CREATE TABLE notes (a)").connection.close()
    (shell.home / "text.db").write_text("no database at all, only text that is long enough to be read as a page" * 20)
    (shell.home / "empty.db").write_bytes(b"")
    asked = [
        shell.runs("todo", "--user", "x", "--db", name, "--json")
        for name in ("absent.db", "foreign.db", "text.db", "empty.db", "nothing://wang:secret@host/x", "mysql://a:secret@b/c")
    ]

    assert [answer.code for answer in asked] == [6] * 6
    assert {answer.error["code"] for answer in asked} == {"database"}
    assert not any("secret" in answer.err for answer in asked)


def test_bytes_that_are_no_text_are_refused(shell: Shell) -> None:
    """An argument in another encoding: usage, no traceback."""
    answer = shell.runs(os.fsdecode(b"show"), os.fsdecode(b"\xb4\xdf"))

    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_the_log_has_a_line_a_call_and_nothing_personal(clerk: Clerk) -> None:
    """CUIBAN_LOG: JSON lines with verb, exit and time; no name, no phone, no text that was typed."""
    log = clerk.home / "log" / "cuiban.jsonl"
    typed = "open 投诉 空调异响 --set customer=赵敏 --set phone=13805561234 --set responsible=li"

    clerk.does(typed, CUIBAN_LOG=str(log))
    clerk.runs("show nothing", CUIBAN_LOG=str(log))

    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(one["event"], one["verb"], one["exit"], one["level"]) for one in lines] == [
        ("call", "cuiban open", 0, "info"), ("call", "cuiban show", 3, "info"),
    ]  # fmt: skip
    assert not any(word in log.read_text("utf-8") for word in ("赵敏", "13805561234", "空调"))


def test_the_log_can_be_watched(clerk: Clerk) -> None:
    """-v: a readable line on stderr; stdout is as ever."""
    quiet, watched = clerk.runs("list"), clerk.runs("list -v")

    assert watched.out == quiet.out
    assert "call verb=cuiban list exit=0" in watched.err
    assert quiet.err == ""


def test_a_log_that_cannot_be_written_undoes_nothing(clerk: Clerk) -> None:
    """The answer stands; the complaint goes to stderr."""
    answer = clerk.runs("list", CUIBAN_LOG=str(clerk.home))

    assert answer.code == 0
    assert answer.err.startswith("CUIBAN_LOG: ")


def test_what_nobody_expected_is_one_sentence(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program: exit 1, a sentence, the trace in the log and nowhere else."""
    log = clerk.home / "cuiban.jsonl"
    with clerk.house.raw() as raw:
        raw.run("ALTER TABLE subjects RENAME TO elsewhere")
    clerk.house.sound = False

    answer = clerk.runs("list", CUIBAN_LOG=str(log))

    assert "Traceback" not in answer.err
    assert answer.code in (1, 6)
    if answer.code == 1:
        assert "程序出错" in answer.err
        assert "exception" in log.read_text("utf-8")


def test_every_shell_gets_its_completion(clerk: Clerk) -> None:
    """A script for bash, zsh, fish; no other shell."""
    assert all("_CUIBAN_COMPLETE" in clerk.does(f"completion {name}") for name in ("zsh", "fish"))
    assert clerk.refused("completion tcsh")["exit"] == 2


def test_tab_offers_what_is_there(clerk: Clerk, shell: Shell) -> None:
    """Verbs, cases, their actions, people, words of options."""
    ref = clerk.house.opened("complaint")
    environ = {"CUIBAN_DATABASE_URL": clerk.house.url, "CUIBAN_USER": "li", "_CUIBAN_COMPLETE": "zsh_complete"}

    def offered(line: str) -> set[str]:
        words = line.split(" ")
        answer = shell.runs(**environ, COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
        return set(answer.out.splitlines())

    assert {"todo", "show"} <= offered("cuiban ")
    assert "待办" in offered("cuiban 待")
    assert ref in offered("cuiban do TS")
    assert {"accept", "签字承诺"} <= offered(f"cuiban do {ref} ")
    assert {"wang", "王芳"} <= offered("cuiban todo --user w") | offered("cuiban todo --user 王")
    assert {"wh", "wd", "h", "cd"} <= offered("cuiban calendar due --unit ")


def test_csv_is_what_json_is(clerk: Clerk) -> None:
    """The same rows; lists as words; a formula is defused."""
    clerk.house.opened("complaint", given={"topic": "=HYPERLINK(1)"})

    lines = clerk.does("list --csv").splitlines()

    assert lines[0].startswith("ref,process,process_label,title,subject,state,state_label,open,")
    assert "'=HYPERLINK(1)" in lines[1]


def test_data_cannot_command_the_terminal(clerk: Clerk) -> None:
    """Escapes and direction marks in data never reach the screen."""
    ref = clerk.house.opened("complaint", given={"topic": "异响"})
    with clerk.house.raw() as raw:
        raw.run("UPDATE subjects SET parts = '[\"\\u001b[31mred\\u202egnp\"]'")
    clerk.house.sound = False

    shown = clerk.does("list") + clerk.does("todo --all") + clerk.does(f"show {ref}") + clerk.does("history")

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "red" in shown


def test_a_verb_without_its_words_says_which_there_are(clerk: Clerk) -> None:
    """`do CASE` names its actions, `open` the processes, a misspelt name the nearest ones."""
    ref = clerk.house.opened("complaint")

    assert "可办: " in clerk.runs(f"do {ref}").err
    assert "accept 签字承诺" in clerk.runs(f"do {ref} --user li").err
    assert "complaint 投诉" in clerk.runs("open").err
    assert "cuiban do 案件 withdraw" in clerk.runs("undo").err
    assert "cuiban do 案件 correct" in clerk.runs("correct").err
    assert clerk.runs("open 投拆").err == "没有流程 投拆; 是不是: complaint 投诉?\n"
    assert clerk.runs("open complant --lang en").err == "there is no process complant; did you mean: complaint?\n"


def test_a_time_that_is_none_stands_in_a_sentence_as_it_was_typed(clerk: Clerk) -> None:
    """A 30th of February in a name is no instant to be told in the reader's zone."""
    answer = clerk.runs("show 2026-02-30T00:00:00Z")

    assert answer.code == 3
    assert "2026-02-30T00:00:00Z" in answer.err


def test_a_reference_from_an_input_method_is_read(clerk: Clerk) -> None:
    """Full-width signs are the same signs."""
    ref = clerk.house.opened("complaint")

    assert clerk.reads(f"show {ref.replace('-', chr(0xFF0D))}")["ref"] == ref
