"""Y: what last year's text leaves behind."""

from __future__ import annotations

from jzreport.rules.base import CheckingRule

RULES: tuple[CheckingRule, ...] = ()
