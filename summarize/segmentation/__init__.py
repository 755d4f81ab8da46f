"""Segmentation: an article becomes sections, one for each story, and every paragraph gets its role."""

from summarize.segmentation.explain import ExplainedParagraph, Explanation, Reason, explain
from summarize.segmentation.plot import plot_scores
from summarize.segmentation.reading import segment

__all__ = ["ExplainedParagraph", "Explanation", "Reason", "explain", "plot_scores", "segment"]
