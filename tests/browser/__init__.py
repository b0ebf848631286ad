"""The page of phones, in a real Chromium, against the real sandbox."""
