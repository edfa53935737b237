"""The leaving package (P4): everything that is somebody's, as pages to read and as data to bring back."""
