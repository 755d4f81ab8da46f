"""Whether the English says "I" where nobody in the Chinese speaks of himself: small models tell 回想起… so.

Only outside of quotations, and only where the Chinese has no word at all for the speaker, the reporter among them.
"""

from __future__ import annotations

import re

from summarize.fidelity.wording import Place
from summarize.traditional import simplify

_QUOTED_ZH = re.compile('“[^”]*”|「[^」]*」|『[^』]*』|‘[^’]*’|"[^"]*"')
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)['‘][^'’]{8,}(?:['’]\w[^'’]*)*['’](?!\w)")
_SPEAKS_OF_HIMSELF = re.compile('[我俺咱]|本[人报刊台网]|笔者|记者|自[述白]|日记|心想|心里想|[“”「」『』"]')
_I = re.compile(
    r"(?:^|(?:[,;:!?]|(?<![A-Z])\.) |\b(?i:that|when|and|but|so|as|if|what|how|why|because|which|then|did|do|was|can) )"
    r"(?P<word>I)(?:['’](?:m|ve|d|ll))?(?= [a-z])|\b(?P<other>(?<!\blet )(?<!\bLet )me|my|myself)\b"
)


def invented_first_person(source: str, target: str) -> Place | None:
    """The first place where the English has I, me or my, if the Chinese has nobody who could say so.

    Args:
        source: Chinese.
        target: its English.
    """
    plain = simplify(source)
    if _SPEAKS_OF_HIMSELF.search(_QUOTED_ZH.sub("", plain)):
        return None
    speeches = [quoted[0] for quoted in _QUOTED_ZH.finditer(plain) if _SPEAKS_OF_HIMSELF.search(quoted[0][1:-1])]
    if len(speeches) > len(_QUOTED.findall(target)):
        return None  # words of somebody who is quoted, without the marks
    told = _QUOTED.sub(lambda quotation: " " * len(quotation[0]), target)
    if re.search('[“”"]', told):
        return None
    match = _I.search(told)
    return match.span("word" if match["word"] else "other") if match else None
