"""A mail server on loopback that keeps what it was given, and misbehaves when told to."""

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager


class Inbox:
    """`taken`: each message that ended with its dot. `refuse`: "rcpt", "dot" (answered with an error); `hang_up`: "dot"
    (taken, but the connection breaks before the answer) or "data" (breaks before the dot)."""

    def __init__(self):
        self.taken, self.begun, self.refuse, self.hang_up = [], 0, "", ""

    @property
    def messages(self):
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.taken]


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        inbox = self.server.inbox
        self._say("220 here")
        for line in self.rfile:
            verb = line.strip().upper()
            if verb.startswith(b"EHLO"):
                self._say("250 here")
            elif verb.startswith(b"RCPT") and inbox.refuse == "rcpt":
                self._say("550 no such user")
            elif verb == b"DATA":
                if not self._data(inbox):
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _data(self, inbox):
        inbox.begun += 1
        self._say("354 go on")
        if inbox.hang_up == "data":
            return False
        text = bytearray()
        for line in self.rfile:
            if line == b".\r\n":
                break
            text += line[1:] if line.startswith(b".") else line
        else:
            return False  # the connection ended without the dot: nothing was sent
        if inbox.refuse == "dot":
            self._say("451 not now")
            return True
        inbox.taken.append(bytes(text))
        if inbox.hang_up == "dot":
            return False
        self._say("250 taken")
        return True

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, address):
        """A client that dies is what these tests are about."""


@contextmanager
def serving():
    """Yields (Inbox, port)."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.inbox = Inbox()
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield server.inbox, server.server_address[1]
        finally:
            server.shutdown()
