"""One family for everything that the product refuses, so that every door can translate it once."""


class Refused(Exception):
    """Say no to an action: `code` is for machines, the sentence is German and says what to do.

    The sentence is a template that may name facts (`{case}`), so that a door can say it in another language.
    """

    code = "refused"

    def __init__(self, template: str, **facts: str) -> None:
        self.template = template
        self.facts = facts
        self.sentence = template.format_map(facts)
        super().__init__(self.sentence)


_LONGEST = 500


def told(error: Exception) -> str:
    """Return what is kept of an error for who looks after it: its sentence, or how programmers call it."""
    return (error.sentence if isinstance(error, Refused) else repr(error))[:_LONGEST]
