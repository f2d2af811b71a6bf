"""Proposes the rules of any policy: what its articles promise, limit or plan, each with its quotation and its doubts.

    >>> file = propose_rules(policy)                         # doctest: +SKIP
    >>> [(rule.article, rule.kind.value, rule.label) for rule in file.rules][:1]    # doctest: +SKIP
    [('（二）', 'rate', '开展1210业务资金支持')]

Nothing here knows a document: proposals come from clause patterns of policy language. A proposal whose figures are not
all in its quotation is not made. `review` stays empty until a person has compared it with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pydantic import ValidationError

from assistant.rules.extraction import figureless, money, planned, requirements, tables, tax
from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.beside import asked_beside, is_frame
from assistant.rules.extraction.built import Built
from assistant.rules.extraction.cases import exclude_cases
from assistant.rules.extraction.ceilings import ceilings_of
from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.drafts import read_drafts
from assistant.rules.extraction.frame import approval_of, effective_of, procedure_of, provisions_of, stacking_of
from assistant.rules.extraction.governing import Governing, governing, governs_items, is_rest
from assistant.rules.extraction.labels import named_by_title, run_in_heading, tell_apart
from assistant.rules.extraction.ladders import measured_by, named_measure
from assistant.rules.extraction.naming import rule_id, subject_noun
from assistant.rules.extraction.other_cases import OTHER_CASE, as_other_case, case_of, share_conditions
from assistant.rules.extraction.other_words import in_other_words
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.requirements import lists_requirements
from assistant.rules.extraction.roles import Role, read_series
from assistant.rules.extraction.subjects import beneficiary_of, find_subject
from assistant.rules.quotes import find_quote, locate, unquoted
from assistant.rules.schema import Compare, Confirm, Period, Rule, RuleFile
from index.models import Article, ArticleKind, Policy

_LONGEST_QUOTE = 700
_ADDS = re.compile(r"(?<!不)(?<!不得)(?:可|可以|允许)(?:同时|累计)?叠加(?:享受|执行|计算)?(?!不)")
_MORE = re.compile(r"(?:再|另|额外)(?:一次性|分别)?(?:给予|予以|奖励|补助|补贴|资助|增加)")
_AND_ALSO = re.compile(r"(?:和|及|以及)(?!.*[；。].)[^，；。]*\d")
"""30万元安家补贴和每月3000元生活津贴: both are given."""
_RAISED = re.compile("(?:比例|标准|额度|上限)?(?:可)?(?:提高|上调|提升|增加)(?:至|到)")
"""其中，列入目录的，补助比例提高至12%: another case of the grant before it."""
_OTHER_CASE = re.compile("[，,;；]\\s*或$")
_ENCOURAGING = re.compile("(?:^|[，；：])(?:支持|鼓励|引导|推动)")
_ONCE_ONLY = re.compile(r"(?:只|仅)(?:能|可|限|给予|予)?(?:享受|申报|申请|领取|获得|补贴|奖励|补助)?(?:一|1)次(?!性)")
_WHOM = re.compile("(?:支持|扶持|奖励|补助|补贴|奖补|资助|申报|适用)(?:对象|主体|范围)$")
"""Headings of parts that say for whom: 【支持对象】 beside 【支持标准】."""
_SILENT = (ArticleKind.TITLE,)


def propose_rules(policy: Policy) -> RuleFile:
    """The rules found in a policy, in the order of its articles; every one loads through the strict loader."""
    rules: list[Rule] = []
    headings: dict[str, str] = {}
    parents: dict[str, tuple[str, ...]] = {}
    sources = [Source.of(article) for article in policy.articles]
    for source in sources:
        found = [rule for rule in _rules_of(source, sources) if locate(policy, rule.article, rule.quote)]
        numbered = [rule.model_copy(update={"id": rule_id(source.article, n)}) for n, rule in enumerate(found, 1)]
        known = {rule.id for rule in rules}
        numbered = _unique_beside(known, numbered)
        headings |= {rule.id: heading_of(source) for rule in numbered}
        parents |= {rule.id: source.article.path[:-1] for rule in numbered}
        rules += _added_up(source, numbered)
    return RuleFile(
        policy=policy.id,
        effective=effective_of(policy),
        stacking=stacking_of(sources),
        approval=approval_of(sources),
        procedure=procedure_of(sources),
        ceilings=ceilings_of(sources, rules),
        rules=tuple(
            in_other_words(rule, headings[rule.id])
            for rule in exclude_cases(tell_apart(named_by_title(rules, policy.title), headings), parents)
        ),
    )


def _rules_of(source: Source, sources: list[Source]) -> Iterator[Rule]:
    article = source.article
    if article.kind in _SILENT or _is_attachment(article):
        return
    yield from provisions_of(source)
    procedural = _about_procedure(article)
    lead = _lead_words(source, sources)
    given = _lead_conditions(source, sources)
    measured = named_measure(_lead_sentence(source, sources))
    step = measured_by(source.sentences[0], measured) if len(source.sentences) == 1 else None
    drafts = [step] if step else read_drafts(list(source.sentences))
    covered: list[tuple[int, int]] = []
    if not procedural:
        yield from tables.rules(source)
        covered += [tables.flat_span(source, table) for table in tables.find_tables(source.article.text)]
        drafts = [draft for draft in drafts if not any(start <= draft.own_start < end for start, end in covered)]
    above = governing(source, sources) or asked_beside(source, sources)
    if own := governs_items(source, sources):
        covered.append((own.sentence.start, own.sentence.end))
    previous = ""
    before: Draft | None = None
    last: tuple[Draft, Built] | None = None
    for draft in drafts:
        if procedural and not p.GIVE_NEAR.search(draft.grants[0].left):
            continue
        if last and last[0].sentence.start == draft.sentence.start:
            share_conditions(draft, last[0])
        draft.beneficiary_from = previous or lead
        draft.topics = _topics(source, draft)
        draft.above = next((heading for heading in reversed(source.article.parents) if not is_frame(heading)), "")
        draft.run_in = run_in_heading(source.flat.text, draft.own_start)
        draft.fuller = _fuller(before, draft)
        before = draft
        built = money.build(draft)
        if not built.doubts or draft.beneficiary_from:
            previous = built.beneficiary
        if last and last[0].sentence.start == draft.sentence.start:
            if case := case_of(draft):
                as_other_case(built, last[1], case, sources)
            elif _RAISED.search(draft.text):
                money.take_basis(built, last[1])
        money.basis_of_threshold(built, draft)
        last = (draft, built)
        built.fields["conditions"] = (*built.fields["conditions"], *given)
        if built.period is not Period.ONCE and _only_once(source, draft, drafts):
            built.period = Period.ONCE
        if procedural:
            built.doubts.append("写在申报、审批一类的条文里")
        rule = _governed(above, built, _rule(source, draft, built))
        if rule:
            covered.append((draft.own_start, draft.end))
            covered += [(draft.announced.start, draft.announced.end)] if draft.announced else []
            yield rule
    if procedural:
        return
    if lists_requirements(source, sources) and not drafts:
        yield from requirements.rules(source, sources)
        return
    yield from tax.tax_rules(source)
    covered += [(piece.start, piece.end) for draft in drafts for piece in draft.before]
    if not _is_lead(source, sources):
        yield from figureless.rules(source, covered)
    yield from planned.rules(source, covered)


def _governed(above: Governing | None, built: Built, rule: Rule | None) -> Rule | None:
    """The rule with what the sentence above its item asks for."""
    if rule is None or above is None or not above.says_something:
        return rule
    own = {part.fact for part in rule.single_conditions}
    more = tuple(part for part in above.conditions if getattr(part, "fact", "") not in own)
    label = rule.label
    if is_rest(label) and (noun := subject_noun(above.who)):
        label = f"{noun}{re.sub('^.*?(?=(?:奖励|奖补|补助|补贴|资助|扶持|支持)$)', '', label)}（{built.beneficiary}）"
    basis = rule.basis and money.one_measure(rule.basis, more)
    return rule.model_copy(update={"conditions": (*more, *rule.conditions), "under": above.clause, "label": label, "basis": basis})


def _rule(source: Source, draft: Draft, built: Built) -> Rule | None:
    """The rule with the shortest run of clauses that proves it; conditions no such quotation proves are left to doubt."""
    for start, end in _spans(draft):
        rule = _valid(source, built, source.quote(start, end))
        if rule and not unquoted(rule):
            return rule
    start, end = _spans(draft)[0]
    for remedy in (_without_compared, _without_caps):
        remedy(built)
        rule = _valid(source, built, source.quote(start, end))
        if rule and not unquoted(rule):
            return rule
    return None


def _spans(draft: Draft) -> list[tuple[int, int]]:
    """From the promise alone to all sentences it is read from, shortest first."""
    first = min(piece.start for piece in (*draft.before, *draft.head, *draft.body))
    if draft.announced:
        return [(first, draft.end)]
    own = [piece for piece in draft.head if draft.sentence.start <= piece.start]
    named = [piece.start for piece in own if piece.text.startswith("对")]
    begin = max(
        (start for start in named if start <= draft.own_start), default=min((piece.start for piece in own), default=draft.own_start)
    )
    begin = min(begin, draft.own_start)
    spans = [(begin, draft.end), (min([piece.start for piece in own] + [draft.own_start]), draft.end), (first, draft.end)]
    return [span for span in dict.fromkeys(spans) if span[1] - span[0] <= _LONGEST_QUOTE] or [spans[0]]


def _valid(source: Source, built: Built, quote: str) -> Rule | None:
    try:
        return Rule(
            id="proposed",
            label=built.label,
            article=source.article.label,
            quote=quote,
            kind=built.kind,
            beneficiary=built.beneficiary,
            period=built.period,
            confidence=confidence_of(built.doubts),
            doubts=tuple(built.doubts),
            **built.fields,
        )
    except ValidationError:
        return None


def _added_up(source: Source, rules: list[Rule]) -> list[Rule]:
    """Rules that the text says add up: 三项可叠加, 再给予20万元奖励 behind a first grant of the sentence."""
    together: dict[str, set[str]] = {rule.id: set() for rule in rules}
    instead: dict[str, set[str]] = {rule.id: set() for rule in rules}
    spans = {rule.id: at for rule in rules if rule.gives_money and (at := find_quote(source.article.text, rule.quote))}
    ends = {name: at[1] for name, at in spans.items()}
    for sentence in source.sentences:
        start, end = source.flat.span(sentence.start, sentence.end)
        within = sorted((at, name) for name, at in ends.items() if start < at <= end)
        if _ADDS.search(sentence.text):
            for _, name in within:
                together[name] |= {other for _, other in within if other != name}
        for (before, first), (after, second) in pairwise(sorted(within, key=lambda pair: (pair[0], spans[pair[1]][0]))):
            between = source.article.text[before:after] or _own_clause(source.article.text, spans[first], spans[second])
            if _MORE.search(between) or _AND_ALSO.match(between):  # 另奖励 behind 另奖励: each of them is added to all before it
                for other in (first, *together[first]):
                    together[other].add(second)
                    together[second].add(other)
    cases = {rule.id: (rule.rate, rule.amount, rule.basis, rule.caps) for rule in rules if rule.id in ends}
    for (before, first), (after, second) in pairwise(sorted((at, name) for name, at in ends.items())):
        if before == after and cases[first] == cases[second] and _OTHER_CASE.search(source.article.text[: spans[second][0]]):
            instead[first].add(second)
            instead[second].add(first)
    for (before, first), (after, second) in pairwise(sorted((at, name) for name, at in ends.items())):
        words = re.split("[；。]", source.article.text[before:after].rstrip("。；"))[-1]
        if (_RAISED.search(words) or OTHER_CASE.search(words)) and "。" not in source.article.text[before:after].strip("。"):
            instead[first].add(second)
            instead[second].add(first)
    rules = _own_measures(rules, together)
    return [
        rule.model_copy(update={"adds_with": tuple(sorted(together[rule.id])), "excludes": tuple(sorted(instead[rule.id]))})
        for rule in rules
    ]


def _own_measures(rules: list[Rule], together: dict[str, set[str]]) -> list[Rule]:
    """总产值 and 出口产值 of rules that are added up are two measures, whatever the catalogue calls them."""
    by_id = {rule.id: rule for rule in rules}
    result = []
    for rule in rules:
        basis = rule.basis
        others = [other.basis for name in together[rule.id] if name in by_id and (other := by_id[name])]
        if basis and any(other and other.fact == basis.fact and other.label != basis.label for other in others):
            bare = re.sub("^(?:年度|当年|年)", "", basis.label)
            renamed = {"fact": basis.label[:40], "aliases": (bare,) if bare != basis.label else ()}
            conditions = tuple(
                part.model_copy(update=renamed) if isinstance(part, Compare) and part.fact == basis.fact else part
                for part in rule.conditions
            )
            rule = rule.model_copy(update={"basis": basis.model_copy(update=renamed), "conditions": conditions})
        result.append(rule)
    return result


def _own_clause(text: str, first: tuple[int, int], second: tuple[int, int]) -> str:
    """Where a ceiling of both ends both quotations: the clause the second begins with, or what stands behind the first clause."""
    clauses = re.split("[;；。]", text[second[0] : second[1]])
    return clauses[0] if first[0] < second[0] else "".join(clauses[1:])


def _without_compared(built: Built) -> None:
    conditions = built.fields.get("conditions", ())
    kept = tuple(c for c in conditions if c.is_ not in ("compare", "any_of"))
    if len(kept) < len(conditions):
        built.fields["conditions"] = kept
        built.doubts.append("有数额条件写在引文之外，请对照原文补上")


def _without_caps(built: Built) -> None:
    if built.fields.get("caps"):
        built.fields["caps"] = ()
        built.doubts.append("有上限写在引文之外，请对照原文补上")


def _fuller(before: Draft | None, draft: Draft) -> str:
    """The noun of the grant before it in the sentence, where this grant only repeats its end."""
    if before is None or before.sentence.start != draft.sentence.start:
        return ""
    long, short = subject_noun(find_subject(before).text), subject_noun(find_subject(draft).text)
    return long if 1 < len(short) < len(long) and long.endswith(short) else ""


def _lead_words(source: Source, sources: list[Source]) -> str:
    """For whom an item's parent article is, else its heading: 对利用资本市场融资发展的企业按以下标准给予奖励：（一）…."""
    path = source.article.path
    for other in reversed(sources[: sources.index(source)]):
        beside = len(path) > 1 and other.article.path[:-1] == path[:-1]
        if beside and _WHOM.search(other.article.heading) and len(other.sentences) == 1 and not _WHOM.search(source.article.heading):
            return other.sentences[0].text.rstrip("。")
        if other.article.path == path[:-1] and other.sentences and len(path) > 1 and other.sentences[-1].text.endswith("："):
            granting = read_drafts(list(other.sentences[-1:]))
            if granting and (who := beneficiary_of(granting[-1])):
                return who
            words = p.LEAD_SUBJECT.search(other.sentences[-1].text)
            if words:
                return words["who"]
    return ""


