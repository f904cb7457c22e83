"""What is true: the domain. Nothing below this folder imports Reflex."""
