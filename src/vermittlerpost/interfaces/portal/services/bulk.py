"""Turn one switch of many users at once: of those that are ticked, or of all that the filter shows."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.interfaces.portal.services import matrix, previews, words
from vermittlerpost.interfaces.portal.services.administration import filter_form
from vermittlerpost.interfaces.portal.services.previews import Change, Occasion
from vermittlerpost.interfaces.portal.services.switches import CHOICES
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions import Choice
from vermittlerpost.notifications.categories import CATEGORIES


@for_administrators("POST")
def bulk(request: Visit) -> HttpResponseBase:
    """Show what the change would do, then make it."""
    filtered = QueryDict(request.POST.get("filter", ""))
    back = f"{reverse('administration')}?{filtered.urlencode()}" if filtered else reverse("administration")
    code, wanted = request.POST.get("kategorie", ""), request.POST.get("einstellung", "")
    choices = _choices(request, filtered) if code in CATEGORIES and wanted in CHOICES else []
    if not choices:
        messages.warning(request, gettext("Wählen Sie Benutzer, eine Kategorie und eine Einstellung aus."))
        return redirect(back)

    def choose() -> None:
        notifications.choose(choices, by=request.user.login_id)

    try:
        if previews.step(request) != "speichern":
            occasion = _occasion(request, choices, back)
            return previews.show(request, occasion, notifications.preview(choose, firm=request.user.firm_id))
        choose()
    except Refused as refusal:
        messages.error(request, said(refusal))
        return redirect(back)
    count = len(choices)
    sentence = ngettext("Die Benachrichtigung von %(count)d Benutzer ist eingestellt.",
                        "Die Benachrichtigungen von %(count)d Benutzern sind eingestellt.", count)  # fmt: skip
    messages.success(request, sentence % {"count": count})
    return redirect(back)


def _choices(request: Visit, filtered: QueryDict) -> list[Choice]:
    """Return the choices for whoever is meant; foreign and technical users are nobody that could be ticked."""
    standing = queries.standing(request.user.firm_id)
    meant = matrix.matching(standing, filter_form(filtered, standing).asked())
    if request.POST.get("wer") != "gefilterte":
        ticked = set(request.POST.getlist("benutzer"))
        meant = [member for member in standing.members.values() if member.login_id in ticked]
    wanted = CHOICES[request.POST["einstellung"]]
    return [
        Choice(login_id=member.login_id, category=request.POST["kategorie"], wanted=wanted)
        for member in meant
        if not member.technical
    ]


def _occasion(request: Visit, choices: Sequence[Choice], back: str) -> Occasion:
    count = len(choices)
    users = ngettext("%(count)d Benutzer", "%(count)d Benutzer", count) % {"count": count}
    title = gettext(CATEGORIES[choices[0].category].title)
    changes = [Change(label=f"{title}, {users}", before=gettext("verschieden"), after=words.choice(choices[0].wanted))]
    crumbs = [(gettext("Administration"), reverse("administration"))]
    # Who was shown is who is changed, whatever the filter would find by then.
    repeated = [(name, request.POST[name]) for name in ("kategorie", "einstellung")]
    repeated += [("filter", request.POST.get("filter", "")), *(("benutzer", choice.login_id) for choice in choices)]
    title = gettext("Mehrere Benutzer ändern")
    return Occasion(title=title, crumbs=crumbs, back=back, changes=changes, repeated=repeated)
