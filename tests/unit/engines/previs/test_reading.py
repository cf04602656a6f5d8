# ruff: noqa: RUF001 - Chinese prompts have Chinese punctuation
from dataclasses import replace

import pytest

from kirin_video.engines.previs.craft import Craft, this_engine
from kirin_video.engines.previs.plan import Move, Place, Setting, ShotPlan, TimeOfDay, Weather
from kirin_video.engines.previs.reading import read_plan
from kirin_video.engines.previs.reading.camera import _SIDES
from kirin_video.engines.previs.reading.lexicon import Kind, load_lexicon
from kirin_video.engines.previs.reading.nearest import NearestByEnding
from kirin_video.engines.previs.reading.tokens import singular

MEADOW, DESERT, SEA, BEACH = Setting.MEADOW, Setting.DESERT, Setting.SEA, Setting.BEACH
MOUNTAINS, CITY, NIGHT_SKY = Setting.MOUNTAINS, Setting.CITY, Setting.NIGHT_SKY
FOREST, LAKE, KITCHEN, UNDERWATER = Setting.FOREST, Setting.LAKE, Setting.KITCHEN, Setting.UNDERWATER
DAWN, DAY, DUSK, NIGHT = TimeOfDay.DAWN, TimeOfDay.DAY, TimeOfDay.DUSK, TimeOfDay.NIGHT
CLEAR, CLOUDY, RAIN, SNOW, FOG = Weather.CLEAR, Weather.CLOUDY, Weather.RAIN, Weather.SNOW, Weather.FOG


LEXICON = load_lexicon()


def read(text: str, seed: int = 0) -> ShotPlan:
    return read_plan(text, seed=seed, lexicon=LEXICON, craft=Craft())


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("A quiet meadow full of wildflowers", MEADOW),
        ("sunlight through an old forest", FOREST),
        ("a bench in the park", MEADOW),
        ("Wheat fields swaying in the wind", MEADOW),
        ("a sea of grass under the wind", MEADOW),
        ("Sand dunes at noon", DESERT),
        ("a camel caravan", DESERT),
        ("the surface of Mars", DESERT),
        ("a desert highway stretching to the horizon", Setting.ROAD),
        ("waves on the open ocean", SEA),
        ("a sailboat in the wind", SEA),
        ("fishing boats in the harbour", SEA),
        ("coral reef with fish", UNDERWATER),
        ("Waves crashing on a sandy beach", BEACH),
        ("the sea rolling onto the beach", BEACH),
        ("a tropical island with palm trees", BEACH),
        ("palm trees swaying", BEACH),
        ("snow-capped mountains", MOUNTAINS),
        ("Snowcapped peaks above a valley", MOUNTAINS),
        ("a sea of clouds below the summit", MOUNTAINS),
        ("a volcano", MOUNTAINS),
        ("a lake ringed by pines", LAKE),
        ("a busy street with traffic", CITY),
        ("skyscrapers and neon signs", CITY),
        ("a cozy cafe", KITCHEN),
        ("Tokyo in the rain", CITY),
        ("a park in the city", MEADOW),
        ("the Milky Way", NIGHT_SKY),
        ("northern lights dancing", NIGHT_SKY),
        ("a rocket among the stars", NIGHT_SKY),
        ("a boat under the stars", SEA),
        ("stars above a boat", SEA),
        ("beach at night under stars", BEACH),
        ("a lone lighthouse on a rocky cliff, waves crashing", BEACH),
        ("an astronaut riding a horse on the moon", DESERT),
        ("a beach below mountains", BEACH),
        ("mountains behind a beach", MOUNTAINS),
        ("a castle on a hill", MEADOW),
        ("not in the city but on a beach", BEACH),
        ("no beach, just mountains", MOUNTAINS),
        ("starfish on the sand", BEACH),
        ("a dessert on a table", Setting.ROOM),
        ("shallow depth of field, a city street", CITY),
        ("a movie star eats seafood", KITCHEN),
        ("a horse", MEADOW),
        ("", MEADOW),
        ("!!! ??? 123", MEADOW),
        ("海边的日落", BEACH),
        ("宁静的草原", MEADOW),
        ("竹林里的小路", FOREST),
        ("金色的沙丘", DESERT),
        ("海浪翻滚", SEA),
        ("雪山下的湖泊", MOUNTAINS),
        ("黄山云海", MOUNTAINS),
        ("上海的街头", CITY),
        ("星空下的沙漠", DESERT),
        ("沙漠，满天星星", DESERT),
        ("一只山羊在草地上", MEADOW),
        ("海报", MEADOW),
        ("海豚跃出水面", SEA),
        ("停车场", CITY),
        ("银河", NIGHT_SKY),
        ("不要城市，要海滩", BEACH),
    ],
)
def test_the_world(text: str, setting: Setting) -> None:
    assert read(text).setting is setting


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("a beach", DAY),
        ("a beach at sunset", DUSK),
        ("golden hour over the desert", DUSK),
        ("Evening in the old town", DUSK),
        ("blue hour in the city", DUSK),
        ("Morning in the mountains", DAWN),
        ("a meadow at first light", DAWN),
        ("morning mist over the lake", DAWN),
        ("sunrise at sea", DAWN),
        ("late morning in the park", DAY),
        ("a sunny beach", DAY),
        ("midnight in the city", NIGHT),
        ("a moonlit sea", NIGHT),
        ("a clear night in the desert", NIGHT),
        ("a beach under the stars", NIGHT),
        ("a night sky", NIGHT),
        ("stars", NIGHT),
        ("neon signs in an alley", NIGHT),
        ("sunset under the first stars", DUSK),
        ("one day a knight rode over the hill", DAY),
        ("a five-star hotel", DAY),
        ("a beach, not at night", DAY),
        ("night falls... no moon, a dark sea", NIGHT),
        ("日落时分的海滩", DUSK),
        ("清晨的草地", DAWN),
        ("夜晚的城市", NIGHT),
        ("夜莺在森林里歌唱", DAY),
        ("夕阳下的沙丘", DUSK),
        ("月光洒在海面上", NIGHT),
        ("正午的沙漠", DAY),
        ("星期一的街道", DAY),
        ("雪夜", NIGHT),
    ],
)
def test_the_time(text: str, time: TimeOfDay) -> None:
    assert read(text).time is time


