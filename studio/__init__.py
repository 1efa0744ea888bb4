"""The workshop behind the front doors: documents, formulas, formats, eyes, words and the page."""
