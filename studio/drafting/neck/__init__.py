"""What is sewn to the neckline: collars, lapels, hoods."""