def _lead_conditions(source: Source, sources: list[Source]) -> tuple[Confirm, ...]:
    """What the article above demands of all its items, where it promises without a sum: 年营收超过500万元的企业给予奖励。（一）….

    Its figures stand in another article, so they are conditions in words.
    """
    path = source.article.path
    above = next((other for other in sources if len(path) > 1 and other.article.path == path[:-1]), None)
    if above is None or not above.sentences or read_drafts(list(above.sentences)):
        return ()
    last = above.sentences[-1]
    if not re.search("(?:给予|予以|进行)(?:[^，；。]{0,6})(?:奖励|补助|补贴|资助|扶持|支持)[。：]?$", last.text):
        return ()
    demands = []
    for piece in (piece for clause in last.clauses for piece in clause.pieces):
        words = re.sub(
            "^(?:对于?|且|并)|(?:的?(?:企业|单位|机构|项目)?)?(?:按照?[以下列如]{2}.*)?(?:(?:给予|予以|进行).*)?$", "", piece.text
        )
        if 3 < len(words) <= 40:
            figured = any(series.role is Role.CONDITION for series in read_series(piece))
            demands.append(Confirm.model_validate({"is": "confirm", "fact": words, "label": words, "assumed": not figured}))
    return tuple(demands)


def _only_once(source: Source, draft: Draft, drafts: list[Draft]) -> bool:
    """Whether the words behind a grant limit it to a single time: 同一船舶只能享受一次补贴."""
    later = [other.own_start for other in drafts if other.own_start > draft.own_start]
    behind = source.flat.text[draft.end : min(later, default=len(source.flat.text))]
    return bool(_ONCE_ONLY.search(behind))


