"""Rules of the observation, without storage, messenger or clock."""
