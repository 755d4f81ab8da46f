"""Counties, townships and districts of Taiwan, and their bodies: 花莲光复, 板桥区, 埔里镇公所, 善化高中.

Most have the name of a place on the mainland or of an everyday word, so that one counts after its county or city only,
or where the article says that it is of Taiwan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.pinyin import spell
from summarize.grounding.place_english import with_umlaut_variants
from summarize.grounding.place_unit import Unit
from summarize.grounding.tagger import Token, is_word, token_at

_UNITS = {"乡": ("Township",), "镇": ("Township", "Town", "Urban Township"), "区": ("District",), "市": ("City",)}
# Counties that are named, whose short names are other things too: 常州市新北区, 桃园, 金门大桥, 福建省连江县.
_COUNTY = re.compile(
    "台北|新北(?!区)|台中|台南|高雄|基隆|新竹(?!村)|嘉义|宜兰|苗栗|彰化|南投|云林|屏东(?!中学)|台东(?!步行街)|花莲|"
    "桃园(?=[县市]|国际|机场|中坜|平镇|八德|杨梅|芦竹|大溪|龙潭|龟山|大园|观音|新屋|复兴)|"
    "澎湖(?!湾)|金门(?!大桥)|连江(?=县?[南北]竿|县?莒光|县?东引)|马祖"
)
_ISLANDS = {"马祖": "连江"}
# What follows a generic part that is of the next word: 花莲/县政府, 台南/市区, 光复/乡公所, 光复/乡长.
_AFTER_COUNTY = re.compile("政府|府|议|警局|农会|长|民|公所|代会|[区郊境内立场价]")
_AFTER_DIVISION = re.compile("公所|代会|长(?![照青期庚荣])|民(?![宿众间])|立|区")
_NO_BODY = re.compile(
    "[高国]中(?:[生一二三职部]|阶段)|国小(?:[生一二三四五六]|学[生童])|高工程|工商[界业登管企联]|(?:警察?)?分局长"
)
_KINDS = re.compile(  # what an everyday word stands before where it is a township: 台东成功渔港
    "[^\u4e00-\u9fff]|$|山区|沿海|海域|消防|警|民众|居民|农民|地区|一处|[村里]|公园|路"
)
_SITES = re.compile("渔?港|老街|夜市|车站|火车站|交流道|工业区|部落")
_COUNTED = re.compile("[两二三四五六七八九十]{1,2}(?:[乡镇市]{1,3}|区)")  # 埔里、鱼池、仁爱/三乡镇
_NO_PART = re.compile(f"高铁(?!站)|{_COUNTED.pattern}")  # of a name: 虎尾/高铁特定区
_SCHOOL = re.compile("(?P<name>[\u4e00-\u9fff]{2,3}?)(?:国中小|国小|国中|高中)")
_NO_SCHOOL_NAME = re.compile("[公私市县国]立|明星|社区|普通|综合|技术|全[国县市台]|各[地校]|附设|实验|偏[乡远]")
_LIST = re.compile("[、和与及]")
_LONGEST_DIVISION = 5  # characters of a division of the mainland that another name is looked for after
_SMALL = 5  # the rank of what is smaller than a township
_LISTED = 3  # divisions of one county that are a list of such whatever else they are called


@dataclass(frozen=True, slots=True)
class TaiwanesePlace(Token):
    """A county or a division of one, as a word of a passage."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name where it stands, and the counties that it may be or be of."""

    start: int
    end: int
    zh: str
    full: str  # with the generic part that is of the next word: 光复乡 where 光复 stands before 乡长
    counties: frozenset[str]

    @property
    def is_county(self) -> bool:
        return self.zh in _counties()

    @property
    def is_full(self) -> bool:
        """Whether the generic part stands there, if only as a piece of the next word."""
        return self.full not in _short_names()

    @property
    def specific(self) -> str:
        """The name without its generic part."""
        return self.full[:-1] if self.is_full else self.full


def division_at(tokens: Sequence[Token], position: int) -> Unit | None:
    """The county, township or district of Taiwan that begins there, if the article says that it is one."""
    token = token_at(tokens, position)
    if not isinstance(token, TaiwanesePlace) or token.start != position:
        return None
    english = _english().get(token.text)
    if english is None:  # what a school is called after
        name = with_umlaut_variants([spell(token.text)])
        return Unit(position, token.end, name, name[0], True, _SMALL)
    county = token.text in _counties()
    short = next((form for form in english if not form.endswith((" County", " City", " Township", " District"))), "")
    return Unit(position, token.end, english, short, True, 1 if county else 2)


