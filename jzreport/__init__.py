"""Compiler for a local government's annual rule-of-law report (法治政府建设年度报告)."""
