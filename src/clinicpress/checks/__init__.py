"""What can be checked about a built site, each family of rules in a module of its own."""
