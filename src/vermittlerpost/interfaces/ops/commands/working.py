"""`work` and `migrate`: what runs for as long as the house is open."""

from typing import Annotated

import typer
from procrastinate.contrib.django import app as engine
from procrastinate.contrib.django.django_connector import DjangoConnector

from vermittlerpost.interfaces.ops import schema
from vermittlerpost.interfaces.ops.commands.app import app, command, refuse_flawed_processes


@command("work")
def work(
    concurrency: Annotated[int, typer.Option(min=1, help="So viele Aufgaben zugleich in diesem Prozess.")] = 4,
    until_idle: Annotated[bool, typer.Option("--until-idle", help="Enden, wenn nichts mehr wartet.")] = False,
) -> None:
    """Arbeiten: fällige Schritte, Benachrichtigungen, Mails, PDFs, Druck. Beliebig viele Prozesse nebeneinander."""
    refuse_flawed_processes()
    connector = engine.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(type(connector).__name__)
    with engine.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=concurrency, wait=not until_idle, delete_jobs="successful")


@app.command("migrate")
def migrate() -> None:
    """Tabellen der Datenbank auf den Stand dieser Version bringen."""
    schema.migrate()
