"""Deaths at any moment: nothing that was confirmed or promised may be lost, doubled beyond what is known, or reordered."""
