"""Files: by the hash of their content, in a folder or an object store, and by name in a folder."""

from vermittlerpost.lib.storage.contents import Away, Missing, Store
from vermittlerpost.lib.storage.folders import Folder, FolderStore
from vermittlerpost.lib.storage.objects import Bucket, ObjectStore

__all__ = ["Away", "Bucket", "Folder", "FolderStore", "Missing", "ObjectStore", "Store"]
