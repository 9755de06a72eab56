"""Lets ``python -m kamlab`` do what the command ``kamlab`` does."""

from kamlab.cli import main

main()
