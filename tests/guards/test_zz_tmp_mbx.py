import pytest, cProfile, pstats, time
from benchmarks import days, mailboxes
from benchmarks.visiting import MAILBOX
from django.conf import settings
from django.test import Client
from vermittlerpost.agencies import queries as agencies
@pytest.mark.django_db
def test_x():
    mailboxes.enter(); mailboxes.fill(4000, days.morning(0))
    u=agencies.user(mailboxes.login_of(3))
    client=Client(); client.force_login(u, backend=settings.AUTHENTICATION_BACKENDS[-1])
    import sys
    client.get(MAILBOX)
    for path in (MAILBOX,"/kontakt/"):
        a=time.process_time()
        for _ in range(10): client.get(path)
        print(path,(time.process_time()-a)*100,"ms")
    import django.test.signals, django.test.utils
    pr=cProfile.Profile(); pr.enable()
    for _ in range(10): client.get(MAILBOX)
    pr.disable()
    pstats.Stats(pr).sort_stats("cumtime").print_stats(70)
