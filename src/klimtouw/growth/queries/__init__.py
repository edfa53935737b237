"""Every read of a coach's own growth: the texts, the role mirror, and what somebody wrote there."""
