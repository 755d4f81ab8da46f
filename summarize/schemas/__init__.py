"""JSON Schema files of what the package writes: `digest.json` and `segmentation.json`."""
