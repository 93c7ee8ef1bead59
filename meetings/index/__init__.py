"""What is derived for speed."""
