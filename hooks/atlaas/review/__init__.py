"""What a change means: for those who review a proposal, and for the records over time."""
