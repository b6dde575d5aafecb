"""What an importer is told besides the document."""

import datetime as dt
import hashlib

from reader.frozen import frozen
from reader.model.dates import Precision
from reader.model.identity import abstract_key, letters_key
from reader.model.labels import Label
from reader.model.paper import Fields, PaperDraft, Rejected, SourceRecord

RAW_LENGTH = 400
"""Characters of a rejected stretch that a report quotes."""


Item = PaperDraft | Rejected | Label
"""What a document tells: papers, what was not understood, and of our own exports their labels."""


@frozen
class Context:
    """The circumstances of an import.

    Attributes:
        origin: The file's name, or `samples` for the bundled shelf.
        as_of: The day the document is from: dates without a year are the latest up to it.
        seen_at: When it is imported, UTC in ISO 8601.
    """

    origin: str
    as_of: dt.date
    seen_at: str

    def draft(
        self, source: str, key: str, fields: Fields, place: int, digest: str = ""
    ) -> PaperDraft:
        """A draft with one record; of a whole archive's, a digest of all that it says."""
        record = SourceRecord(source, key, self.seen_at, self.origin, fields)
        return PaperDraft((record,), place=place, digest=digest)


def content_key(fields: Fields) -> str:
    """A key for a record whose source gives it none: from title, authors, abstract, known year."""
    sure = fields.published.precision is not Precision.YEAR_INFERRED
    year = str(fields.published.year or "") if sure else ""
    names = "; ".join(author.name for author in fields.authors)
    content = "\n".join([letters_key(fields.title), names, abstract_key(fields.abstract), year])
    return digest(content)


def digest(text: str) -> str:
    """A short key of a text's content, the same in every run."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
