"""Where other devices find this installation, for a link to hand on and a code to photograph."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings


def base(request):
    """The address of the start page as another device reaches it; "" where only this machine does.

    As it was asked for here; where that was by a name of this machine alone, the public address, else that of the
    network that was let in (`start --host`).
    """
    host = request.get_host()
    if not _loopback(_name(host)):
        return f"{request.scheme}://{host}/"
    if settings.PUBLIC_URL and not _loopback(urlsplit(settings.PUBLIC_URL).hostname or ""):
        return settings.PUBLIC_URL.rstrip("/") + "/"
    port = f":{request.get_port()}" if request.get_port() not in ("80", "443") else ""
    host = next((f"{_bracketed(name)}{port}" for name in settings.ALLOWED_HOSTS if _numbered(name)), "")
    return f"http://{host}/" if host else ""


def link(request, path):
    """The whole address of a path of ours for somebody else; as it is asked for here where nobody else reaches us."""
    found = base(request)
    return found.rstrip("/") + path if found else request.build_absolute_uri(path)


def _name(host):
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host


def _bracketed(name):
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _loopback(name):
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _numbered(name):
    """An address in numbers that is not this machine's own alone."""
    try:
        found = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return not found.is_loopback and not found.is_unspecified
