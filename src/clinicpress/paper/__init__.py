"""A leaflet on paper: its pages as one text, and that text as Typst sets it."""
