import base64
import hmac
import re
import time

TOLERANCE_SECONDS = 300


class Forged(Exception):
    """The request was not signed with the secret, or too long ago."""


def verify(secret: str, headers, body: bytes) -> None:
    """Raises Forged unless the body, byte for byte, was signed at most five minutes ago."""
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        raise Forged("The webhook-timestamp header is missing")
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise Forged("The request is more than five minutes away from this clock")

    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers.get('webhook-id', '')}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.digest(key, content, "sha256"))

    # While a secret is rotated there are several signatures: one that is right is enough.
    given = headers.get("webhook-signature", "").encode().split()
    if not any(hmac.compare_digest(expected, signature) for signature in given):
        raise Forged("No signature is right")