def is_whole(text: str, unit: Unit) -> bool:
    """Whether nothing else of a place's name can follow: 光复乡, 善化/高中, but 成功渔港."""
    name = text[unit.start : unit.end]
    alone = _NO_PART.match(text, unit.end) is not None
    return name not in _short_names() or alone or body_after(text, name, unit.end) != ""


def body_after(text: str, place: str, position: int) -> str:
    """The body of a place of Taiwan that stands there, "" if none does, the longest: 乡公所, 农会, 高中."""
    match = _bodies_of("county" if place in _counties() else "town").match(text, position)
    return match[0] if match and not _NO_BODY.match(text, position) else ""


def bodies_after(text: str, place: str, position: int) -> list[str]:
    """The bodies there, each within the one before it: 县府, 农业处."""
    found: list[str] = []
    while body := body_after(text, place, position):
        found.append(body)
        position += len(body)
    return found


def body_english(zh: str) -> tuple[str, ...]:
    """The English of such a body."""
    return _bodies()[zh][1]


def with_divisions_of_taiwan(texts: Sequence[str], tagged: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    """The words of the passages of one article, each place of Taiwan as one word, whatever the tagger cut.

    Args:
        texts: the passages in simplified characters.
        tagged: the words of each.
    """
    article = "\n".join(texts)
    named, mentions = _named_counties(article)
    if not named:
        return list(tagged)
    pattern = _names_of(named)
    full = {match[0] for match in pattern.finditer(article)} - _short_names()
    strict = sum(_is_of_mainland(token) for tokens in tagged for token in tokens) > mentions
    known = {name[:-1] for name in full if not strict or name in _alone()}
    words: list[Sequence[Token]] = []
    for text, tokens in zip(texts, tagged, strict=True):
        names = list(_names(text, pattern, named))
        accepted = _accepted(text, tokens, names, known, strict=strict)
        if not strict:
            accepted += [name for name in _school_names(text, tokens) if not _overlaps(name, accepted)]
        words.append(_with_places(text, tokens, accepted) if accepted else tokens)
    return words


def _named_counties(article: str) -> tuple[frozenset[str], int]:
    """The counties and cities of Taiwan that an article names, or names a place of, and how often it does."""
    short = [_ISLANDS.get(match[0], match[0]) for match in _COUNTY.finditer(article)]
    alone = [match[0] for match in _alone_pattern().finditer(article)]
    named = [_counties()[name] for name in short] + [_divisions()[name] for name in alone]
    return frozenset().union(*named), len(named)


def _names(text: str, pattern: re.Pattern[str], named: frozenset[str]) -> Iterator[_Name]:
    """The names of a passage that may be meant, without the generic part that belongs to what follows."""
    for match in pattern.finditer(text):
        full, end = match[0], match.end()
        counties = (_counties().get(full) or _divisions()[full]) & named
        of_next = _AFTER_COUNTY if full in _counties() else _AFTER_DIVISION
        if full not in _short_names() and of_next.match(text, end) and not _begins_division(text, end, counties):
            end -= 1
        zh = text[match.start() : end]
        if len(zh) > 1 and not text.startswith(("族", "节"), end):  # 卑南族, 光复节
            yield _Name(match.start(), end, zh, full, counties)


def _begins_division(text: str, position: int, counties: frozenset[str]) -> bool:
    """Whether a division of one of the counties stands there: 屏东县/长治乡."""
    divisions = (division for each in counties for division in exonyms.taiwan()[each][1])
    return any(text.startswith(division if len(division) < 3 else division[:-1], position) for division in divisions)


def _accepted(
    text: str, tokens: Sequence[Token], names: Sequence[_Name], known: set[str], *, strict: bool
) -> list[_Name]:
    """Those names that are places of Taiwan here; `strict`: in an article about the mainland."""
    found: dict[int, _Name] = {}
    for index, name in enumerate(names):
        if name.is_county:
            continue
        before = names[index - 1] if index else None
        near = before is not None and (before.is_county or before.start in found)  # 台东/兰屿/绿岛
        of = before if before is not None and near and before.end == name.start else None
        if (of and of.counties & name.counties and _may_follow(text, name)) or (
            not of and _stands_alone(text, tokens, name, known, strict=strict)
        ):
            found[name.start] = name
    for group in [] if strict else _lists(text, names):
        sure = (name.start in found or name.specific not in exonyms.everyday("township") for name in group)
        if len(group) >= _LISTED or any(sure) or any(name.specific in known for name in group):
            found |= {name.start: name for name in group}
    for name in names:
        told = name.zh not in _short_names() or body_after(text, name.zh, name.end) != ""
        if strict and name.zh.startswith("连江"):
            told = False  # the county of Fujian
        if name.is_county and (told or name.end in found):
            found[name.start] = name
    return [found[start] for start in sorted(found)]


def _school_names(text: str, tokens: Sequence[Token]) -> Iterator[_Name]:
    """What schools are called after that are no townships', however the tagger cut them: 文光国/中, 建安/国小."""
    for token in tokens:
        match = _SCHOOL.match(text, token.start)
        if match is None or token.tag not in ("LOC", "ORG", "nz", "PER") or token.text in exonyms.places():
            continue
        name, end = match["name"], match.end("name")
        fits = token.end == match.end() or (end <= token.end < match.end() and token.tag != "PER")  # 周杰伦国中时
        known = name in exonyms.places() or exonyms.find_division(name) is not None
        if fits and not known and not _NO_SCHOOL_NAME.search(name) and body_after(text, name, end):
            yield _Name(token.start, end, name, name, frozenset())


def _overlaps(name: _Name, names: Sequence[_Name]) -> bool:
    return any(each.start < name.end and name.start < each.end for each in names)


def _may_follow(text: str, name: _Name) -> bool:
    """Whether a name after its county is no other word: 台东/成功/举办, 台中/太平洋."""
    if name.is_full:
        return True
    if name.zh in exonyms.everyday("township before its kind") and not _has_kind(text, name):
        return False
    everyday = name.zh in exonyms.everyday("township")
    return not (everyday and any(is_word(text[name.start : name.end + more]) for more in (1, 2)))


def _has_kind(text: str, name: _Name) -> bool:
    return _has_site(text, name) or _KINDS.match(text, name.end) is not None


def _has_site(text: str, name: _Name) -> bool:
    """Whether a body or a site follows that is called after a township: 成功/国小, 成功/渔港."""
    return _SITES.match(text, name.end) is not None or body_after(text, name.zh, name.end) != ""


def _stands_alone(text: str, tokens: Sequence[Token], name: _Name, known: set[str], *, strict: bool) -> bool:
    """Whether a name is a place of Taiwan without its county before it."""
    if name.full in _alone():
        return True
    if strict or len(name.specific) == 1 or _follows_mainland(text, name.start):
        return False
    token = token_at(tokens, name.start)
    everyday = name.specific in exonyms.everyday("township")
    if everyday and token.start != name.start:
        return False
    if name.is_full or _has_site(text, name):
        return True
    if everyday or (token.tag == "PER" and (token.start, token.end) != (name.start, name.end)):
        return False
    return name.zh in known or (token.start == name.start and token.tag in ("LOC", "ORG", "nz"))


def _lists(text: str, names: Sequence[_Name]) -> Iterator[list[_Name]]:
    """Names of places of one county that follow one another in a list: 板桥、中和、土城."""
    group: list[_Name] = []
    for name in names:
        if name.is_county:
            continue
        joined = bool(group) and _LIST.fullmatch(text, group[-1].end, name.start) is not None
        if joined and frozenset.intersection(name.counties, *(each.counties for each in group)):
            group.append(name)
        else:
            if len(group) > 1:
                yield group
            group = [name]
    if len(group) > 1:
        yield group


def _follows_mainland(text: str, start: int) -> bool:
    """Whether a place of the mainland stands directly before: 大连市/中山区."""
    before = (text[max(0, start - length) : start] for length in range(2, _LONGEST_DIVISION + 1))
    return any(_is_mainland(name) for name in before)


def _is_of_mainland(token: Token) -> bool:
    if token.tag not in ("LOC", "ORG"):
        return False
    return any(_is_mainland(token.text[:length]) for length in range(2, min(len(token.text), _LONGEST_DIVISION) + 1))


def _is_mainland(name: str) -> bool:
    of_taiwan = name in _counties() or name in _divisions() or name in ("台湾", "台湾省")
    return not of_taiwan and name not in exonyms.everyday("place") and exonyms.find_division(name) is not None


def _with_places(text: str, tokens: Sequence[Token], names: Sequence[_Name]) -> list[Token]:
    """The words with the names as one word each; what is left of a person's name is no name.

    The bodies after them end with a word too: 善化/区公所/致赠.
    """
    places = {name.start for name in names}
    spans = sorted(span for name in names for span in _spans(text, name))
    words: list[Token] = []
    for token in tokens:
        position = token.start
        inside = [span for span in spans if span[0] < token.end and token.start < span[1]]
        rest = "n" if inside and token.tag == "PER" else token.tag
        for start, end in inside:
            if position < start:
                words.append(Token(position, start, text[position:start], rest))
            if token.start <= start:
                place = start in places
                word = TaiwanesePlace if place else Token
                words.append(word(start, end, text[start:end], "LOC" if place else "n"))
            position = end
        if position < token.end:
            words.append(Token(position, token.end, text[position : token.end], rest))
    return words


def _spans(text: str, name: _Name) -> Iterator[tuple[int, int]]:
    """Where a name stands, and the words that follow it: 云林/县府/农业处, 仁爱/三乡镇."""
    yield name.start, name.end
    end = name.end
    for body in bodies_after(text, name.zh, end):
        yield end, end + len(body)
        end += len(body)
    if counted := _COUNTED.match(text, end):
        yield counted.span()


@lru_cache(maxsize=1)
def _counties() -> dict[str, frozenset[str]]:
    """The counties by their names with and without 县 or 市, of which 新竹 and 嘉义 are two."""
    names = exonyms.taiwan()
    found: dict[str, frozenset[str]] = {name: frozenset({name}) for name in names}
    return found | {name[:-1]: frozenset(each for each in names if each[:-1] == name[:-1]) for name in names}


@lru_cache(maxsize=1)
def _divisions() -> dict[str, frozenset[str]]:
    """The counties that each division is of, by its name with and without its generic part."""
    found: dict[str, frozenset[str]] = {}
    for county, (_, divisions) in exonyms.taiwan().items():
        for division in divisions:
            for name in (division, division[:-1]):
                if len(name) > 1 and name not in _counties() and name not in ("中西",):
                    found[name] = found.get(name, frozenset()) | {county}
    return found


@lru_cache(maxsize=1)
def _short_names() -> frozenset[str]:
    """All names without their generic part."""
    return frozenset(name[:-1] for name in (*exonyms.taiwan(), *_full_names()))


def _full_names() -> Iterator[str]:
    return (division for _, divisions in exonyms.taiwan().values() for division in divisions)


@lru_cache(maxsize=1)
def _alone() -> frozenset[str]:
    """Divisions with their generic part that are no other place's or word's name."""
    others = exonyms.all_towns()
    everyday = exonyms.everyday("township")
    return frozenset(
        name
        for name in _full_names()
        if len(name) > 2
        and name[:-1] not in everyday
        and name[:-1] not in exonyms.places()
        and name not in others
        and name not in exonyms.divisions()
    )


@lru_cache(maxsize=1)
def _alone_pattern() -> re.Pattern[str]:
    return _any_of(_alone())


@lru_cache(maxsize=64)
def _names_of(counties: frozenset[str]) -> re.Pattern[str]:
    """The names of those counties and of all their divisions."""
    names = [name for table in (_counties(), _divisions()) for name, of in table.items() if of & counties]
    return _any_of(names)


def _any_of(names: Sequence[str] | frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(names, key=lambda name: (-len(name), name))))


@lru_cache(maxsize=1)
def _english() -> exonyms.Table:
    """The English of all names, with and without their generic parts."""
    found: exonyms.Table = {}
    for county, (english, divisions) in exonyms.taiwan().items():
        found[county] = english
        found[county[:-1]] = tuple(sorted(english, key=lambda form: form.endswith((" County", " City"))))
        for division, forms in divisions.items():
            specific = forms or (spell(division[:-1]),)
            units = _UNITS[division[-1]]
            whole = [f"{specific[0]} {unit}" for unit in units]
            short = specific if len(division) > 2 and division != "中西区" else ()
            others = [f"{form} {units[0]}" for form in specific[1:]]
            found[division] = with_umlaut_variants([*whole, *short, *others])
            found.setdefault(division[:-1], with_umlaut_variants([*short, *whole, *others]))
    return found


@lru_cache(maxsize=1)
def _bodies() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The bodies, each with what it is of and its English."""
    return {zh: (of, tuple(english.split("|"))) for zh, of, english in exonyms.rows("taiwan_bodies.tsv")}


@lru_cache(maxsize=2)
def _bodies_of(level: str) -> re.Pattern[str]:
    return _any_of([zh for zh, (of, _) in _bodies().items() if of in (level, "any")])
