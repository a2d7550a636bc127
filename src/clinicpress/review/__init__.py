"""The review of a leaflet: what a person decided, signed and is shown."""
