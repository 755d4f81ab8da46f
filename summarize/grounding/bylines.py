"""Bylines, notices and photo credits, written by rule; None where the rule is not sure.

(中国警察网记者赵家新、通讯员徐丹) is (Zhao Jiaxin, China Police Network reporter; Xu Dan, correspondent).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding import exonyms
from summarize.grounding.credits import NAME, credited_english, credited_names
from summarize.grounding.english_numbers import MONTHS
from summarize.grounding.organisations import find_organisations
from summarize.grounding.origin import HAN
from summarize.grounding.tagger import tag
from summarize.punctuation import BARS
from summarize.traditional import simplify

_JOBS = {
    "记者": "reporter",
    "特约记者": "special correspondent",
    "特派记者": "special correspondent",
    "见习记者": "junior reporter",
    "实习记者": "intern reporter",
    "全媒体记者": "reporter",
    "首席记者": "chief reporter",
    "通讯员": "correspondent",
    "特约通讯员": "special correspondent",
    "实习生": "intern",
    "作者": "author",
    "特约撰稿人": "contributing writer",
    "特约撰稿": "contributing writer",
}
_STAFF = ("本报", "本网", "本刊", "本台")
_JOB = "|".join(sorted(_JOBS, key=len, reverse=True))
_FILED = "报道|报导|电|讯"
_SHARES = {  # what those named did
    "摄影报道": "Reported and photographed by", "图文报道": "Reported and photographed by",
    "文/图": "Text and photos by", "图/文": "Text and photos by", "报道": "", "报导": "", "文": "",
}  # fmt: skip
_NAMES = rf"{NAME}(?:[\s、，,/／和]+(?!{_JOB}|(?:[{HAN}]{{2,3}})?(?:{_FILED})){NAME})*"
_CREW = re.compile(
    rf"(?P<outlet>|[{HAN}A-Za-z0-9]{{2,12}}?)(?P<job>{_JOB})[\s:：/／{BARS}]*(?P<names>{_NAMES})"
    rf"(?:[\s/／]*(?P<share>{'|'.join(_SHARES)})|[\s/／]+(?P<city>[{HAN}]{{2,4}}?)(?:{_FILED}))?"
    r"(?:[;；、，,\s]+|$)"
)
_SHARED = re.compile(rf"(?P<names>{_NAMES})\s*(?P<share>{'|'.join(_SHARES)})")
_DATELINE = re.compile(
    rf"(?P<outlet>[{HAN}]{{2,12}})[\s，,]*(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日"
    rf"(?:电|讯|消息)[\s（(]*(?P<crew>(?:{_JOB}).*?)?[)）]*"
)
_GATHERED = re.compile(rf"(?P<gathered>综合)?(?P<sources>[{HAN}、，,\s]{{2,40}}?)(?:{_FILED}|消息)?")
_DUTIES = {
    "责任编辑": "Editor", "责编": "Editor", "编辑": "Editor", "主编": "Chief editor", "校对": "Proofreader",
    "审校": "Proofreader", "审核": "Reviewer", "监制": "Producer", "值班编委": "Editor on duty", "美编": "Art editor",
    "编审": "Senior editor", "文": "Text", "文字": "Text", "撰文": "Text", "撰稿": "Text", "图": "Photos",
    "图片": "Photos", "摄影": "Photos", "文图": "Text and photos", "图文": "Text and photos",
    "文/图": "Text and photos", "文、图": "Text and photos", "整理": "Compiled by", "采写": "Reported by",
    "编译": "Translated by", "记者": "Reporter", "摄": "Photos", "制图": "Graphic", "作者": "Author",
}  # fmt: skip
_DUTY_LABEL = rf"(?:{'|'.join(sorted(_DUTIES, key=len, reverse=True))})"
_DUTY = re.compile(
    rf"(?P<duty>{_DUTY_LABEL})\s*[:：/／{BARS}\s]\s*(?P<names>.+?)(?=[\s;；{BARS}]+{_DUTY_LABEL}\s*[:：/／{BARS}]|$)"
)
_SOURCE = re.compile(
    rf"(?:来源|稿源|文章来源|本文来源|信息来源|稿件来源|图片来源)\s*[:：/／{BARS}]\s*(?P<outlet>.+?)"
    rf"(?:[\s{BARS}]+(?P<credits>(?:{_JOB}|{_DUTY_LABEL}[\s:：/／{BARS}]).+))?"
)
_PUBLISHED = re.compile(
    r"(?:(?:发布|发稿|更新)?(?:时间|日期)[:：]\s*)?(?P<year>\d{4})[年\-/.](?P<month>\d{1,2})[月\-/.](?P<day>\d{1,2})日?"
    rf"\s*(?P<time>\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?\s*[{BARS}]?\s*(?P<rest>.*)"
)
_BEFORE = r"(?P<before>[。！？!?，,；;：:\s”）)（(]+|^)"
_CREDIT = re.compile(
    rf"{_BEFORE}(?:(?P<outlet>[{HAN}]{{2,10}}?)(?:{_JOB})|{_JOB}|摄影师|摄影|(?P<agency>[{HAN}]{{2,10}}?)(?:发|\s))?"
    rf"[\s:：/／（(]*(?P<names>{_NAMES})[\s/／]?"
    r"(?P<kind>摄影报道|摄影|摄|供图|提供|制图|[/／\s]图)[）)】\]。]?$"
)
_SOURCED = re.compile(
    rf"{_BEFORE}(?:图片?来源[:：]\s*(?P<outlet>[{HAN}]{{2,14}}?)|(?:图片由)?(?P<source>[{HAN}]{{2,14}}?)"
    r"(?:供图|提供|资料图片?|图))[）)】\]。]?$"
)
_LABELLED = re.compile(
    rf"{_BEFORE}(?:图|摄影|摄)[/／:：{BARS}]\s*(?:(?P<outlet>[{HAN}]{{2,10}}?)?(?:{_JOB})\s*)?(?P<names>{_NAMES})[）)】\]。]?$"
)
_FILE_PHOTO = re.compile(rf"{_BEFORE}资料图片?[）)】\]。]?$")
_SOURCES = {
    "受访者": "the interviewee", "被访者": "the interviewee", "受访人": "the interviewee",
    "采访对象": "the interviewee", "网络": "the internet", "警方": "the police", "作者": "the author",
    "主办方": "the organizer", "家属": "the family",
}  # fmt: skip
_WHOLE = {
    **dict.fromkeys(("完", "本文完", "全文完"), "End"),
    **dict.fromkeys(("本报综合", "本网综合"), "Compiled by our staff"),
    "综合": "Compiled from reports",
}
_OUTLETS = {
    "日报": "Daily", "晚报": "Evening News", "晨报": "Morning Post", "早报": "Morning Post",
    "都市报": "Metropolis Daily", "新闻网": "News Network", "融媒体中心": "Integrated Media Center",
    "广播电视台": "Radio and Television Station", "电视台": "Television",
}  # fmt: skip
_KINDS = {"供图": "Photo courtesy of", "提供": "Photo courtesy of", "制图": "Graphic by"}


def render_byline(text: str) -> str | None:
    """The English of a byline or of a notice that only names people or a source; None if a part is not sure.

    Brackets around the byline are kept: (Xinhua, Beijing, November 3).
    """
    simplified = simplify(text).strip().lstrip("□■◇◆○●◎▪•·▲△★☆ \u3000")
    opening = simplified[:1] in tuple("（(【[〔") and simplified[-1:] in tuple("）)】]〕")
    core = (simplified[1:-1].strip() if opening else simplified).removeprefix("据")
    readers = (_WHOLE.get, _published, _source, _dateline, _crew, _duties, _gathered)
    english = next((english for read in readers if (english := read(core))), None)
    return f"({english})" if english and opening else english


def render_caption_credit(text: str) -> tuple[str, str] | None:
    """Splits a caption into the description, left for the translator, and the English of its credit.

    Returns:
        The description in the original characters ("" if the caption is only a credit) and the credit; None if the
        caption has no credit or names in it are not sure.
    """
    simplified = simplify(text).rstrip()
    for start in _openings(simplified):
        match = _CREDIT.match(simplified, start)
        if match is None or (match["kind"] == "提供" and "（" not in match["before"] and "(" not in match["before"]):
            continue
        credited = _with_photographers(text, match, match["outlet"] or match["agency"], _KINDS.get(match["kind"]))
        if credited is not None:
            return credited
    labelled = _LABELLED.search(simplified)
    if labelled is not None:
        return _with_photographers(text, labelled, labelled["outlet"])
    for start in _openings(simplified):
        match = _FILE_PHOTO.match(simplified, start)
        if match is not None:
            return _description(text, match), "File photo"
        match = _SOURCED.match(simplified, start)
        if match is not None:
            name = match["source"] or match["outlet"]
            source = _SOURCES.get(name) or outlet_english(name) or _body(name)
            if source is not None:
                return _description(text, match), f"Photo courtesy of {source}"
    return None


def _with_photographers(
    text: str, match: re.Match[str], agency: str | None, kind: str | None = None
) -> tuple[str, str] | None:
    """The description before a credit, and its English with the agency; None if a name is not sure."""
    names = _people(match["names"])
    outlet = outlet_english(agency) if agency else None
    if names is None or (agency and outlet is None and agency not in _STAFF):
        return None
    return _description(text, match), f"{kind or 'Photo by'} {_listed(names)}" + (
        f", {_short(outlet)}" if outlet else ""
    )


def _openings(text: str) -> list[int]:
    """Where a credit may begin: at the start, or at a mark or space."""
    return [0, *(i for i, character in enumerate(text) if character in "。！？!?，,；;：:”）)（( \t\u3000")]


def _description(text: str, match: re.Match[str]) -> str:
    before = match["before"].rstrip(" \t\u3000（(")
    return text[: match.start("before") + len(before)].strip()


def _published(core: str) -> str | None:
    """The date of publication, and the source if it stands before or after, or the place and the reporters after it."""
    match = _PUBLISHED.fullmatch(core)
    if match is None:
        parts = re.split(r"\s+(?=\d{4}[年\-/.]\d)", core, maxsplit=1)
        source, date = (_source(parts[0]), _published(parts[1])) if len(parts) == 2 else (None, None)
        return f"{source}, {date}" if source and date else None
    day = _day(match)
    source = _source(match["rest"]) or _filed(match["rest"]) if match["rest"] else ""
    if day is None or source is None:
        return None
    return ", ".join(filter(None, (day, (match["time"] or "").replace("：", ":"), source)))


def _source(core: str) -> str | None:
    match = _SOURCE.fullmatch(core)
    if match is None:
        return None
    outlets = [outlet_english(part) for part in re.split(r"[\s、/／，,]+", match["outlet"].strip()) if part]
    if not outlets or any(outlet is None for outlet in outlets):
        return None
    credits = (_crew(match["credits"]) or _duties(match["credits"])) if match["credits"] else ""
    if credits is None:
        return None
    return "; ".join(filter(None, ("Source: " + ", ".join(filter(None, outlets)), credits)))


def _filed(core: str) -> str | None:
    """The reporters, and the place if it stands before them (佛山 记者/黄嘉豪)."""
    if crew := _crew(core):
        return crew
    place, _, rest = core.partition(" ")
    city, crew = _city(place), _crew(rest)
    return f"{city}; {crew}" if city and crew else None


def _duties(core: str) -> str | None:
    parts: list[str] = []
    end = 0
    for match in _DUTY.finditer(core):
        names = _people(re.sub(rf"^(?:{'|'.join(_STAFF)})?记者\s*", "", match["names"]))
        if core[end : match.start()].strip(f" ;；、，,\u3000{BARS}") or names is None:
            return None
        label = _DUTIES[match["duty"]]
        label = f"{label}s" if label == "Editor" and len(names) > 1 else label
        parts.append(f"{label}{'' if label.endswith('by') else ':'} {', '.join(names)}")
        end = match.end()
    return "; ".join(parts) if parts and not core[end:].strip() else None


def _dateline(core: str) -> str | None:
    match = _DATELINE.fullmatch(core)
    if match is None:
        return None
    day = _day(match)
    if day is None:
        return None
    for split in range(len(match["outlet"]), 1, -1):
        outlet, city = match["outlet"][:split], match["outlet"][split:]
        outlet = "Staff report" if outlet in _STAFF else outlet_english(outlet)
        if outlet is None:
            continue
        place = _city(city) if city else ""
        if place is None:
            return None
        line = ", ".join(part for part in (_short(outlet), place, day) if part)
        if not match["crew"]:
            return line
        crew = _crew(match["crew"])
        return f"{line}; {crew}" if crew else None
    return None


def _gathered(core: str) -> str | None:
    """Agencies and papers that a report is made from: 综合新华社、央视报道, 据新华社、中新社报道."""
    match = _GATHERED.fullmatch(core)
    if match is None:
        return None
    outlets: list[str] = []
    cities: list[str] = []
    for name in re.split(r"[、，,和及\s]+", match["sources"].strip()):
        for split in range(len(name), 1, -1):
            outlet, city = outlet_english(name[:split]), _city(name[split:]) if name[split:] else ""
            if outlet and city is not None:
                outlets.append(_short(outlet))
                cities += [city] if city else []
                break
        else:
            city = _city(name) if outlets else None
            if city is None:
                return None
            cities.append(city)
    line = _listed(outlets) + (f", {', '.join(cities)}" if cities else "")
    return f"Compiled from reports by {line}" if match["gathered"] else line


def _day(match: re.Match[str]) -> str | None:
    """The day of a match with a month, a day and perhaps a year; None if there is no such day."""
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{MONTHS[month - 1]} {day}" + (f", {match['year']}" if match["year"] else "")


def _crew(core: str) -> str | None:
    shared = _SHARED.fullmatch(core)
    if shared is not None and (names := _people(shared["names"])):
        return f"{_SHARES[shared['share']] or 'Reported by'} {_listed(names)}"
    parts: list[str] = []
    share = ""
    end = 0
    for match in _CREW.finditer(core):
        names = _people(match["names"])
        if core[end : match.start()].strip() or names is None:
            return None
        job = _JOBS[match["job"]]
        if match["outlet"] in _STAFF:
            job = f"staff {job}"
        elif match["outlet"]:
            outlet = outlet_english(match["outlet"])
            if outlet is None:
                return None
            job = f"{_short(outlet)} {job}"
        title = f"{job}s" if len(names) > 1 else job
        share = _SHARES.get(match["share"], "")
        line = f"{_listed(names) if share else ', '.join(names)}, {title}"
        if match["city"]:
            city = _city(match["city"])
            if city is None:
                return None
            line += f", {city}"
        parts.append(line)
        end = match.end()
    return " ".join(filter(None, (share, "; ".join(parts)))) if parts and not core[end:].strip() else None


def _people(names: str) -> list[str] | None:
    parts = credited_names(names)
    if any(part in _JOBS or part in _DUTIES for part in parts):
        return None
    english = [credited_english(name) for name in parts]
    return [forms[0] for forms in english] if english and all(english) else None


def outlet_english(name: str) -> str | None:
    """The English of a newspaper, an agency or a station; None if it is not known."""
    name = name.strip("《》 ")
    if name in exonyms.organisations():
        return exonyms.organisations()[name][0]
    for ending, english in _OUTLETS.items():
        place = _city(name.removesuffix(ending)) if name.endswith(ending) else None
        if place is not None:
            return f"{place} {english}"
    return None


def _body(name: str) -> str | None:
    """A public body named in full (宝应县公安局供图)."""
    for item in find_organisations(name, tag(name)):
        if item.zh == name and item.renderings:
            return item.renderings[0]
    return None


def _city(name: str) -> str | None:
    if name in exonyms.places():
        return exonyms.places()[name][0].removeprefix("the ")
    division = exonyms.find_division(name)
    return division.english if division else None


def _listed(names: Sequence[str]) -> str:
    """Wang Lei, Li Ming and Zhang Wei."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _short(outlet: str) -> str:
    return "Xinhua" if outlet == "Xinhua News Agency" else outlet
