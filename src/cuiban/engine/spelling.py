"""What a word that names nothing may have meant.

Must never enter: refusals; whoever asks says them.
"""

from collections.abc import Iterable, Mapping

from cuiban.engine.labels import L


def near(text: str, labels: Mapping[str, L]) -> list[str]:
    """The ids of what is spelt nearly so, in either language; the nearest first."""
    from difflib import get_close_matches

    spelt = {word: name for name, label in labels.items() for word in (label.en.lower(), label.zh, name)}
    found = get_close_matches(text.lower(), spelt, n=3, cutoff=0.5 if len(text) < 4 else 0.7)
    return list(dict.fromkeys(spelt[word] for word in found))


def told(text: str, labels: Mapping[str, L], has: L) -> L:
    """What was meant by `text`, if something is spelt nearly so; else all that there is, which `has` begins."""
    alike = near(text, labels)
    known = listed({name: labels[name] for name in alike or labels})
    said = L("是不是: {known}?", "did you mean: {known}?") if alike else L("{has}{known}", "{has}{known}")
    return said.fill(has=has, known=known)


def listed(labels: Mapping[str, L]) -> L:
    """Ids for a sentence, in Chinese with their labels, if they have one."""
    return L(", ".join(f"{name} {label.zh}".rstrip() for name, label in labels.items()), ", ".join(labels))


def names_near(text: str, names: Iterable[str]) -> str:
    """The names that are spelt nearly so, for a sentence."""
    return ", ".join(near(text, {name: L(name, name) for name in names}))
