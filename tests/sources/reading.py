"""Reading a file as the importers do, without a library."""

import datetime as dt
from dataclasses import dataclass, field

from reader.model.paper import PaperDraft, Rejected
from reader.sources import formats
from reader.sources.context import Context
from reader.sources.document import open_document

CONTEXT = Context("f", dt.date(2026, 11, 22), "2026-11-22T00:00:00Z")


@dataclass
class Told:
    """What a file told."""

    format: str
    encoding: str
    drafts: list[PaperDraft] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    labels: list = field(default_factory=list)

    @property
    def fields(self):
        return [one.records[0].fields for one in self.drafts]

    @property
    def titles(self):
        return [one.title for one in self.fields]


def told(path, format_name=None):
    document = open_document(path, path.name)
    name = format_name or formats.recognise(document)
    result = Told(name, document.encoding)
    for item in formats.read(document, CONTEXT, name):
        if isinstance(item, PaperDraft):
            result.drafts.append(item)
        elif isinstance(item, Rejected):
            result.rejected.append(item)
        else:
            result.labels.append(item)
    return result


def told_text(tmp_path, text, name="file", format_name=None, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return told(path, format_name)
