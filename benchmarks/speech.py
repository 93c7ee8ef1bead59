"""Words that no language has, for names and texts of invented meetings.

No word is invented twice, so that a word of a text stands in no name: how many meetings have it can be counted.
"""

from itertools import accumulate
from pathlib import Path
from random import Random

ONSETS = ("b", "bl", "d", "dr", "f", "g", "gl", "h", "j", "k", "kl", "l", "m", "n", "p", "r", "s", "sk", "t", "tr", "v")
VOWELS = ("a", "e", "i", "o", "u", "ae", "ie", "oa", "ui")
CODAS = ("", "", "n", "l", "r", "s", "t", "m", "nd", "lk", "sh")


def read(name: str) -> list[str]:
    """The words of a file beside this one."""
    return (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8").split()


#: Words that stand often in reports of meetings; with invented ones behind them they are what texts are made of.
FREQUENT = read("frequent")

#: What stands in names, posts and titles, and so in no text.
FRAME = frozenset(read("frame"))

TOPICS = read("topics")

#: How letters are written in some names; search finds them without.
ACCENTS = str.maketrans({"a": "á", "e": "é", "o": "ö", "u": "ü", "i": "í"})


class Speech:
    """Invents words; the same of the same generator of random numbers."""

    def __init__(self, random: Random):
        self.random = random
        self.taken = set(FRAME) | {topic.lower() for topic in TOPICS} | set(FREQUENT)

    def word(self, fewest: int, most: int, endings: tuple[str, ...] = ("",)) -> str:
        """A word of so many syllables that has not been used."""
        choice = self.random.choice
        while True:
            syllables = self.random.randint(fewest, most)
            word = "".join(choice(ONSETS) + choice(VOWELS) + choice(CODAS) for _ in range(syllables)) + choice(endings)
            if word not in self.taken:
                self.taken.add(word)
                return word

    def words(self, number: int, fewest: int, most: int, endings: tuple[str, ...] = ("",)) -> list[str]:
        return [self.word(fewest, most, endings) for _ in range(number)]

    def vocabulary(self, number: int) -> list[str]:
        """The words of texts, the most frequent first."""
        named = FRAME | {topic.lower() for topic in TOPICS}
        frequent = [word for word in FREQUENT if word not in named]
        return frequent + self.words(number - len(frequent), 2, 4)


def written(word: str, number: int) -> str:
    """A word of a name as it is written: some have accents."""
    return (word.translate(ACCENTS) if number % 7 == 3 else word).capitalize()


def zipf(number: int, exponent: float, shift: float = 0.0) -> list[float]:
    """Cumulative weights: the n-th of them is n to the power of ``exponent`` times as rare as the first."""
    return list(accumulate((rank + 1 + shift) ** -exponent for rank in range(number)))


def drawn(items: list[str], size: int) -> list[str]:
    """A list in which each item stands about as often as Zipf's law has it, so that drawing needs no look-up."""
    weights = zipf(len(items), 1.0, shift=5.0)
    found, before = [], 0.0
    for item, weight in zip(items, weights, strict=True):
        found += [item] * max(1, round((weight - before) / weights[-1] * size))
        before = weight
    return found