def _is_lead(source: Source, sources: list[Source]) -> bool:
    """Whether its promise without a sum is made good by its items: a rule of its own would only say that there is something."""
    path = source.article.path
    items = [other for other in sources if path and other.article.path[:-1] == path]
    return any(read_drafts(list(item.sentences)) for item in items)


def _lead_sentence(source: Source, sources: list[Source]) -> str:
    """The words of the article above that end in a colon: what its items have in common."""
    path = source.article.path
    above = next((other for other in sources if len(path) > 1 and other.article.path == path[:-1]), None)
    text = above.sentences[-1].text if above and above.sentences else ""
    return text.rstrip("：") if text.endswith("：") else ""


def _about_procedure(article: Article) -> bool:
    """Articles on materials, steps and supervision promise nothing."""
    headings = [article.heading, article.section, *article.parents]
    return any(p.PROCEDURE_HEADING.search(heading) and not p.PROMISING.search(heading) for heading in headings if heading)


def _is_attachment(article: Article) -> bool:
    return article.kind is ArticleKind.CLOSING and bool(article.heading)


def _unique_beside(known: set[str], rules: list[Rule]) -> list[Rule]:
    """Ids used once: articles of the same path number on."""
    result = []
    for rule in rules:
        number = 2
        unique = rule.id
        while unique in known:
            unique, number = f"{rule.id}-{number}", number + 1
        known.add(unique)
        result.append(rule.model_copy(update={"id": unique}))
    return result


def _topics(source: Source, draft: Draft) -> tuple[str, ...]:
    """What the grant is about: the article's heading, the last sentence that encourages before it, headings above."""
    before = [
        sentence.text[: max(0, draft.own_start - sentence.start)] for sentence in source.sentences if sentence.start <= draft.own_start
    ]
    found = [text[match.end() - 2 :] for text in before[-2:] for match in _ENCOURAGING.finditer(text)]
    last = re.split(r"[，；：](?:对|被|凡)|[。；：]", found[-1])[0] if found else ""
    own = source.article.heading
    return (own, last, *reversed(source.article.parents[1:]))


def heading_of(source: Source) -> str:
    """Heading of the article, else the nearest above it."""
    article = source.article
    return next((heading for heading in (article.heading, *reversed(article.parents)) if heading and not is_frame(heading)), "")
