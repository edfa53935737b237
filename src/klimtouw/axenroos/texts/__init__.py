"""What we say about the ten animals, their five pairs and an empty place: plain files, in our own words (G4, V28)."""
