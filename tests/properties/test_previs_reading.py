# ruff: noqa: RUF001 - Chinese prompts have Chinese punctuation
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kirin_video.engines.previs.craft import Craft
from kirin_video.engines.previs.plan import Move, Setting, TimeOfDay, Weather
from kirin_video.engines.previs.plan_sheet import plan_facts, plan_lines
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import Kind, load_lexicon

LEXICON = load_lexicon()
WORDS = st.sampled_from([" ".join(phrase) for phrase in LEXICON.phrases])
NOUNS = st.sampled_from(
    [
        " ".join(form)
        for form, meanings in LEXICON.phrases.items()
        if meanings[0].kind is Kind.SUBJECT and len(meanings) == 1 and form[0].isascii()
    ]
)
GLUE = st.sampled_from(
    [" ", ", ", ". ", "\n", " and ", " or ", " no ", " without ", "，没有", "。", ": ", " --no "]
)
PROMPTS = st.lists(st.tuples(WORDS, GLUE), max_size=12).map(lambda parts: "".join(w + g for w, g in parts))


@given(st.text(max_size=300) | PROMPTS, st.integers(0, 2**63))
@settings(max_examples=150, deadline=None)
def test_every_prompt_has_a_plan(text: str, seed: int) -> None:
    plan = read_plan(text, seed=seed, lexicon=LEXICON)
    assert plan == read_plan(text, seed=seed, lexicon=LEXICON)
    assert plan.setting in Setting
    assert plan.time in TimeOfDay
    assert plan.weather in Weather
    assert plan.move in Move
    assert 0.4 <= plan.energy <= 2.0
    assert all(note.endswith((".", "。")) for note in plan.camera_notes)
    assert all(note.endswith((".", "。")) and len(note) < 2000 for note in plan.notes)


@given(PROMPTS)
@settings(max_examples=150, deadline=None)
def test_subjects_and_beats_fit_together(text: str) -> None:
    plan = read_plan(text, seed=0, lexicon=LEXICON)
    everybody = range(len(plan.subjects))
    for at, subject in enumerate(plan.subjects):
        assert subject.count >= 1
        assert subject.size > 0.0
        assert subject.words
        assert all(r.to is None or (r.to in everybody and r.to != at) for r in subject.relations)
    starts = [beat.start for beat in plan.beats]
    assert starts == sorted(set(starts))
    assert all(0.0 < start < 1.0 for start in starts)
    assert all(act.subject in everybody for beat in plan.beats for act in beat.acts)


@given(PROMPTS)
@settings(max_examples=100, deadline=None)
def test_a_plan_prints(text: str) -> None:
    plan = read_plan(text, seed=0, lexicon=LEXICON)
    facts = plan_facts(plan)
    assert json.loads(json.dumps(facts)) == facts
    assert len(list(plan_lines(plan))) >= len(plan.subjects) + 4


@given(NOUNS, st.sampled_from(["on a beach", "and a dog", "in the rain", "runs away", "next to a house"]))
@settings(max_examples=200, deadline=None)
def test_whatever_is_named_is_in_the_plan_or_told(noun: str, rest: str) -> None:
    plan = read_plan(f"a {noun} {rest}", seed=0, lexicon=LEXICON, craft=Craft())
    told = " ".join([*(subject.words for subject in plan.subjects), *plan.notes])
    assert all(word in told for word in noun.split()[-1:])


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
