"""Whether a sentence of the Chinese denies something and nothing in its English does: he was not injured.

Only words that always deny are looked for in the Chinese, and everything that may in the English.
"""

from __future__ import annotations

import re

from summarize.fidelity.text import paired_sentences
from summarize.fidelity.wording import Place
from summarize.traditional import simplify

_DENIES_ZH = re.compile(
    r"(?<![有是])没有(?!不|必要|大碍|问题|异[样常]|犹豫|认罪)|(?<![差是会能愿])不会(?!不)|(?<![只能])不能(?!不)|(?<![舍顾])不得(?!不|已|安宁|了)|"
    r"并未|尚未|未能|未造成|未发现|未受|不上诉|拒绝|拒不|(?<![毫空])无人(?!机|驾|区|售|值|岛|艇|车|潜|飞|不|问津)|无人员|"
    r"不允许|不予|不再(?!变)|并不(?!时|断|愁|下)|并非|不举行|从不(?!同|停|断)|从未(?!来)|从来没|不可能(?!的)|"
    r"无法(?!律|规|无)|切勿|请勿|未(?:达成|取得|得到|完成|通过|成功|收到|经批准|出现|公布|透露|按[规时照])|均无(?!人[机驾])|卖不出去|"
    r"(?<!得)不接受|不收取|不符合|不合格|不达标|不构成|不属于|不需要|无需|无[证照](?=驾|经营|行医|上岗)|无(?:异常|新增|生命危险)|(?<!可)否认|辟谣|"
    r"未(?:按|经(?![历营])|办理|取得|获批|被[^，。]{0,6}(?:录取|起诉)|提供|缴纳|支付|佩戴|履行|落实)"
)
# Under, until, united, university; district, discuss, disease: words that deny nothing.
_NO_UN = r"der\b|til\b|ion|it|iv|iq|if|derst|dergo|dergr|derw|dert|dersc|derpin|derl|derpas|veil|fold|anim|cle\b"
_NO_DIS = r"tri|cuss|play|tan|eas|ast|cover|tinct|patch|h|pos|semin|rupt|turb|cip|cs?\b"
_DENIES_EN = re.compile(
    r"\b(?:no|not|never|none|nor|neither|nobody|nothing|nowhere|without|cannot|nil|zero|free|yet|longer|"
    r"less|little|few|hardly|barely|scarcely|minimal\w*|rather|instead|otherwise|except|minus|"
    r"refus\w*|den(?:y|ies|ied|ying|ial)\w*|declin\w*|reject\w*|fail\w*|avoid\w*|lack\w*|absence|absent|ceas\w*|quit|"
    r"rule[sd]? out|stop\w*|prevent\w*|bann?\w*|prohibit\w*|forbid\w*|block\w*|halt\w*|veto\w*|turn\w* down|oppos\w*|"
    r"against|resist\w*|reluctan\w*|doubt\w*|ignor\w*|gone|limit\w*|oblivious|"
    r"refut\w*|rebut\w*|contradict\w*|debunk\w*|rumou?r\w*|hoax\w*|false\w*|fake\w*|contrary|"
    r"sub-?standard|below (?:\w+ )?standards?|"
    r"abandon\w*|exclud\w*|lost|lose|must|mandatory|far from|anonym\w*|clos(?:ed|ing|ures?)|"
    r"empt\w*|pinned|stuck|trapped|let alone|out of danger|"
    rf"unable|un(?!{_NO_UN})\w{{3,}}|dis(?!{_NO_DIS})\w{{3,}}|non\w*|\w+less(?:ly|ness)?|im(?:poss|mun|mob|prob)\w*|il(?:leg|lic)\w*|"
    r"ir(?:rel|resp|rev)\w*|in(?:ab|ad|cap|eff|exp|suf|tol|vis|val|complete|dec|det)\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


def lost_negations(source: str, target: str) -> list[Place]:
    """Where the Chinese denies something that the English does not; sentence by sentence if both have as many.

    Args:
        source: a Chinese passage.
        target: its English.
    """
    text = simplify(source)
    return [
        match.span()
        for said_in, written_in in paired_sentences(text, target)
        if (match := _DENIES_ZH.search(text, *said_in)) and not _DENIES_EN.search(target, *written_in)
    ]
