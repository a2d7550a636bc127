"""The clinic: its settings, its practitioners, and what pages show of them."""
