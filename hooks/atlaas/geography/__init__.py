"""Where places are: the official geography, and distances on the ground."""
