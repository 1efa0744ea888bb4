"""Sleeves and what ends them."""
