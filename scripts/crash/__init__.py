"""The crash-safety campaign: what countersign keeps when it is killed, when the disk fails, and when the power goes."""
