"""Records as bytes, in a stream: what is written is forgotten, so that memory does not grow with it."""

#: So many records are read together.
CHUNK = 1000
