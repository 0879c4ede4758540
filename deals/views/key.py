"""What an answer that holds no form of its own depends on, besides the records."""

from crm.web import clock, locale


def answer_key(request):
    """For `remembered`: the address with its query, who reads, the day and how figures are written."""
    return request.get_full_path(), request.user.pk, request.user.may_write, clock.today(), locale.current()
