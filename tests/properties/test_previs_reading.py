# ruff: noqa: RUF001 - Chinese prompts have Chinese punctuation
from hypothesis import given, settings
from hypothesis import strategies as st

from kirin_video.engines.previs.plan import Move, Setting, TimeOfDay, Weather
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import load_lexicon

LEXICON = load_lexicon()
WORDS = st.sampled_from([" ".join(phrase) for phrase in LEXICON.phrases])
GLUE = st.sampled_from(
    [" ", ", ", ". ", "\n", " and ", " or ", " no ", " without ", "，没有", "。", ": ", " --no "]
)
PROMPTS = st.lists(st.tuples(WORDS, GLUE), max_size=12).map(lambda parts: "".join(w + g for w, g in parts))


@given(st.text(max_size=300) | PROMPTS, st.integers(0, 2**63))
@settings(max_examples=150, deadline=None)
def test_every_prompt_has_a_plan(text: str, seed: int) -> None:
    plan = read_plan(text, seed=seed, lexicon=LEXICON)
    assert plan.setting in Setting
    assert plan.time in TimeOfDay
    assert plan.weather in Weather
    assert plan.move in Move
    assert 0.4 <= plan.energy <= 2.0
    assert set(plan.camera_notes) <= set(plan.notes)
    assert all(note.endswith(".") and len(note) < 2000 for note in plan.notes)


@given(PROMPTS, st.integers(0, 2**63))
@settings(max_examples=80, deadline=None)
def test_the_seed_never_changes_what_is_in_the_picture(text: str, seed: int) -> None:
    one, other = read_plan(text, seed=0, lexicon=LEXICON), read_plan(text, seed=seed, lexicon=LEXICON)
    assert (one.setting, one.time, one.weather, one.energy) == (
        other.setting,
        other.time,
        other.weather,
        other.energy,
    )


@given(st.sampled_from(["rain", "snow", "fog", "heavy rain", "falling snow"]), WORDS)
@settings(max_examples=60, deadline=None)
def test_what_a_negative_section_names_is_not_drawn(weather: str, after: str) -> None:
    plan = read_plan(f"a beach. Negative: {weather}, {after}", seed=0, lexicon=LEXICON)
    assert plan.setting is Setting.BEACH
    assert plan.weather is Weather.CLEAR or plan.weather is Weather.CLOUDY
