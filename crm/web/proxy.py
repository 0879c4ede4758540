"""Who is asking: the peer itself, or whom a proxy of ours names.

Anybody can send X-Forwarded-For and X-Forwarded-Proto. They count only where the peer, whose address cannot be
made up, is one of settings.PROXIES.
"""

import ipaddress

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# What proxies say of the request they pass on.
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
UNIX = "unix"  # a proxy that comes through a socket file has no address


def parse(text):
    """The proxies that CALLBACK_PROXIES names: addresses or networks with commas, or "unix".

    Raises ImproperlyConfigured for anything else.
    """
    found = []
    for word in (part.strip() for part in text.split(",")):
        try:
            found += [UNIX] if word == UNIX else [ipaddress.ip_network(word)] if word else []
        except ValueError:
            raise ImproperlyConfigured(
                f"CALLBACK_PROXIES: “{word}” is no address; use addresses or networks such as 127.0.0.1,10.0.0.0/24."
            ) from None
    return found


def is_ours(peer):
    """Whether that peer (REMOTE_ADDR) is a proxy whose word counts."""
    if not settings.PROXIES:
        return False
    if not peer:
        return UNIX in settings.PROXIES
    address = _address(peer)
    return address is not None and any(address in network for network in settings.PROXIES if network != UNIX)


def client_address(request):
    """The address of who asks, as text; "" where there is none (a command, a socket file without a proxy).

    Each proxy appends whom it heard from, so the last address that is no proxy of ours is the client; what stands
    before it the client may have written itself.
    """
    if request is None:
        return ""
    client = request.META.get("REMOTE_ADDR", "")
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while said and is_ours(client):
        before = _address(said.pop())
        if before is None:
            break
        client = str(before)
    return client[:45]


def _address(text):
    """The IP address in a header's word, without a port or brackets; None where there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
