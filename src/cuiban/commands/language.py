"""Which language this call speaks: settled before anything is parsed, for help and usage errors have to be in it.

Belongs here: the order --lang, CUIBAN_LANG, config, locale. [cli.md 1, Looks]   Must never enter: texts.
"""

import os
from collections.abc import Mapping, Sequence

from cuiban.engine.labels import Lang


def asked_for(argv: Sequence[str], name: str) -> str | None:
    """The value that an option has on the command line, looked for before it is parsed; None if it is not there."""
    words = list(argv[: argv.index("--")] if "--" in argv else argv)
    for index, word in enumerate(words):
        if word == name:
            return words[index + 1] if index + 1 < len(words) else ""
        if word.startswith(name + "="):
            return word[len(name) + 1 :]
    return None


def language_named(text: str | None) -> Lang | None:
    """The language that `zh`, `zh_CN.UTF-8`, `Chinese (Simplified)_China`, `en-GB` mean; None: none of ours."""
    start = (text or "").lower()[:2]
    return "zh" if start in ("zh", "ch") else "en" if start == "en" else None


def of_locale(environ: Mapping[str, str]) -> Lang | None:
    """The language of the locale; C, POSIX and foreign ones leave it open."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return language_named(environ[name])
    if os.name == "nt":
        import locale

        return language_named(locale.getlocale()[0])
    return None
