"""Let `python -m clinicpress` work where the command is not on the path."""

from clinicpress.cli import main

main()
