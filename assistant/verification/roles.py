"""Bodies and the part they have: who leads a matter, who is responsible, who publishes, explains, approves or hosts.

A part is proven by the article, or the sentence, that gives it for the matter the statement is about; not by the body's name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.verification.corpus import Corpus
from assistant.verification.models import Verdict
from assistant.verification.proof import Prover
from assistant.verification.quoting import MASK
from assistant.verification.reading import compact, tokens
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Mark, Scope, scope_at
from assistant.verification.units import Kind, Telling, Unit
from assistant.verification.words import WORDS
from index.departments import split_names
from index.models import Article, Policy

_FITS = 0.75
"""An article is of the matter if it shares so much of what the most fitting one shares with the words of the statement."""
_TELLING = 3.0
"""Words that tell less than this tell no matter."""
_RARE = 1.4
"""A word that tells less stands in every third sentence: 跨境."""
_CLAUSE = re.compile(r"[，。；,;\n]")
_BY = re.compile(r" by (?:the )?", re.IGNORECASE)
_DOER = re.compile(
    r"由(?P<by>[^，。；：、“”《》\d]{2,24}?)(?:单独|共同|联合|统一|负责)*$|是(?P<is>(?!否)[^，。；：“”《》\d]{2,18}[局委办会关处部厅行院市区县社司构团心])$"
)
"""由市文旅集团印发, 是市文旅集团印发的: whoever stands there is said to have done it."""
_OF_BODIES = ("publish", "approve", "explain", "draw_up", "accept", "serve")
"""What only bodies do: who is said to do it must be one."""
_NOBODY = re.compile(r"主管|有关|相关|部门|企业|单位|园区|各地|平台|本人|我|您|你|谁|哪")
_SIGNS = re.compile(r"[，。；：,;:（）()\n]")
_BACK = 4
"""So many clauses back stands who does what a clause says: 由甲会同乙，根据…，编制…."""


Articles = list[tuple[Policy, Article]]
_ROLES = re.compile(r"(?:牵头|责任|主办|配合)单位：(?P<zh>[^；;。\n]+)|\b(?:Lead|Responsible): (?P<en>[^;\n]+)")


def check_bodies(prover: Prover, plain: str, said: str, marks: Sequence[Mark], carried: Scope) -> list[Verdict]:
    """A body stands in the articles the statement is about, in the part it is given; `said` still has what is masked in `plain`."""
    verdicts = _listed_bodies(prover, plain, marks, carried)
    verdicts += _unknown_doers(prover, plain, marks, carried)
    mentions = list(prover.corpus.bodies.finditer(plain))
    if not mentions:
        return verdicts
    topic = _without_parts(prover, said, mentions, marks)
    for match in mentions:
        scope = scope_at(match.start(), marks, carried)
        verdicts.append(_body(prover, plain, match, scope, _words_around(prover, topic, match.start())))
    return verdicts


def _body(prover: Prover, plain: str, match: re.Match[str], scope: Scope, words: frozenset[str]) -> Verdict:
    name = match.group()
    denied = _is_denied(plain, match.start())
    role, act = _role(plain, match.start()), _act(plain, match)
    articles = _articles(prover, scope)
    if act and not denied and not role:
        return _acts(prover, plain, name, act, scope, words)
    if role and not denied and not scope.label and not scope.rules:
        articles = _of_matter(prover, articles, scope, words)
    holding = [(policy, article) for policy, article in articles if _names(article, policy, name)]
    if not holding:
        if compact(name) in compact(prover.evidence.said) or denied:
            return proven(name, "question")
        if not role and any(_governs(policy, name) for policy, _ in articles):
            return proven(name, articles[0][0].id)
        return flawed("body_role" if any(_names(a, p, name) for p, a in _articles(prover, scope)) else "body", name)
    policy, article = holding[0]
    parts = {d.lead for _, each in holding for d in each.departments if _is_called(d.name, name)}
    wrong = (role == "lead" and parts == {False} and _has_lead(holding)) or (
        role == "following" and parts == {True} and _says_lead(holding)
    )
    if wrong and not denied:
        return flawed("body_role", name, f"{policy.id}{article.label}")
    return proven(name, f"{policy.id}{article.label or ''}")


def _words_around(prover: Prover, topic: str, position: int) -> frozenset[str]:
    """The words of the clause, or of the statement where those tell no matter."""
    signs = list(_SIGNS.finditer(topic))
    start = max((match.end() for match in signs if match.end() <= position), default=0)
    own = tokens(topic[start : min((match.start() for match in signs if match.start() > position), default=len(topic))])
    return own if Telling.of(prover.corpus.units).weight(own) >= _TELLING else tokens(topic)


def _is_denied(plain: str, position: int) -> bool:
    """不是由市商务局发布."""
    return bool(WORDS["denied"].search(plain[max(0, position - 20) : position])) or "不是" in plain[max(0, position - 16) : position]


def _without_parts(prover: Prover, plain: str, mentions: Iterable[re.Match[str]], marks: Iterable[Mark]) -> str:
    """The words that tell the matter: without bodies, places, and the words for their parts."""
    spans = [match.span() for match in mentions]
    for mark in marks:
        if mark.policies:  # of 秦皇岛综合保税区 only the place: the rest is the matter
            place = prover.corpus.by_id[mark.policies[0]].place.name.removesuffix("市")
            spans.append((mark.start, mark.start + len(place)) if mark.words.startswith(place) else (mark.start, mark.end))
    for name in ("roles.lead", "roles.following"):
        spans += [match.span() for match in WORDS[name].finditer(plain)]
    for start, end in spans:
        plain = plain[:start] + MASK * (end - start) + plain[end:]
    return plain


def _of_matter(prover: Prover, articles: Articles, scope: Scope, words: frozenset[str]) -> Articles:
    """The articles of the documents, cited or not, whose words the statement fits best; the cited ones where it tells no matter."""
    policies = scope.policies or tuple(dict.fromkeys(policy.id for policy, _ in articles))
    units = (*_units(prover.corpus, policies), *(unit for unit in prover.units if unit.kind is Kind.RULE and unit.policy in policies))
    telling = Telling.of(units)
    by_article: dict[tuple[str, str | None], set[str]] = {}
    for unit in units:
        by_article.setdefault((unit.policy, unit.article), set()).update(unit.tokens)
    words = frozenset(word for word in words if telling.weight([word]) >= _RARE)
    headings = {(policy, a.label): tokens(a.heading) for policy in policies for a in prover.corpus.by_id[policy].articles if a.heading}
    scores = {key: telling.weight(words & own) + telling.weight(words & headings.get(key, frozenset())) for key, own in by_article.items()}
    best = max(scores.values(), default=0.0)
    if best < _TELLING:
        return articles
    by_id = prover.corpus.by_id
    fitting = [key for key, score in scores.items() if score >= _FITS * best]
    return [(by_id[policy], article) for policy, label in fitting for article in by_id[policy].articles if article.label == label]


def _units(corpus: Corpus, policies: tuple[str, ...]) -> tuple[Unit, ...]:
    return tuple(unit for unit in corpus.units if unit.policy in policies)


def _act(plain: str, match: re.Match[str]) -> str:
    """What the body is said to do in its clause: the first such word behind it, or 设在 right before it."""
    before = plain[max(0, match.start() - 24) : match.start()]
    if any(found.end() >= len(before) - 1 for found in WORDS["acts.seat"].finditer(before)):
        return "seat"
    for own, found in WORDS.matches("acts", before):
        if _BY.fullmatch(before, found.end()):
            return own
    stop = _CLAUSE.search(plain, match.end())
    behind = WORDS.matches("acts", plain, match.end(), stop.start() if stop else len(plain))
    return min(((found.start(), own) for own, found in behind if own != "seat"), default=(0, ""))[1]


def _unknown_doers(prover: Prover, plain: str, marks: Sequence[Mark], carried: Scope) -> list[Verdict]:
    """由X牵头, 由X印发, where X is no body that any document names as one: X must stand in the article itself."""
    verdicts = []
    acts = WORDS.matches("acts", plain)
    leads = [("lead", match) for match in WORDS["roles.lead"].finditer(plain)]
    for act, match in [*leads, *(pair for name in _OF_BODIES for pair in acts if pair[0] == name)]:
        start = max((sign.end() for sign in _SIGNS.finditer(plain, 0, match.start())), default=0)
        doer = _DOER.search(plain[start : match.start()])
        words = (doer["by"] or doer["is"]) if doer else ""
        if not words or _NOBODY.search(words) or MASK in words or prover.corpus.bodies.search(words) or _is_denied(plain, match.start()):
            continue
        articles = _articles(prover, scope_at(match.start(), marks, carried))
        named = any(compact(words) in compact(article.text) for _, article in articles)
        if not (named and act in ("lead", "serve")):
            verdicts.append(flawed("body", words))
    return verdicts


@dataclass(frozen=True, slots=True)
class _Deed:
    """A sentence that says who does something."""

    policy: str
    where: str
    agents: tuple[str, ...]
    tokens: frozenset[str]
    """The words of the clause: what is published, approved."""
    around: frozenset[str]


def _acts(prover: Prover, plain: str, name: str, act: str, scope: Scope, words: frozenset[str]) -> Verdict:
    """Of the sentences that say who publishes, approves …, those of this matter must name the body."""
    cited = dict.fromkeys(unit.policy for unit in prover.units)
    policies = tuple(policy for policy in scope.policies if policy in cited) or scope.policies or tuple(cited)
    deeds = [deed for policy in policies for deed in _deeds(prover.corpus, policy, act)]
    if not deeds:
        return flawed("body_act", name)
    telling = Telling.of(_units(prover.corpus, policies))
    scores = [telling.weight(words & deed.tokens) for deed in deeds]
    if not any(scores):
        scores = [telling.weight(words & deed.around) for deed in deeds]
    fitting = [deed for deed, score in zip(deeds, scores, strict=True) if score >= _FITS * max(scores)]
    doing = [deed for deed in fitting if any(_is_called(agent, name) or _is_called(name, agent) for agent in deed.agents)]
    if not doing:
        return flawed("body_act", name, f"{fitting[0].policy}: {fitting[0].where}")
    if WORDS["alone"].search(plain) and all(len(deed.agents) > 1 for deed in doing):
        return flawed("body_act", name, f"{doing[0].policy}: {doing[0].where}")
    return proven(name, f"{doing[0].policy}: {doing[0].where}")


_DEEDS: dict[tuple[int, str, str], list[_Deed]] = {}


def _deeds(corpus: Corpus, policy: str, act: str) -> list[_Deed]:
    key = (id(corpus), policy, act)
    if key not in _DEEDS:
        if len(_DEEDS) > _KEPT:
            _DEEDS.clear()
        _DEEDS[key] = list(_find_deeds(corpus, policy, act))
    return _DEEDS[key]


_KEPT = 512
"""Answers to who does what that are kept at a time."""


def _find_deeds(corpus: Corpus, policy: str, act: str) -> Iterable[_Deed]:
    document = corpus.by_id[policy]
    if act == "publish" and document.issuer:
        about = f"{document.title} {document.short_title} 这份文件 该文件 本文件 意见 措施 方案 政策 办法 document opinions measures plan"
        yield _Deed(policy, document.issuer, (document.issuer,), tokens(about), tokens(about))
    for unit in _units(corpus, (policy,)):
        for match in WORDS[f"acts.{act}"].finditer(unit.words):
            if agents := _agents(corpus, unit.words, match, act):
                yield _Deed(policy, unit.words, agents, tokens(_clause_at(unit.words, match)), unit.tokens)


def _clause_at(words: str, match: re.Match[str]) -> str:
    start = max((sign.end() for sign in _CLAUSE.finditer(words, 0, match.start())), default=0)
    stop = _CLAUSE.search(words, match.end())
    return words[start : stop.start() if stop else len(words)]


def _agents(corpus: Corpus, words: str, match: re.Match[str], act: str) -> tuple[str, ...]:
    """The bodies of the clause before the word, else of the clauses before; behind 设在."""
    if act == "seat":
        stop = _CLAUSE.search(words, match.end())
        return tuple(m.group() for m in corpus.bodies.finditer(words, match.end(), stop.start() if stop else len(words)))
    stop_at = match.start()
    for _ in range(_BACK):
        start = max((m.end() for m in _CLAUSE.finditer(words, 0, max(0, stop_at))), default=0)
        if found := tuple(m.group() for m in corpus.bodies.finditer(words, start, stop_at)):
            return found
        if not start:
            break
        stop_at = start - 1
    return ()


def _listed_bodies(prover: Prover, plain: str, marks: Sequence[Mark], carried: Scope) -> list[Verdict]:
    """责任单位：甲、乙: every name of the list, whatever it is called."""
    verdicts = []
    for match in _ROLES.finditer(plain):
        articles = _articles(prover, scope_at(match.start(), marks, carried))
        texts = [compact(article.text) for _, article in articles]
        for name in split_names(match["zh"] or match["en"]):
            if prover.corpus.bodies.search(name) or MASK in name:
                continue
            parts = {d.lead for _, article in articles for d in article.departments if compact(d.name) == compact(name)}
            if not any(compact(name) in text for text in texts):
                verdicts.append(flawed("body", name))
            elif parts == {False} and _has_lead(articles) and match.group().startswith(("牵头", "主办", "Lead")):
                verdicts.append(flawed("body_role", name))
    return verdicts


def _articles(prover: Prover, scope: Scope) -> Articles:
    labels = dict.fromkeys((unit.policy, unit.article) for unit in prover.within(scope))
    corpus = prover.corpus
    policies = dict.fromkeys(policy for policy, _ in labels)
    found = [(corpus.by_id[policy], a) for policy in policies for a in corpus.by_id[policy].articles if (policy, a.label) in labels]
    return found or [(corpus.by_id[unit.policy], a) for unit in prover.units[:1] for a in corpus.by_id[unit.policy].articles]


def _names(article: Article, policy: Policy, name: str) -> bool:
    own = name
    for prefix in (policy.place.name, policy.place.name.removesuffix("市")):
        own = own.removeprefix(prefix) if own != prefix else own
    text = compact(article.text)
    words = {compact(name), compact(own), compact("市" + own) if own != name and not own.startswith("市") else compact(own)}
    return any(word and word in text for word in words)


def _governs(policy: Policy, name: str) -> bool:
    """The issuer, and bodies that the paragraphs about the document itself name."""
    unlabelled = "".join(article.text for article in policy.articles if article.label is None)
    return compact(name) in compact(policy.issuer + unlabelled)


def _is_called(department: str, name: str) -> bool:
    return compact(name) in compact(department) or compact(department).removeprefix("市") in compact(name)


def _has_lead(articles: Articles) -> bool:
    return any(department.lead for _, article in articles for department in article.departments)


def _says_lead(articles: Articles) -> bool:
    """Whether an article has a lead of its own, and not only a first among the responsible."""
    return any(WORDS["roles.lead"].search(article.text) for _, article in articles)


def _role(plain: str, position: int) -> str:
    """lead or following: the word of that kind nearest before the name, or right behind it."""
    start = max(plain.rfind(sign, 0, position) for sign in "，；。,;") + 1
    ends = [end for sign in "，；。,;" if (end := plain.find(sign, position)) >= 0]
    stop = min(ends, default=len(plain))
    for left, right in ((start, position), (position, stop), (max(0, position - 60), start)):
        found = [(m.end(), role) for role in ("lead", "following") for m in WORDS[f"roles.{role}"].finditer(plain, left, right)]
        if left < start:  # of what stands before the comma only a heading goes on: 责任单位：甲，乙
            found = [(end, role) for end, role in found if re.match(r"单位[：:]|[：:]|单位[是为]", plain[end:])]
        if found:
            return max(found)[1]
    return ""
