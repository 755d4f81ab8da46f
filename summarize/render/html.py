"""Digests as one page of HTML, in two columns, with what the check found marked where it is.

The page needs nothing else: no scripts, no pictures, no fonts, nothing fetched. Jinja escapes all text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarize.digest import Digest
from summarize.render.characters import clean
from summarize.render.story import ALL_ARRIVED, place, shown_paragraphs


def digests_to_html(digests: Iterable[Digest]) -> Iterator[str]:
    """A page, in parts: articles one below the other, each as soon as it is read."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarize", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    template = environment.get_template("page.html.jinja")
    return template.generate(
        articles=enumerate(digests, 1), shown_paragraphs=shown_paragraphs, place=place, all_arrived=ALL_ARRIVED
    )
