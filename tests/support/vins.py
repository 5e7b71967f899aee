"""Vehicle identification numbers with the right check digit. [GB 16735]"""

_VALUES = {
    **{str(n): n for n in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    **{"P": 7, "R": 9},
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin(number: int) -> str:
    """The VIN of the car with that serial number."""
    bare = f"LSGPC52U0FF{number:06d}"
    digit = sum(_VALUES[sign] * weight for sign, weight in zip(bare, _WEIGHTS, strict=True)) % 11
    return bare[:8] + ("X" if digit == 10 else str(digit)) + bare[9:]
