"""The main job from end to end, on the real servers, in a real browser."""
