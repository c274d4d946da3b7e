"""Made-up requests: whatever programs may do differently is answered alike, and whatever bytes come harm nobody."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.interfaces.bipro.envelopes import NAC, SOAP_11, SOAP_12, TRAN, VERSION, WSC, WSSE, asking, listing

pytestmark = pytest.mark.django_db

ALIKE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PREFIX = st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_.-]{0,12}\Z").filter(lambda prefix: not prefix.lower().startswith("xml"))
BETWEEN = st.sampled_from(["", " ", "\n\t", "<!-- Wort -->", "<?wort?>", "\r\n<!--&lt;tran:ID&gt;-->  "])
ATTRIBUTES = st.sampled_from(["", ' id="1"', " xmlns:leer='urn:leer' leer:x='&#10;'"])


@st.composite
def requests(draw: st.DrawFn, token: str) -> str:
    """Make a request for the list that differs from others in everything but what it asks."""
    soap, tran, nac, wsse, wsc = draw(st.lists(PREFIX, min_size=5, max_size=5, unique=True))
    spaces = " ".join(
        draw(st.permutations([f'xmlns:{tran}="{TRAN}"', f'xmlns:{nac}="{NAC}"', f'xmlns:{wsse}="{WSSE}"']))
    )
    inner = draw(
        st.permutations(
            [
                f"<{nac}:BiPROVersion>{draw(BETWEEN)}{VERSION}{draw(BETWEEN)}</{nac}:BiPROVersion>",
                f"<{nac}:ConsumerID>&#x4d;VP</{nac}:ConsumerID>",
                f"<{tran}:KategorieDerLieferung> 100{draw(BETWEEN)}</{tran}:KategorieDerLieferung>",
                f"<{tran}:BestaetigeLieferungen>false</{tran}:BestaetigeLieferungen>",
                f"<{tran}:Unbekannt{draw(ATTRIBUTES)}><{tran}:ID>x</{tran}:ID></{tran}:Unbekannt>",
            ]
        )
    )
    between, attributes = draw(BETWEEN), draw(ATTRIBUTES)
    first, namespace = draw(st.sampled_from(["", "<!-- zuerst -->"])), draw(st.sampled_from([SOAP_11, SOAP_12]))
    name = draw(st.sampled_from(["listShipments", "ListShipments", "LISTSHIPMENTS"]))
    security = (
        f'<{wsse}:Security{attributes}>{between}<{wsc}:SecurityContextToken xmlns:{wsc}="{WSC}">{between}'
        f"<{wsc}:Identifier>{draw(BETWEEN)}{token}{draw(BETWEEN)}</{wsc}:Identifier></{wsc}:SecurityContextToken></{wsse}:Security>"
    )
    return (
        f'{first}<{soap}:Envelope xmlns:{soap}="{namespace}" {spaces}>'
        f"{between}<{soap}:Header>{between}{security}{between}</{soap}:Header>{between}<{soap}:Body>{between}"
        f"<{tran}:{name}{attributes}>{between}<{tran}:Request>{between.join(inner)}</{tran}:Request></{tran}:{name}>"
        f"{between}</{soap}:Body></{soap}:Envelope>"
    )


@pytest.fixture
def unbounded(allow: Any) -> None:
    allow(bipro_requests_per_minute=1_000_000)


@ALIKE
@given(st.data())
def test_order_prefixes_blanks_and_comments_do_not_matter(
    unbounded: None, letter: str, token: str, post: Any, data: st.DataObject
) -> None:
    answer = post(data.draw(requests(token)))
    assert (answer.status, answer.codes, answer.ids) == (200, ["04000"], [letter])
    assert answer.one("nac:BiPROVersion") == VERSION


@ALIKE
@given(st.binary(max_size=400))
def test_bytes_of_chance_are_no_request(stage: None, post: Any, content: bytes) -> None:
    answer = post(content)
    assert (answer.status, answer.codes) == (500, ["00001"])


@ALIKE
@given(st.data())
def test_a_request_with_some_bytes_changed_is_answered_somehow(
    unbounded: None, letter: str, token: str, post: Any, data: st.DataObject
) -> None:
    content = bytearray(
        data.draw(st.sampled_from([listing(token), asking("acknowledgeShipment", token, letter)])).encode()
    )
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    answer = post(bytes(content))
    assert answer.status in {200, 500}
    assert "99999" not in answer.codes


@ALIKE
@given(st.text(max_size=60))
def test_any_text_may_be_asked_for(unbounded: None, letter: str, token: str, post: Any, text: str) -> None:
    answer = post(asking("getShipment", token, text).encode("utf-8", "surrogatepass"))
    assert set(answer.codes) <= {"04003", "00001"}
