"""Satisfaction assessment (满意度测评): what deputies think of what was done, and the score."""
