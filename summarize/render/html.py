"""Digests as one page of HTML, in two columns, with what the check found marked where it is.

The page needs nothing else: no scripts, no pictures, no fonts, nothing fetched. Jinja escapes all text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from summarize.digest import Digest
from summarize.render.characters import clean
from summarize.render.story import ALL_ARRIVED, place, shown_findings, shown_front, shown_paragraphs, whole


def digests_to_html(digests: Iterable[Digest], several: bool = False) -> Iterator[str]:
    """A page, in parts: articles one below the other, each as soon as it is read.

    Args:
        digests: the articles.
        several: whether there may be more than one; the page of one has its title.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summarize", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    environment.globals |= {
        "shown_front": shown_front,
        "shown_paragraphs": shown_paragraphs,
        "shown_findings": shown_findings,
        "place": place,
        "all_arrived": ALL_ARRIVED,
    }
    digests = iter(digests)
    first = list(islice(digests, 1))
    title = "" if several else "".join(map(_title, first))
    return environment.get_template("page.html.jinja").generate(
        title=title or "Digest", articles=enumerate(chain(first, digests), 1)
    )


def _title(digest: Digest) -> str:
    """The title of an article: of all its stories, or of the only one."""
    zh = en = ""
    title, _ = shown_front(digest)
    if title:
        zh, en = whole(title.zh), whole(title.en)
    elif len(digest.sections) == 1:
        zh, en = digest.sections[0].title.zh, digest.sections[0].title.en
    return " – ".join(text for text in (zh, en) if text) or digest.source
