import re

LARGEST_BODY = 4 * 1024 * 1024  # Bytes. Regou sends at most 2 MiB at once.
FORGOTTEN_AT_MOST = 64 * 1024 * 1024
PIECE = 64 * 1024


class TooLarge(Exception):
    """The body is larger than that of any webhook."""


class Unreadable(Exception):
    """The body broke off, or its length is not told."""


def read_body(stream, headers) -> bytes:
    """The body of a request as it came, which nothing is known of yet. Raises TooLarge or Unreadable."""
    told = headers.get_all("content-length", [])
    if "transfer-encoding" in headers or len(told) != 1 or not re.fullmatch("[0-9]+", told[0]):
        raise Unreadable("Send one content-length, and no transfer-encoding")
    length = int(told[0][:16])
    if length > LARGEST_BODY:
        raise TooLarge("The body is larger than that of any webhook")
    body = stream.read(length)
    if len(body) < length:
        raise Unreadable("The body broke off")
    return body


def forget_body(stream) -> None:
    """Reads what is too much, so that the sender, who is still writing, gets to read the answer."""
    left = FORGOTTEN_AT_MOST
    while left > 0 and (piece := stream.read1(PIECE)):
        left -= len(piece)
