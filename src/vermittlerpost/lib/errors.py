"""One family for everything that the product refuses, so that every door can translate it once."""


class Refused(Exception):
    """Say no to an action: `code` is for machines, the sentence is German and says what to do."""

    code = "refused"

    def __init__(self, sentence: str, **facts: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts
