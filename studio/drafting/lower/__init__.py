"""Skirts and trousers, and how they close at the waist."""
