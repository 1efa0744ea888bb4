"""Files of other programs -> our values: GarmentCode patterns, and measurement sets of Seamly, Valentina and FreeSewing."""
