"""Footage edited as its caller's prompt says, frame by frame, and streamed."""
