"""Small services that stand on the chassis and do whatever a test asks of them, as real processes.

``notes`` produces events, ``reader`` consumes them, ``gateway`` turns HTTP into any call.
"""
