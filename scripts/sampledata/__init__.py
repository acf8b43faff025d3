"""The sample week at Larkfield."""
