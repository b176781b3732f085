"""What the pages of a family draw: pictures as positions and lines, worked out without a database."""
