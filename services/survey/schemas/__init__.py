"""What comes in and goes out at this service's boundary; the gateway uses the same classes."""
