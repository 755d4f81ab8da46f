"""Digests and segmentations in the forms that people and programs read."""

from summarize.render.characters import clean
from summarize.render.formats import OTHER_SUFFIXES, SUFFIXES, Format, choose_format, format_of, render, save
from summarize.render.output import encode, open_output
from summarize.render.reading import read_digests
from summarize.render.text import digest_to_text, findings_to_text, segmentation_to_text

__all__ = [
    "OTHER_SUFFIXES",
    "SUFFIXES",
    "Format",
    "choose_format",
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
