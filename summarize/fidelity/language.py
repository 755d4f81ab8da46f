"""English that is another language: a model told to write Spanish may write Spanish."""

from __future__ import annotations

import re

from summarize.digest import Finding
from summarize.fidelity.text import excerpt

# The commonest words of each; "on", "die", "in" and "a" are English too.
_OTHER = re.compile(
    r"\b(?:el|los|las|del|que|una|por|para|con|su|sus|fue|más|como|pero|está|este"  # Spanish
    r"|la|les|des|du|de|le|et|une|est|dans|pour|sur|avec|qui|cette|ont|été|aux|leur"  # French
    r"|der|das|und|ist|nicht|mit|von|den|ein|eine|auf|sich|dem|zu|wurde"  # German
    r"|che|di|il|della|gli|nel|sono|anche|è|più|dei|alla"  # Italian
    r"|não|os|uma|em|do|da|foi|mais|ao|pelo"  # Portuguese
    r"|yang|dan|ini|dengan|untuk|dari|pada"  # Indonesian
    r"|và|của|là|có|các|được|cho|trong|những|không)\b"  # Vietnamese
)
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|a|is|was|were|that|for|on|with|as|by|at|from|it|its|are|has|have|had|be|this|he|she|they)\b"
)


def other_language(target: str) -> list[Finding]:
    """Sentences that are Spanish, French or another language in Latin script, by its commonest words."""
    findings = []
    for sentence in re.finditer(r"[^\s.!?][^.!?]*", target):
        said = sentence.group()[:1].lower() + sentence.group()[1:]  # other capitals are of names
        other = len(set(_OTHER.findall(said)))
        if other >= 3 and other > len(set(_ENGLISH.findall(said))):
            detail = f"Is not English: {excerpt(target, sentence.span()).strip()!r}."
            findings.append(Finding("off task", detail, target=sentence.span()))
    return findings
