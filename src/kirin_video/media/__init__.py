"""Files of pictures and video: judging what callers send, writing what they get back.

``frames`` is light. Every other module here brings PyAV, Pillow or OpenCV: import it where it is used.
"""
