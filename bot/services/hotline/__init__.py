"""The parents' hotline: from a message to an answer, without giving the writer away."""
