"""From rows of text to typed rows of the contract, each dropped row counted."""
