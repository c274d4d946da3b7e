"""One call of an operation, read: what is asked, by which header, and how it is to be answered."""

from collections.abc import Iterator
from functools import cached_property

from django.http import HttpRequest
from lxml import etree

from vermittlerpost.interfaces.bipro.envelope import IS_VERSION, Form
from vermittlerpost.interfaces.bipro.reading import child, children, name_of, operation_of, text_of
from vermittlerpost.interfaces.bipro.status import Fault

_LONGEST_CONSUMER = 50


class Call:
    """A request whose XML could be read; what it asks for is looked up, and refused, when it is needed."""

    def __init__(self, *, request: HttpRequest, root: etree._Element, form: Form) -> None:
        self.request = request
        self._root = root
        self.form = form.mirroring(root, self._version)

    @cached_property
    def operation(self) -> etree._Element:
        """Return the element that names the operation; refuses a message without one, and a version that is none."""
        operation = operation_of(self._root)
        if self._version and not IS_VERSION.fullmatch(self._version):
            raise Fault("00931")
        return operation

    @property
    def name(self) -> str:
        """Return the name of the operation in small letters."""
        return name_of(self.operation)

    @cached_property
    def security(self) -> etree._Element | None:
        """Return the header that says who calls, if there is one."""
        return child(self._root, "Header", "Security")

    @property
    def consumer(self) -> str:
        """Return what the calling program calls itself."""
        return text_of(child(self.operation, "Request", "ConsumerID"))[:_LONGEST_CONSUMER]

    def asked(self, *names: str) -> Iterator[str]:
        """Yield the texts of the elements of certain names in a request of norm 430."""
        request = child(self.operation, "Request")
        return iter(()) if request is None else map(text_of, children(request, *names))

    @cached_property
    def _version(self) -> str:
        # In norm 430 it is part of the request, in norm 410 it stands beside what is asked; namespaces vary.
        return text_of(next(self._root.iter("{*}BiPROVersion"), None))
