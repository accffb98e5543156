"""Lists as files: suggestions come in by the thousand, and every list goes out."""
