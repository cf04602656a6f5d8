from kirin_video.engines.previs.bodies.bird.palette import light, moved

DARK, WHITE, RED = (0.12, 0.14, 0.17), (0.97, 0.96, 0.92), (0.8, 0.1, 0.1)


def test_a_bird_of_a_shade_near_its_kinds_keeps_its_white_breast() -> None:
    darker = (0.11, 0.13, 0.16)
    assert light(moved(WHITE, DARK, darker)) > 0.8


def test_a_bird_of_another_colour_has_a_breast_of_that_colour() -> None:
    red, green, blue = moved(WHITE, DARK, RED)
    assert red > 3.0 * max(green, blue)
