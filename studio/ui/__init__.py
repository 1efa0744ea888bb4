"""The page: one file a tab, the bench with the drawings, and the parts that draw themselves."""
