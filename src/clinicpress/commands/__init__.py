"""The commands, one in each module; they and `telling` are what prints or exits."""
