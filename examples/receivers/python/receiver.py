"""A receiver of Regou's webhooks: verifies each request, stores each event once, answers, and works afterwards.

WEBHOOK_SECRET=whsec_… PORT=8080 INBOX=./inbox python3 receiver.py
"""

import json
import os
import queue
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from body import TooLarge, Unreadable, forget_body, read_body
from inbox import Inbox
from verify import Forged, verify
from work import work

SECRET = os.environ["WEBHOOK_SECRET"]
inbox = Inbox(os.environ.get("INBOX"))
waiting: queue.Queue[dict] = queue.Queue()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30  # Seconds in which nothing comes.

    def do_POST(self) -> None:
        try:
            body = read_body(self.rfile, self.headers)
            verify(SECRET, self.headers, body)
            self.store(json.loads(body))
            self.answer(204)
        except TooLarge as error:
            self.close_connection = True
            self.answer(413, f"{error}\n")
            forget_body(self.rfile)
        except Unreadable as error:
            self.close_connection = True
            self.answer(400, f"{error}\n")
        except Forged as error:
            self.answer(401, f"{error}\n")
        except json.JSONDecodeError as error:
            self.answer(400, f"{error}\n")
        except Exception as error:
            print(repr(error), file=sys.stderr)
            self.answer(500, "The event could not be stored. Send it again.\n")

    def store(self, message: dict) -> None:
        for event in message.get("events", [{"id": self.headers["webhook-id"], **message}]):
            if inbox.add(event):
                waiting.put(event)
            else:
                print(f"{event['event_type']} {event['id']} again, ignored", flush=True)

    def answer(self, status: int, text: str = "") -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", str(len(text.encode())))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_) -> None:
        """What matters is printed by the work."""


def work_through() -> None:
    while True:
        event = waiting.get()
        work(event)
        inbox.finish(event)


for left in inbox.left():
    waiting.put(left)
threading.Thread(target=work_through, daemon=True).start()

server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Receiver)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
print(f"Waiting for webhooks on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
