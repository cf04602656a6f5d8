"""Says turns of phrase of film and of everyday life in plainer words, which the tables of words know."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHOES = r"(?:boots?|shoes?|heels?|high heels|sneakers?|sandals?|feet|foot|toes|ankles?)"
_SHOES_ZH = r"(?:靴子?|皮靴|鞋子?|皮鞋|球鞋|运动鞋|高跟鞋|布鞋|脚尖|脚步|双脚|脚)"
_UP_ZH = (
    r"(?:缓缓|慢慢|缓慢|逐渐)?地?"
    r"(?:向上摇|往上摇|上摇|向上移|上移|往上移|摇上|向上抬|上升|移到|摇到|摇至)"
)
_RUNS = (
    r"(?:runs?|rolls?|slides?|streams?|falls?|trickles?|drips?|flows?"
    r"|running|rolling|sliding|streaming|falling|trickling|dripping|flowing)"
)
_GOES_UP = r"(?:tilts|tilting|pans|panning|moves|moving|rises|rising|cranes|travels) up(?:wards?)?"
_SHOWS = r"(?:露出|展现出?|展示|揭示|显露出?|呈现)?"

_CIRCLING = (
    r"\b((?:camera|drone|shot)(?: \w+ly)? (?:orbit|circle|arc|revolve|rotate|spin)s?)(?: all)? (?:a)?round\b"
)
"""Said with "around", the first of two would seem to be what the second is round."""
_RISING = r"\b(camera|shot|drone|view)((?: \w+ly)?) (?:rises|rising|lifts|lifting) (?:up )?(?:from|out of)\b"
_FROM_SHOES = (
    r"\bcamera (?:starts|begins|opens)(?: low)? (?:on|at|with|from)"
    rf" (?:\w+ ){{0,2}}?(?:pair of )?(?:\w+ ){{0,2}}?{_SHOES}(?:,| and)? (?:then |and )*(?:slowly |gently )?"
    rf"{_GOES_UP}(?:,? (?:to (?:reveal|show)|revealing|showing))?"
)
_FROM_SHOES_ZH = rf"镜头从[^,.]{{0,8}}?{_SHOES_ZH}(?:开始)?,?{_UP_ZH},?{_SHOWS}"
_TEARS = (
    r"\b(?:as |while |with )?(?:a |single |one |the |her |his |their |big |silent )*tears?"
    rf" (?:\w+ly )?(?:is |are )?{_RUNS}(?: (?:slowly|gently|silently))?(?: down| from| over| on)"
    r"(?: (?:her|his|their|its|the|a))?(?: \w+(?:'s)?)? (?:cheeks?|faces?|eyes?)\b"
)
_TEARS_ZH = (
    r",?(?:一滴|一行|两行|几滴|晶莹的)?(?:眼泪|泪水|泪珠|热泪|泪)(?:从|顺着|沿着)?[她他]?的?"
    r"(?:脸颊|脸庞|脸|眼角|眼眶|面颊)?[上中里]?(?:缓缓|慢慢|静静|悄悄)?地?"
    r"(?:滑落|滑下|流下|滚落|落下|流淌|淌下|掉下)来?(?:脸颊|脸庞)?"
)
_DARK_ROOM = (
    r"\b((?:a|an|the|his|her|their) )dark((?: \w+)? (?:office|room|bedroom|kitchen|house|apartment|corridor"
    r"|hallway|classroom|library|warehouse|garage|basement|restaurant|church|theater|theatre))\b"
)
_LIGHTS = (
    r"(\b(?:dark|darkness|night)\b.*?),?(?: and| then)*"
    r" (?:(?:turns|switches|flips|flicks) on (?:the|a) (?:lights?|lamps?|light switch)"
    r"|(?:the|all) (?:lights?|lamps?) (?:suddenly )?(?:turns?|comes?|goes?|flicks?|switch(?:es)?) on)\b"
)
_PARTY = (
    r",?(?: and| then)* (?:finds|discovers|sees|to find|to reveal|revealing)"
    r" (?:a|his|her) surprise(?: birthday)? party"
)
_LIGHTS_ZH = (
    r"([黑暗].*?),?(?:然后|接着|随后)?"
    r"(?:打开了?(?:电)?灯|开了?灯|按下开关|(?:电)?灯(?:突然)?(?:亮了|亮起来?|打开))"
)
_PARTY_ZH = (
    r",?(?:看到|发现|看见)(?:朋友们?|大家|家人|同事们?)?(?:都)?(?:正?在)?(?:为他|为她)?"
    r"(?:开|办|举办|准备|准备了)?(?:一场|一个)?(?:惊喜)?(?:生日)?派对"
)
_FRIENDS = "then cut to five friends with balloons clapping in a living room, confetti"
_FRIENDS_ZH = ",然后切到五个朋友拿着气球在客厅里鼓掌,彩纸飘落"
_ON_THE_BOW = (
    r"\b((?:bamboo )?(?:raft|boat|canoe|ship|sailboat|yacht|gondola|ferry)\b.{0,60}?\bon )"
    r"(?:the|its|his|her) (?:bow|prow|stern)\b"
)
_CLOSE = r"^((?:an? )?(?:extreme )?close[- ]?up(?: shot)? (?:of|on) )"
_HERS, _HIS = rf"{_CLOSE}her (?=face|eye|hand|feet|lips)", rf"{_CLOSE}his (?=face|eye|hand|feet|lips)"
_DINER = r"\b((?:in front of|outside(?: of)?|parked (?:at|by)|next to) (?:an?|the)(?: \w+){0,2}?) diner\b"
"""One that is seen from outside."""
_STANDS = r"(?:on|lies|lying|sits|sitting|stands|standing|rests|resting|hangs)\b"
_A_CAMERA = (
    r"((?:close[- ]?up (?:shot )?of |^)(?:an?|the) (?:(?!photo|film|handheld|static|moving)\w+ ){0,2}?)"
    rf"camera(?= {_STANDS})"
)
"""A camera that is looked at, not the one that looks."""
_A_CAMERA_ZH = r"(?<=[台部式古旧的])相机(?!镜头|缓|慢|推|拉|摇|跟|从|向|围|绕)"
_STATION = (
    r"\bspace station(?= (?:\w+ly )?(?:orbit|circl|float|drift|hover|fly|fli|glid|pass|spin|turn|rotat)\w*)"
)
"""One that is seen from outside, not the place within."""
_INTO_THE_OVEN = (
    r"\b(?:puts?|putting|slides?|sliding|pushes|places?|placing) ((?:an?|the|his|her|some)(?: \w+){1,2})"
    r" (?:in|into|inside) (?:an?|the|his|her)(?: \w+)? oven\b"
)
_OF_MEN = re.compile("[男他]|爷|父亲|爸爸|老头|老汉")
_TURNS = (
    (_CIRCLING, r"\1"),
    (_RISING, r"\1\2 cranes up over"),
    (_FROM_SHOES, "the camera tilts up on"),
    (_FROM_SHOES_ZH, "镜头从脚到头上摇,"),
    (_TEARS, "crying"),
    (_TEARS_ZH, ",她在哭"),
    (r",?(?:眼里|眼中|眼眶里?)?(?:含着|噙着|满含|含满)(?:泪水|眼泪|热泪|泪花|泪)", ",她在哭"),
    (_DARK_ROOM, r"\1\2 at night"),
    (_LIGHTS, r"\1, then bright daylight,"),
    (_LIGHTS_ZH, r"\1,然后白天,"),
    (_PARTY, f", {_FRIENDS}"),
    (_PARTY_ZH, _FRIENDS_ZH),
    (_ON_THE_BOW, r"\1the boat"),
    (r"(竹筏|木筏|小船|渔船|木船|帆船|独木舟|轮船|游船|龙舟)(.{0,14}?在)(?:船头|船尾|船边)", r"\1\2\1上"),
    (r"颠锅|颠勺|颠炒", "拿着平底锅炒菜"),
    (r"坐在(?:家|屋|房|自家|家里)?门口", "坐在村里的房子前面"),
    (
        r"\b(sits|sitting|sat) (?:at|in|by) (?:the|her|his|their) (?:front )?(?:door|doorway|doorstep)\b",
        r"\1 in front of a house",
    ),
    (r"(趴|躺|睡|蹲|坐|卧)在([她他]|主人|老人|奶奶|爷爷)的?(?:脚边|身边|脚旁|身旁)", r"\1着"),
    (r"((?:公交车|巴士|大巴车?|公交)[^,.]{0,6}?停(?:靠)?在)(?:站台|车站)", r"\1公交站台"),
    (
        r"(?:几个|一些|几名|几位)?(乘客|旅客|人们)们?(?:陆续|正在|依次|排队|纷纷|开始)*上车",
        r"三个\1站在公交车旁边",
    ),
    (_HERS, r"\1a woman's "),
    (_HIS, r"\1a man's "),
    (_DINER, r"\1 diner building"),
    (r"\b(rooster|cockerel)s? crow(?:s|ing|ed)?\b", r"\1 sings"),
    (_STATION, "giant satellite"),
    (r"空间站(?=[^,.]{0,6}?(?:绕|环绕|飞|掠|漂|飘浮在太空))", "巨大的卫星"),
    (_INTO_THE_OVEN, r"holds \1 beside an oven"),
    (r"把([^,.]{1,6}?)(?:放进|放入|推进|送进)(?:烤箱|烤炉|炉子|窑)里?", r"拿着\1站在烤箱旁边"),
    (_A_CAMERA, r"\1photo camera"),
    (_A_CAMERA_ZH, "照相机"),
    (r"^她的(?=脸|面|眼|手|双)", "一个女人的"),
    (r"^他的(?=脸|面|眼|手|双)", "一个男人的"),
)
"""Turns of phrase, and what they are in plainer words."""


def plainly(text: str) -> str:
    """A prompt in plainer words; most come out as they went in.

    Args:
        text: the prompt, normalised.
    """
    for pattern, plain in _patterns():
        text = pattern.sub(plain, text)
    return text.replace(",她在哭", ",他在哭") if _OF_MEN.search(text) else text


def _patterns() -> Iterator[tuple[re.Pattern[str], str]]:
    return ((re.compile(pattern), plain) for pattern, plain in _TURNS)