@pytest.mark.parametrize(
    ("text", "weather"),
    [
        ("a meadow", CLEAR),
        ("a rainy street", RAIN),
        ("it is raining over the sea", RAIN),
        ("heavy rain and dark clouds", RAIN),
        ("a thunderstorm at sea", RAIN),
        ("Snow falling on the city", SNOW),
        ("a blizzard in the mountains", SNOW),
        ("snow-covered fields", SNOW),
        ("snow-capped mountains", CLEAR),
        ("snowy mountain peaks", CLEAR),
        ("a snow leopard on a ridge", CLEAR),
        ("a rainbow over the meadow", CLEAR),
        ("a girl in a raincoat", CLEAR),
        ("a rainforest", CLEAR),
        ("fog rolling over the hills", FOG),
        ("misty mountains", FOG),
        ("a hazy city", FOG),
        ("an overcast beach", CLOUDY),
        ("clouds drift over the desert", CLOUDY),
        ("fluffy white clouds in a blue sky over a meadow", CLEAR),
        ("after the rain, a clear sky", CLEAR),
        ("no rain", CLEAR),
        ("a city street without fog", CLEAR),
        ("no rain, snow or fog, golden light over the sea", CLEAR),
        ("no rain but heavy fog", FOG),
        ("no fog, light rain in the street", RAIN),
        ("no rain and sunny", CLEAR),
        ("it isn't snowing in the mountains", CLEAR),
        ("a fog-free valley", CLEAR),
        ("it never stops raining in the city", RAIN),
        ("a beach. Negative: snow, rain", CLEAR),
        ("mountains\nNegative prompt: fog\nPositive: snowing", SNOW),
        ("a meadow --no rain fog", CLEAR),
        ("snow, no rain", SNOW),
        ("rain with no snow on a beach", RAIN),
        ("free of fog, a rainy harbour", RAIN),
        ("instead of rain, snow", SNOW),
        ("not sunny, a beach", CLOUDY),
        ("cloudless sky above dunes", CLEAR),
        ("下雨的街道", RAIN),
        ("没有雨的街道", CLEAR),
        ("没有雨和雾，只有雪", SNOW),
        ("彩虹下的草地", CLEAR),
        ("大雪纷飞的山谷", SNOW),
        ("浓雾笼罩的森林", FOG),
        ("不下雨的海滩", CLEAR),
        ("阴天的海边", CLOUDY),
        ("雪豹在山上", CLEAR),
        ("撑着雨伞的女孩", CLEAR),
        ("雪山", CLEAR),
        ("蓝天白云下的草原", CLEAR),
        ("街道，负面提示词：雨，雾", CLEAR),
    ],
)
def test_the_weather(text: str, weather: Weather) -> None:
    assert read(text).weather is weather


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("a beach", Move.PUSH_IN),
        ("a beach, static shot", Move.STILL),
        ("the camera does not move", Move.STILL),
        ("a meadow, no camera movement", Move.STILL),
        ("locked-off tripod shot of a city", Move.STILL),
        ("no zoom, a beach", Move.STILL),
        ("no zoom, slow pan left over a beach", Move.PAN_LEFT),
        ("The camera pans left", Move.PAN_LEFT),
        ("camera pans slowly to the right across the valley", Move.PAN_RIGHT),
        ("panning from right to left", Move.PAN_LEFT),
        ("pan from left to right over the dunes", Move.PAN_RIGHT),
        ("the camera tilts up to the stars", Move.TILT_UP),
        ("tilt down to the street", Move.TILT_DOWN),
        ("slow push in on the lighthouse", Move.PUSH_IN),
        ("dolly in", Move.PUSH_IN),
        ("slow zoom out from the peak", Move.PULL_OUT),
        ("the camera pulls back to reveal the city", Move.PULL_OUT),
        ("the camera orbits to the left around the tower", Move.ORBIT_LEFT),
        ("orbit shot moving right", Move.ORBIT_RIGHT),
        ("tracking shot through the forest", Move.TRACK_FORWARD),
        ("camera tracks right along the shore", Move.TRACK_RIGHT),
        ("truck left past the shops", Move.TRACK_LEFT),
        ("the camera slowly glides forward over the sea", Move.TRACK_FORWARD),
        ("drone shot flying over the mountains", Move.TRACK_FORWARD),
        ("the camera moves up above the roofs", Move.CRANE_UP),
        ("crane up over the meadow", Move.CRANE_UP),
        ("crane shot descending: camera lowers to the street", Move.CRANE_UP),
        ("crane down to the beach", Move.CRANE_DOWN),
        ("the camera descends into the valley", Move.CRANE_DOWN),
        ("the camera starts on the sky and tilts down to the city", Move.TILT_DOWN),
        ("please do not move the camera", Move.STILL),
        ("tilt the camera up", Move.TILT_UP),
        ("a beach, rising slowly", Move.CRANE_UP),
        ("a beach. Orbit.", Move.ORBIT_RIGHT),
        ("a frying pan on a table", Move.PUSH_IN),
        ("a construction crane in the city", Move.PUSH_IN),
        ("birds fly left over the sea", Move.PUSH_IN),
        ("a shot of birds flying right over the sea", Move.PUSH_IN),
        ("a train track through the desert", Move.PUSH_IN),
        ("the car turns left", Move.PUSH_IN),
        ("still water in a lake", Move.PUSH_IN),
        ("the camera follows the river", Move.TRACK_FORWARD),
        ("镜头向左摇", Move.PAN_LEFT),
        ("镜头从左向右缓慢平移", Move.TRACK_RIGHT),
        ("镜头缓缓推进", Move.PUSH_IN),
        ("镜头拉远", Move.PULL_OUT),
        ("镜头上升", Move.CRANE_UP),
        ("镜头缓慢下降", Move.CRANE_DOWN),
        ("固定镜头，海边", Move.STILL),
        ("镜头环绕着城市", Move.ORBIT_RIGHT),
        ("镜头向前移动，穿过森林", Move.TRACK_FORWARD),
        ("镜头向右移动", Move.TRACK_RIGHT),
        ("森林里有雾，慢慢向前移动", Move.TRACK_FORWARD),
        ("飞机起飞", Move.PUSH_IN),
    ],
)
def test_the_camera(text: str, move: Move) -> None:
    assert read(text).move is move


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a beach", 0.5, 0.7),
        ("pan left", 1.0, 1.0),
        ("slow pan left", 0.6, 0.7),
        ("the camera slowly pushes in", 0.6, 0.7),
        ("push in very slowly", 0.4, 0.5),
        ("pan right, slowly", 0.6, 0.7),
        ("fast pan right over the city", 1.4, 1.6),
        ("the camera quickly pulls back", 1.4, 1.6),
        ("very fast zoom in", 1.9, 2.1),
        ("a fast car in the city, pan left", 1.0, 1.0),
        ("a fast train passes while the camera tilts up", 1.0, 1.0),
        ("镜头缓缓推进", 0.6, 0.7),
        ("镜头快速拉远", 1.4, 1.6),
    ],
)
def test_the_energy(text: str, low: float, high: float) -> None:
    assert low <= read(text).energy <= high


