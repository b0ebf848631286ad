"""Numbers to pictures, and what can be learned from a picture's bytes."""
