"""Ask what came in for a case while it was closed, and found no place."""

from django.db.models import Q, QuerySet

from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.models import Case
from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.intake.models import Application, Notice
from vermittlerpost.intake.rules.plates import loose_plate_key


def applications_unheard(case: Case) -> QuerySet[Application]:
    """Return the applications that wait for a notice and bear a mark of a case."""
    return Application.objects.filter(_bears_a_mark_of(case), outcome=Outcome.WAITING)


def signals_unheard(case: Case) -> QuerySet[Notice]:
    """Return the signals that found no case and bear a mark of a case."""
    return Notice.objects.filter(_bears_a_mark_of(case), outcome=Outcome.UNMATCHED)


def _bears_a_mark_of(case: Case) -> Q:
    """Look for the VIN, else for the eVB or a plate with no VIN or the same."""
    vin = Q(vin=case.vin) if case.vin else Q(pk__in=[])
    plates = [loose_plate_key(plate) for plate in cases.plates_of([case.id])[case.id]]
    others = Q(plate_key__in=plates) | (Q(evb=case.evb) if case.evb else Q(pk__in=[]))
    return vin | (others & Q(vin__in={"", case.vin}) if case.vin else others)
