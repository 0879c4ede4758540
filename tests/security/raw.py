"""HTTP by hand, for what no client library would send."""

import socket


def send(port, *parts, timeout=10):
    """The answer's status (0 where the server just hangs up), headers (lower case) and body."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as link:
        link.settimeout(timeout)
        try:
            for part in parts:
                link.sendall(part if isinstance(part, bytes) else part.encode("latin-1"))
            got = b""
            while chunk := link.recv(65536):
                got += chunk
        except (ConnectionResetError, BrokenPipeError):
            pass
    head, _, body = got.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = int(lines[0].split()[1]) if lines[0].startswith("HTTP/") else 0
    headers = [line.partition(": ")[::2] for line in lines[1:]]
    return status, [(name.lower(), value) for name, value in headers], body


def request(method, path, body=b"", host="crm.example", **headers):
    """A whole request; the connection ends with it. Headers in_this_way; None leaves one out."""
    named = {"Host": host, "Connection": "close", "Content-Length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items() if value is not None)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
