"""The storm: real processes killed at random, and a count of what was lost or done twice. See bin/storm."""
