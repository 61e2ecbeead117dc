import time
import unicodedata

taken_back: set[str] = set()
distinct = 0


def work(event: dict) -> None:
    """Here goes what an event means to you. It is stored by now: take the time that you need."""
    global distinct
    distinct += 1
    kind, data = event["event_type"], event["data"]
    happened = data.get("event_time") or data.get("create_time", 0) * 1000
    age = f", {time.time_ns() // 1_000_000 - happened} ms old" if happened else ""
    name = harmless(data.get("symbol") or data.get("token_address") or data.get("wallet_code") or "")
    void = ", taken back" if is_taken_back(kind, data) else ""
    print(f"{kind} {name} {event['id']}{age}{void}, {distinct} distinct", flush=True)


def is_taken_back(kind: str, data: dict) -> bool:
    """A reorg can take an event back, and the removal may come before the event."""
    fact = f"{kind.removesuffix('.removed')} {data.get('id')}"
    if kind.endswith(".removed"):
        taken_back.add(fact)
    return fact in taken_back


def harmless(text: str) -> str:
    """Names of tokens are chosen by strangers: control and direction characters must not act here."""
    acting = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join("\ufffd" if unicodedata.category(c) in acting else c for c in text)[:42]
