"""Where a plain browser goes after an action that is reached from several pages."""

from urllib.parse import SplitResult, urlsplit

from django.utils.http import url_has_allowed_host_and_scheme


def back(request, default):
    """`next` of the form or the query string where it leads into this site, otherwise `default`."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if safe else default


def page_asked_from(request, otherwise):
    """The page of ours that the form stands on, by its Referer, for forms that are drawn once for all pages."""
    address = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if here else otherwise


def htmx_page(request):
    """The address of the page that htmx asks from, split; all parts empty for a plain browser and for nonsense."""
    try:
        return urlsplit((request.htmx.current_url or "") if request.htmx else "")
    except ValueError:  # a header is whatever its sender writes
        return SplitResult("", "", "", "", "")
