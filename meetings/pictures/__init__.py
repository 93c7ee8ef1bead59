"""What lenses see, drawn: plain data to SVG. A module for each lens; `svg` is what all of them share."""
