"""Renderers: an official document as a Word file or as plain text. They know no draft, report or rule."""
