"""Turn a clinic's patient leaflet into a searchable static site, with its warnings standing out."""

__version__ = "0.1.0"
