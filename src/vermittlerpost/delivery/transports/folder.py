"""A print shop that takes batches from a folder; its answers come on another way."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vermittlerpost.delivery.transports import Answer, Read, ShopAway
from vermittlerpost.lib.storage import Folder


@dataclass(frozen=True, kw_only=True)
class ShopFolder:
    """A folder that the print shop empties."""

    path: Path

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Lay files there in their order; refuses if the folder is not there, since that may be a drive."""
        if not self.path.is_dir():
            raise ShopAway(f"{self.path} fehlt")
        folder = Folder(self.path)
        for name, content in files.items():
            folder.write(name, content)

    def check(self) -> str:
        """Return in German that the folder can be written to; refuses if it cannot."""
        if not (self.path.is_dir() and os.access(self.path, os.R_OK | os.W_OK | os.X_OK)):
            raise ShopAway(f"{self.path} fehlt oder ist nicht beschreibbar")
        return f"{self.path} ist beschreibbar."

    def answers(self) -> Sequence[Answer]:
        """Return nothing."""
        return ()

    def put_away(self, answers: Sequence[Read]) -> None:
        """Do nothing, there being no answers."""