def told(text: str) -> str:
    return " ".join(read(text).notes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a brown horse and two people on a beach", "not drawn: a brown horse, two people."),
        ("Three small dogs run through the park", "three small dogs"),
        ("a herd of wild horses in a meadow", "a herd of wild horses"),
        ("a scruffy dog on a beach", "a scruffy dog"),
        ("a cup of coffee on a beach", "cup of coffee"),
        ("an astronaut in the desert", "an astronaut"),
        ("a red fishing boat at sea", "a red fishing boat"),
        ("一匹棕色的马在海滩上奔跑", "一匹棕色的马"),
        ("两个人在街上", "两个人"),
        ("海边的女孩", "女孩"),
        ("a jungle", 'nearest place to "jungle"'),
        ("a beach below mountains", 'drew a beach, not "mountains"'),
        ("a city by day, a city at night", 'drew day, not "at night"'),
        ("rain and fog in the street", 'drew rain, not "fog"'),
        ("pan left over the beach, then tilt up", "did pan left, not tilt up."),
        ("a city, time-lapse", '"time-lapse"'),
        ("anime style city street", '"anime style"'),
        ("aerial view of a city", '"aerial view"'),
        ("snow leopard", "snow leopard"),
        ("the night sky at noon", 'by night, not "noon"'),
    ],
)
def test_the_caller_is_told_what_is_missing(text: str, words: str) -> None:
    assert words in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "a quiet beach at sunset, slow pan left",
        "a city street at night, no people, without cars",
        "a calm sea at dusk",
        "waves rolling onto the beach by the sea",
        "beach at night under the stars",
        "mountains under the milky way",
        "palm trees on a beach",
        "northern lights over a still lake",
        "heavy rain and dark clouds over a city street",
        "a meadow. Negative: people, horses, text",
        "没有行人的街道",
        "城市街道，不要汽车",
    ],
)
def test_nothing_is_told_where_all_is_done(text: str) -> None:
    assert read(text).notes == ()


