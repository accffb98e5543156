"""How Minsheng (民生) is run: on one machine, and the demo."""
