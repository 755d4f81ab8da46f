"""Digests and segmentations in the forms that people and programs read."""

from summarize.render.text import clean, digest_to_text, findings_to_text, segmentation_to_text

__all__ = ["clean", "digest_to_text", "findings_to_text", "segmentation_to_text"]
