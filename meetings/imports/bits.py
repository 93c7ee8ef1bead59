"""A set of primary keys that takes a bit for each: a million of them in 125 kB."""

from collections.abc import Iterable, Iterator


class Bits:
    """A set of small positive numbers; it grows with the largest of them."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def add(self, number: int) -> bool:
        """Puts ``number`` in; whether it is new."""
        index, bit = number >> 3, 1 << (number & 7)
        if index >= len(self.bytes):
            self.bytes.extend(bytes(index + 1 - len(self.bytes) + len(self.bytes) // 8))
        if self.bytes[index] & bit:
            return False
        self.bytes[index] |= bit
        return True

    def update(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.add(number)

    def __contains__(self, number: int) -> bool:
        index = number >> 3
        return index < len(self.bytes) and bool(self.bytes[index] & (1 << (number & 7)))

    def __iter__(self) -> Iterator[int]:
        for index, byte in enumerate(self.bytes):
            if byte:
                yield from (index << 3 | place for place in range(8) if byte & (1 << place))

    def __len__(self) -> int:
        return sum(map(int.bit_count, self.bytes))

    def __or__(self, other: "Bits") -> "Bits":
        both = Bits()
        short, long = sorted((self.bytes, other.bytes), key=len)
        both.bytes = bytearray(a | b for a, b in zip(short, long, strict=False)) + long[len(short) :]
        return both
