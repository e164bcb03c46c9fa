"""What people send, cleaned to its final type."""
