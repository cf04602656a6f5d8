import pytest

from kirin_video.engines.previs.craft import Craft
from kirin_video.engines.previs.plan import Action
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.lexicon import load_lexicon
from kirin_video.engines.previs.reading.nearest import FirstOf, NearestByEnding
from kirin_video.engines.previs.reading.radicals import NearestByRadical

LEXICON = load_lexicon()
NEAREST = FirstOf(NearestByEnding(LEXICON), NearestByRadical())


@pytest.mark.parametrize(
    ("noun", "concept"),
    [
        ("犰狳", "raccoon"),
        ("貉", "raccoon"),
        ("鹧鸪", "bird"),
        ("隼", "bird"),
        ("鳜", "fish"),
        ("蜣螂", "insect"),
        ("麂子", "deer"),
        ("艨艟", "boat"),
        ("芍药", "flower"),
        ("馓子", "meal"),
    ],
)
def test_a_radical_tells_what_a_noun_is(noun: str, concept: str) -> None:
    assert NearestByRadical().concept_for(noun) == concept


@pytest.mark.parametrize("noun", ["quokka", "东", "子", "砚台"])
def test_other_words_are_left_to_others(noun: str) -> None:
    assert NearestByRadical().concept_for(noun) is None


def test_every_radical_stands_for_something_known() -> None:
    known = {NearestByRadical().concept_for(chr(code)) for code in range(0x4E00, 0x9FA6)} - {None}
    assert known <= LEXICON.concepts.keys()
    assert len(known) >= 10


@pytest.mark.parametrize(
    ("prompt", "kind", "action"),
    [
        ("A blorb swims", "fish", Action.SWIM),
        ("A kookaburra glides over a lake", "bird", Action.GLIDE),
        ("A dhow sails on the sea", "boat", Action.SAIL),
        ("A blorb walks through the desert", "creature", Action.WALK),
        ("一只犰狳在沙漠里走", "raccoon", Action.WALK),
    ],
)
def test_a_stranger_is_played_by_what_does_such_things(prompt: str, kind: str, action: Action) -> None:
    plan = read_plan(
        prompt, seed=0, lexicon=LEXICON, craft=Craft(kinds=frozenset(LEXICON.concepts)), nearest=NEAREST
    )
    lead = plan.subjects[0]
    assert (lead.kind, lead.action) == (kind, action)
    assert lead.asked is not None
