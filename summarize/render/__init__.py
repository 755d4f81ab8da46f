"""Digests and segmentations in the forms that people and programs read."""

from summarize.formats import Format, format_of
from summarize.render.characters import clean
from summarize.render.formats import render, save
from summarize.render.output import encode, open_output
from summarize.render.reading import read_digests
from summarize.render.text import digest_to_text, findings_to_text, segmentation_to_text

__all__ = [
    "Format",
    "clean",
    "digest_to_text",
    "encode",
    "findings_to_text",
    "format_of",
    "open_output",
    "read_digests",
    "render",
    "save",
    "segmentation_to_text",
]
