"""Pure decisions of the front door: plain values in, an answer out."""
