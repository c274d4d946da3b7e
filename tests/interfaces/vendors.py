"""Two programs that a vendor may have built, on nothing but plain HTTP: a careful one, and one that is not."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from tests.interfaces.bipro import envelopes

from vermittlerpost.interfaces.ops.lab.world import PASSWORD, SOFTWARE

PATIENCE = 90
_OPENER = build_opener(ProxyHandler({}))
_ID = re.compile(r"<tran:ID>([^<]+)<")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    @property
    def has_pdf(self) -> bool:
        """Tell whether the answer is whole: it ends as it should, and the document is in it."""
        is_closed = self.body.rstrip().endswith(b"--")
        return is_closed and b"%PDF-" in self.body and b"EOF" in self.body

    @property
    def is_data_only(self) -> bool:
        return "<tran:EnthaeltNurDaten>true<" in self.text


def ask(url: str, body: bytes | None = None, method: str | None = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with _OPENER.open(Request(url, data=body, method=method, headers=named), timeout=PATIENCE) as response:
            return Answer(response.status, dict(response.headers), response.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, dict(error.headers), error.read())


class Desk:
    """What a vendor asks of the laboratory itself."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str) -> Any:
        return json.loads(ask(f"{self.url}/labor/{path}", Accept="application/json").body)

    def post(self, path: str, **asked: object) -> Any:
        return json.loads(ask(f"{self.url}/labor/{path}", json.dumps(asked).encode()).body)

    def rules(self) -> dict[str, dict[str, str]]:
        """Return the report's rules by the first words of their titles."""
        return {rule["regel"]: rule for rule in self.get("bericht")["regeln"]}

    def verdict(self, words: str) -> str:
        [found] = [rule["urteil"] for title, rule in self.rules().items() if words in title]
        return found


class Careless:
    """Logs in once, and takes whatever comes for good."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = ""

    def log_in(self) -> Answer:
        answer = self.post(envelopes.STS, "RequestSecurityToken", envelopes.login(SOFTWARE, PASSWORD))
        self.token = "".join(re.findall(r"<wsc:Identifier>([^<]+)<", answer.text))
        return answer

    def list(self) -> list[str]:
        return _ID.findall(self.shipments("listShipments").text)

    def get(self, shipment: str) -> Answer:
        return self.shipments("getShipment", f"<tran:ID>{shipment}</tran:ID>")

    def acknowledge(self, shipment: str) -> Answer:
        return self.shipments("acknowledgeShipment", f"<tran:ID>{shipment}</tran:ID>")

    def shipments(self, operation: str, content: str = "") -> Answer:
        return self.post(envelopes.TRANSFER, operation, envelopes.call(operation, self.token, content))

    def post(self, path: str, operation: str, message: str) -> Answer:
        action = {"SOAPAction": f'"urn:{operation}"', "Content_Type": "text/xml; charset=utf-8"}
        return ask(self.url + path, message.encode(), **action)


class Careful(Careless):
    """Comes back after every fault, and acknowledges only what it has."""

    def post(self, path: str, operation: str, message: str) -> Answer:
        answer = super().post(path, operation, message)
        if answer.status == 503:
            time.sleep(float(answer.headers["Retry-After"]))
            return self.post(path, operation, message)
        return answer

    def shipments(self, operation: str, content: str = "") -> Answer:
        answer = super().shipments(operation, content)
        if answer.status == 500 and ">00962<" in answer.text:
            self.log_in()
            return super().shipments(operation, content)
        return answer

    def fetch(self) -> int:
        """Fetch and acknowledge all that waits, on several connections, and return how much it was."""
        waiting = set(self.list())
        with ThreadPoolExecutor(4) as connections:
            return sum(connections.map(self._take, waiting))

    def _take(self, shipment: str) -> bool:
        answer = self.get(shipment)
        while not (answer.has_pdf or answer.is_data_only):
            answer = self.get(shipment)
        return self.acknowledge(shipment).status == 200