def test_what_bodies_cannot_do_is_told() -> None:
    def notes(text: str) -> str:
        return " ".join(read_plan(text, seed=0, lexicon=LEXICON).notes)

    assert "a cat (read)" in notes("a cat reads a book on a sofa")
    assert "a dog (between two cats)" in notes("a dog sits between two cats in a meadow")
    assert notes("a woman reads a book on a sofa") == ""


def test_the_camera_does_what_is_asked_but_not_with_a_photograph() -> None:
    text = "a dog on a beach, dolly zoom, handheld, slow motion, close-up, then cut to a cat in a city"
    plan = read_plan(text, seed=0, lexicon=LEXICON)
    assert plan.notes == ()
    assert len(plan.camera_notes) == 2


def test_what_is_said_of_a_later_beat_is_not_said_of_the_whole() -> None:
    plan = read_plan(
        "A man runs on a beach by day. Cut to a close-up of a cat in a city at night, "
        "then the camera pulls back",
        seed=0,
        lexicon=LEXICON,
    )
    assert (plan.setting, plan.time, plan.framing.size, plan.move) == ("beach", "day", None, "push_in")
    cut, back = plan.beats
    assert (cut.cut, cut.setting, cut.time) == (True, "city", "night")
    assert cut.framing is not None
    assert cut.framing.size == "close_up"
    assert [plan.subjects[k].kind for k in cut.subjects] == ["cat"]
    assert plan.subjects[cut.subjects[0]].enters == 1
    assert (back.cut, back.move) == (False, "pull_out")


