"""cuiban calendar: the family of its verbs. [cli.md 4]"""

from cuiban.commands.days import days_verb
from cuiban.commands.dues import due_verb
from cuiban.commands.holidays import publish_verb, recompute_verb, set_verb
from cuiban.commands.verbs import family

calendar_verb = family("calendar")
for _verb in (due_verb, days_verb, set_verb, publish_verb, recompute_verb):
    calendar_verb.add_command(_verb)
