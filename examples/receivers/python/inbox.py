import json
import os
import re
import tempfile
import uuid


class Inbox:
    """Keeps each event in a file that is named by its id, so that one that comes twice is known."""

    def __init__(self, folder: str | None):
        self.folder = folder or tempfile.mkdtemp(prefix="regou-inbox-")
        os.makedirs(self.folder, exist_ok=True)

    def add(self, event: dict) -> bool:
        """Stores an event for good; false when it is there already."""
        draft = self._path(f"{uuid.uuid4()}.draft")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(event, file)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, self._path(f"{event['id']}.json"))  # Whole or not at all, and only once.
            return True
        except FileExistsError:
            return False
        finally:
            os.remove(draft)

    def finish(self, event: dict) -> None:
        """Notes that the work on an event is done."""
        open(self._path(f"{event['id']}.done"), "w").close()

    def left(self) -> list[dict]:
        """What was stored and not worked on when the process ended."""
        names = set(os.listdir(self.folder))
        events = []
        for name in names:
            if name.endswith(".json") and name.replace(".json", ".done") not in names:
                with open(self._path(name), encoding="utf-8") as file:
                    events.append(json.load(file))
        return events

    def _path(self, name: str) -> str:
        if not re.fullmatch(r"[\w-]+\.\w+", name, re.ASCII):
            raise ValueError(f'"{name}" cannot name a file')
        return os.path.join(self.folder, name)
