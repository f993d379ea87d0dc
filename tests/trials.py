"""How often a property is tried: as often as its test says, or, in a thorough run, as often as the profile says."""

from __future__ import annotations

from hypothesis import settings

QUICK = 100  # what the profile of every run gives tests that ask for no number


def tries(count: int) -> settings:
    """Return settings for `count` examples; a thorough profile raises them to its own number."""
    wanted = settings().max_examples
    return settings(max_examples=count if wanted <= QUICK else max(count, wanted))
