"""应知应会: the card of a place's figures, the self-test made of them, and the charts of the same."""
