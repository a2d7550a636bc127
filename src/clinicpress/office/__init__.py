"""Word and OpenDocument files: what pandoc reads of them otherwise than a reader sees it."""
