"""S: what the report must hold, and how drafts fit into it."""

from __future__ import annotations

from jzreport.rules.base import CheckingRule

RULES: tuple[CheckingRule, ...] = ()
