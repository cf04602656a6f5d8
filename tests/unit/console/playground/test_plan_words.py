from kirin_video.console.language import read_catalogues
from kirin_video.console.playground.plan_words import plan_line
from kirin_video.engines.previs.engine import PrevisEngine

CATALOGUES = read_catalogues()


def test_what_the_engine_says_of_a_prompt_is_named_in_the_page_s_language() -> None:
    prompt = (
        "Two brown dogs in red hats sit beside a woman in a blue dress on a beach at dawn with a rainbow, "
        "no people. Then it starts to rain. Slow pan left."
    )
    sheet = PrevisEngine().plan_sheet(prompt, seed=1)
    assert len(sheet.lines) > 8
    for line in sheet.lines:
        named = plan_line(CATALOGUES["zh"], line)
        assert named is None or not named[0].isascii() or named[0] == "size", line


def test_a_line_of_no_known_form_stays_whole() -> None:
    assert plan_line(CATALOGUES["en"], "  somewhere") == ("", "somewhere")
    assert plan_line(CATALOGUES["en"], "2. fox (a red fox)") == ("Subject 2", "fox (a red fox)")
    assert plan_line(CATALOGUES["en"], "Where    forest") == ("Where", "forest")
    assert plan_line(CATALOGUES["en"], "Note     No fox.") is None