def test_notes_on_the_camera_hold_without_the_world() -> None:
    plan = read("a horse, pan left, then tilt up, slow motion")
    assert len(plan.camera_notes) == 2
    assert set(plan.camera_notes) < set(plan.notes)


def test_the_seed_turns_only_what_has_no_direction() -> None:
    assert {read("panning shot of a beach", s).move for s in range(4)} == {Move.PAN_LEFT, Move.PAN_RIGHT}
    assert {read("pan left over a beach", s).move for s in range(4)} == {Move.PAN_LEFT}
    plans = {read("a rainy city at night, two people", s) for s in range(20)}
    assert len(plans) == 1


def test_the_shipped_lexicon_is_the_default() -> None:
    assert read_plan("a beach at dusk", seed=0, craft=Craft()) == read("a beach at dusk")


def test_typography_and_case_do_not_matter() -> None:
    plain = read("a snow-capped mountain at sunset, no fog, pan left")
    assert read("A SNOW\u2010CAPPED Mountain at Sunset, no fog, PAN LEFT") == plain
    assert read("\uff41 snow-capped mountain at sunset\uff0c no fog\uff0c pan left") == plain
    assert read("it isn\u2019t raining in the city").weather is CLEAR


def test_long_prompts_are_read_in_good_time() -> None:
    text = "a beach at sunset with a brown horse, the camera pans left slowly, no rain or fog; " * 60
    plan = read(text[:5000])
    assert (plan.setting, plan.time, plan.move) == (BEACH, DUSK, Move.PAN_LEFT)
    assert sum(map(len, plan.notes)) < 1500


def test_plurals_fold_to_their_singular() -> None:
    pairs = {
        "dunes": "dune",
        "beaches": "beach",
        "skies": "sky",
        "grass": "grass",
        "horses": "horse",
        "men": "man",
    }
    assert {word: singular(word) for word in pairs} == pairs


def test_the_lexicon_knows_only_worlds_and_moves_that_exist() -> None:
    said = {(m.kind, m.value) for meanings in LEXICON.phrases.values() for m in meanings}
    assert {v for k, v in said if k is Kind.PLACE} == set(Place) == set(LEXICON.worlds)
    assert set(LEXICON.worlds.values()) | set(LEXICON.shown) <= set(Setting)
    assert {v for k, v in said if k is Kind.TIME} == set(TimeOfDay)
    assert {v for k, v in said if k is Kind.WEATHER} == set(Weather)
    assert {v for k, v in said if k is Kind.MOVE} == set(_SIDES)
    assert all(len(key) > 0 for key in LEXICON.phrases)


def test_notes_are_in_the_language_of_the_prompt() -> None:
    assert read("三只犰狳在停车场").notes == (
        "画的是城市街道，它与“停车场”最接近。",
        "还不会画这些主体：三只犰狳。",
    )


def test_a_season_that_a_world_does_not_show_is_told() -> None:
    assert read("a beach in autumn").notes == ("Drew a beach as in summer; it shows no autumn.",)
    assert read("a desert in winter").notes == ("Drew a desert as in summer; it shows no winter.",)
    for shown in ("a forest in autumn", "a village in winter", "a beach in summer", "a snowy winter desert"):
        assert read(shown).notes == ()


def test_an_empty_stage_gets_a_stand_in() -> None:
    craft = this_engine()
    for text, kind in (("a quokka eats in a garden", "bear"), ("a zorble in a living room", "box")):
        (subject,) = read_plan(
            text, seed=0, lexicon=LEXICON, craft=craft, nearest=NearestByEnding(LEXICON)
        ).subjects
        assert subject.kind == kind
        assert subject.asked


def test_what_the_craft_can_do_is_not_told() -> None:
    craft = replace(this_engine(), kinds=frozenset({"horse"}))
    text = "a horse runs on a beach, close-up, low angle, then it jumps"
    assert read_plan(text, seed=0, lexicon=LEXICON, craft=craft).notes == ()
    told = read_plan(text.replace("horse", "dog"), seed=0, lexicon=LEXICON, craft=craft).notes
    assert [note.partition(":")[0] for note in told] == [
        "There is nothing to draw these with yet; not drawn",
        "A shot shows one thing happening; left out what comes later",
        "The camera does not frame it like this",
    ]
