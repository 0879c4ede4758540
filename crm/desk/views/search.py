"""Search: the page, what the palette asks, and suggestions for fields that name a record."""

from django.http import Http404
from django.views.decorators.http import require_safe

from accounts.models import Contact, Prospect
from accounts.picks import value_of
from crm.desk import search as searching
from crm.web import answer

_NAMED = {"prospect": Prospect, "contact": Contact, "into": Prospect}


@require_safe
def search(request):
    """`?q=`: as a page, or as the palette's fragment; `&said=1`: only what was said, but all of it."""
    text = request.GET.get("q", "").strip()
    few = searching.FEW if answer.wants_fragment(request) else searching.MANY
    asked = {"few": searching.ALL, "kinds": ("activity",)} if request.GET.get("said") else {"few": few}

    def found():
        return {"q": text, "groups": searching.results(text, request.user, **asked)}

    return answer.kept(request, "desk/search.html", found, fragment="desk/_search_results.html")


@require_safe
def search_names(request):
    """Options for the field that asks: it sends its own value under its own name."""
    for noun, model in _NAMED.items():
        if noun in request.GET:
            found = searching.names(model, request.GET[noun])
            context = {"noun": noun, "names": [value_of(record) for record in found]}
            return answer.page(request, "desk/_search_names.html", context)
    raise Http404
