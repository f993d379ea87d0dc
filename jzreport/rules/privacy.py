"""P: what must not be published."""

from __future__ import annotations

from jzreport.rules.base import CheckingRule

RULES: tuple[CheckingRule, ...] = ()
