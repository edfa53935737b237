"""What people in the demo are and wrote, as plain data: invented, in the Dutch that people in Flanders write."""
