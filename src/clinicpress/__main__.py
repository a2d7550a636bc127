"""Let `python -m clinicpress` work where the command is not on the path."""

from clinicpress.cli import main

# Other processes of a run import this too, and must not start it again.
if __name__ == "__main__":
    main()
