"""Argument checks whose messages hold lengths and bounds, never text."""


def within(what: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{what} is {value}, expected {least} to {most}")


def length(what: str, text: str, least: int, most: int) -> None:
    """Checks the length of a text, in code points."""
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError(f"{what} has a surrogate without its pair")
    within(f"length of {what} in code points", len(text), least, most)
