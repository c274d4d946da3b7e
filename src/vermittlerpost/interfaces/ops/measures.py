"""What Prometheus reads: queues and the worker's pulse, asked when it asks; numbers alone, nothing about anybody."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.ops import queues
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock


class _House(Collector):
    """Ask the house anew each time, so that every web process gives the same answer."""

    def collect(self) -> Iterator[Metric]:
        readings = queues.readings()
        yield _gauge("vermittlerpost_queue_waiting", "Rows that wait.", ((r.name, r.waiting) for r in readings))
        yield _gauge(
            "vermittlerpost_queue_stuck", "Rows that a person must look at.", ((r.name, r.stuck) for r in readings)
        )
        yield _gauge(
            "vermittlerpost_queue_oldest_seconds",
            "Age of the oldest row that waits, 0 if none does.",
            ((r.name, _age(r)) for r in readings if queues.QUEUES[r.name].since),
        )
        yield from _pulse()
        yield GaugeMetricFamily(
            "vermittlerpost_steps_halted",
            "1 while somebody has halted the steps of all cases, else 0.",
            float(cases.halt_in_force() is not None),
        )


def _gauge(name: str, says: str, samples: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=["queue"])
    for queue, value in samples:
        family.add_metric([queue], value)
    return family


def _age(reading: queues.Reading) -> float:
    return max((clock.now() - reading.oldest).total_seconds(), 0) if reading.oldest else 0


def _pulse() -> Iterator[Metric]:
    last = journal.last_pulse()
    if last is not None:
        age = max((clock.now() - last).total_seconds(), 0)
        yield GaugeMetricFamily("vermittlerpost_worker_pulse_age_seconds", "Since a worker last made a round.", age)


def text() -> bytes:
    """Return the measurements in Prometheus's text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_House())
    return generate_latest(registry)
