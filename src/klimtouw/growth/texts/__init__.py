"""The texts for coaches: plain files, one format, that a teacher can edit; and what reads them."""
