"""Chinese news roundups to Chinese summaries and English translations, story by story, with local models."""
