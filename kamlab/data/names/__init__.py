"""Accounts known by their names alone: one id for all the ways to write one."""
