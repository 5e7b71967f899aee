"""Chinese in columns: widths, clipping, wrapping, harmless data. [cli.md 1, Looks]"""

import pytest
from hypothesis import given, strategies as st

from cuiban.commands.columns import aligned
from cuiban.commands.text import clean, clipped, entries_in, pad, width_of, wrapped


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("投诉", 4), ("皖H3D905", 8), ("é", 1), ("e\u0301", 1), ("\uff08", 2)]
)
def test_a_chinese_sign_takes_two_columns(text: str, width: int) -> None:
    """Full-width signs count two, combining marks none."""
    assert width_of(text) == width


@given(st.text(alphabet="ab 投诉空调", max_size=30), st.integers(2, 20))
def test_clipped_text_fits(text: str, width: int) -> None:
    """A clipped text is never wider than asked for, and shows that it was cut."""
    cut = clipped(text, width)

    assert width_of(cut) <= width
    assert cut == text or cut.endswith("..")


@given(st.text(alphabet="ab 投诉,。", max_size=60), st.integers(4, 20))
def test_wrapped_text_loses_nothing_but_blanks(text: str, width: int) -> None:
    """Every line fits, and joined they are the text."""
    lines = wrapped(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width or " " not in line.strip() for line in lines)


@given(st.lists(st.text(alphabet="aB7 投诉", min_size=1, max_size=40).map(str.strip).filter(bool), min_size=1), st.integers(2, 30))
def test_a_list_is_broken_between_its_entries(entries: list[str], width: int) -> None:
    """Every line fits, nothing is lost, and an entry that has room on a line stands on one."""
    lines = entries_in(", ".join(entries), width)

    assert "".join(lines).replace(" ", "") == ",".join(entries).replace(" ", "")
    assert all(width_of(line) <= width for line in lines)
    for entry in entries:
        assert width_of(entry) + 1 > width or any(entry in line for line in lines)


def test_columns_line_up_over_chinese() -> None:
    """Each column begins at the same screen column in every line."""
    lines = aligned([["1", "投诉 空调异响", "03-10 10:00"], ["12", "HF", "03-11"]], right=[0])

    assert [width_of(line[: line.index("03-1")]) for line in lines] == [19, 19]
    assert lines[1].startswith("12  HF")
    assert lines[0].startswith(" 1  投诉")


def test_padding_counts_columns() -> None:
    """投诉 filled up to six columns gets two blanks."""
    assert pad("投诉", 6) == "投诉  "


@pytest.mark.parametrize(
    "nasty",
    [
        "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07x",
        "a\u202eb",
        "a\u2066b",
        "a\nb",
        "a\tb",
        "a\x00b",
        "a\x9bb",
        "\ud800",
        "\u200f",
    ],
)
def test_data_cannot_command_a_terminal(nasty: str) -> None:
    """Escapes, controls, direction marks and halves of surrogate pairs are gone from what is shown."""
    shown = clean(nasty)

    assert shown.isprintable()
    assert "\x1b" not in shown
    shown.encode()
