"""Questions about a topic: its rules, else the sentences on it, else that the documents are silent."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.beyond import after_payment, fund, no_ceiling, rare_beside, requirement
from assistant.answering.by_figures import by_figures
from assistant.answering.literal import absent, answer_mentioned, bought_unknown, by_figure, mentioned
from assistant.answering.nearest import nearest_article
from assistant.answering.recipients import for_asker
from assistant.answering.several import cases_beside
from assistant.answering.versions import told_elsewhere
from assistant.answering.words import WORDS
from assistant.binding import fits, slots
from assistant.binding.names import bigrams, likest_plain
from assistant.compose import replies
from assistant.compose.draft import Context, Draft
from assistant.compose.incentives import answer_incentives
from assistant.compose.instead import not_ruled_out
from assistant.compose.passages import answer_passages
from assistant.compose.targets import answer_targets
from assistant.findings import SUPPORT_WORDS, SUPPORTED, Findings
from assistant.holding import holds
from assistant.knowledge import plain
from assistant.levels import pays_for
from assistant.rules.schema import RuleKind
from assistant.selecting import (
    HEADING,
    MONEY_WORDS,
    TELLING,
    RuleMatch,
    best_articles,
    cover,
    share,
)
from assistant.understanding.question import Ask
from index.quantities import parse_quantities

_NEARLY = 0.6
"""Share of the best score that a price for another thing must have to take its place."""


def by_topic(context: Context, found: Findings) -> Draft:
    """The rules or sentences on the topic of the question."""
    question, asks = context.question, context.question.asks
    if things := bought_unknown(found):
        return replies.refuse_silent(context, found.policies, "、".join(unit.name for unit in things))
    chosen = found.chosen
    about_money = found.about_money
    if Ask.LIST in asks and not about_money and not (chosen and chosen[0].entry.rule.kind is RuleKind.TARGET):
        listed = best_articles(found.passages(), 1)
        if listed and share(found.units, listed[0].strengths, topics_only=False) >= SUPPORTED:
            return answer_passages(context, listed, whole=True)
    if WORDS["whole_fund"].search(question.text) and (draft := over_all_line(context, found)):
        return draft
    if chosen and not pays_for([chosen[0].entry.rule], question.text) and (draft := told_elsewhere(context, found)):
        return draft
    if draft := after_payment(context, found) or fund(context, found) or requirement(context, found) or nearest_article(context, found):
        return draft
    if chosen and found.supported:
        first = chosen[0].entry.rule
        dated = first.kind is RuleKind.TARGET and Ask.TARGET in asks and bool(question.years)
        better = _better_passage(context, found) if not about_money and not dated else _whole_sentence(context, found)
        if better is None and about_money:
            better = _pointed_sentence(context, found)
        if better is not None:
            return better
        if first.kind is RuleKind.TARGET:
            return answer_targets(context, _targets(context, found))
        if first.kind is not RuleKind.PROVISION or about_money:
            return _by_rules(context, found)
    how_long = asks <= {Ask.PERIOD, Ask.CONDITIONS, Ask.PROCEDURE} and not SUPPORT_WORDS.search(question.text)
    if (about_money and not how_long) or Ask.EXISTS in asks:
        return _silent_on_money(context, found)
    passages = best_articles(found.passages(), 2)
    if passages and share(found.units, passages[0].strengths, topics_only=False) >= SUPPORTED:
        return answer_passages(context, passages)
    if Ask.VERIFY in asks:
        return _deny(context, found)
    if passages and question.policies and (share(found.units, passages[0].strengths, topics_only=False) >= 0.25 or not context.zh):
        return answer_passages(context, passages)
    if passage := mentioned(found):
        return answer_passages(context, [passage])
    return _silent(context, found) if found.topics else by_figure(context, found) or replies.refuse_outside(context)


def _by_rules(context: Context, found: Findings) -> Draft:
    """What the rules give, and what of the question they leave open."""
    matches = not_ruled_out(context, _siblings(found), found.ranked)
    if draft := for_asker(context, found, matches):
        return draft
    draft = answer_incentives(context, matches)
    if line := no_ceiling(context, draft):
        draft.conclusion += f"\n{line}"
    if names := "、".join(_left_out(found, matches)):
        lacking = context.say(f"“{names}”：文件没有写明这项费用的补贴金额或比例。", f"“{names}”: the document states no support for it.")
        draft.conclusion += f"\n{lacking}"
    if narrower := found.narrower:
        draft.notice(
            context.say(
                f"您问的是“{narrower}”，引用的条文没有单独提到，是否适用以主管部门解释为准。",
                f"The article quoted does not mention “{narrower}” in particular; ask the authority whether it applies.",
            )
        )
    return draft


def _left_out(found: Findings, matches: Sequence[RuleMatch]) -> list[str]:
    """Of several things with a figure each, those that no rule told is for: 国际认证20万，境外商标10万."""
    costs = [mention for mention in found.question.mentions if mention.quantity.unit in ("", "CNY")]
    if len(costs) < 2:
        return []
    lacking = [
        unit
        for number, unit in enumerate(found.units)
        if unit.topic and unit.weight >= TELLING and not any(match.covers(number) for match in matches)
    ]
    spent = WORDS["spent"]
    named = [mention.before[: match.start()] for mention in costs if (match := spent.search(mention.before))]
    return [unit.name for unit in lacking if any(before.endswith(form) for before in named for form in unit.forms)]


def _siblings(found: Findings) -> list[RuleMatch]:
    """The chosen rules with those that fit as well as the first: several rules on one topic are all told."""
    chosen = list(found.chosen)
    first = chosen[0]
    if Ask.TOTAL in found.question.asks and (group := _group(found, first)):
        return group
    if parts := _parts(found, first):
        return parts
    if Ask.DIFFERENCE in found.question.asks and (cases := cases_beside(found)):
        return [first, *cases]
    general = bool(found.topics) and all(found.in_title(unit) for unit in found.topics)  # 做跨境电商能补多少: of all supports that fit
    claimed = Ask.VERIFY in found.question.asks
    least = _NEARLY if general and (claimed or not found.question.mentions) else 0.75 if WORDS["each"].search(found.question.text) else 0.97
    topics = [number for number, unit in enumerate(found.units) if unit.topic and first.covers(number)]
    for match in found.ranked[:8]:
        if match in chosen or match.entry.policy.id != first.entry.policy.id:
            continue
        if topics and not any(match.covers(number) for number in topics):
            continue  # as good by words of measures alone: the 年交易额 of a park is not that of 1210
        other_case = match.entry.rule.id in first.entry.rule.excludes and match.score >= 0.6 * first.score
        as_good = match.score >= least * first.score and match.entry.rule.gives_money == first.entry.rule.gives_money
        if (
            other_case or as_good or (_another_case(first, match) and all(match.covers(number) for number in topics))
        ):  # the same support under another condition is told too, unless the facts rule it out
            chosen.append(match)
    chosen = _that_count(found, [*chosen, *_with_rare_words(found, chosen)])
    return _by_what_is_counted(found, by_figures(found, chosen))


_COUNTED_BY = frozenset({"m2", "TEU", "ton", "kg", "kWh", "person_time", "order"})
"""Units that only one of several supports is likely to count by."""


def _that_count(found: Findings, chosen: list[RuleMatch]) -> list[RuleMatch]:
    """Those that ask for a figure of the kind given (800平米), where the first asks for none."""
    if len(found.chosen) > 1 or found.question.thread or Ask.TOTAL in found.question.asks:
        return chosen  # several things are asked about
    units = {mention.quantity.unit for mention in found.question.mentions} & _COUNTED_BY
    counting = [match for match in chosen if units & {slot.unit for slot in slots(match.entry.rule)}]
    own = [slot.unit for slot in slots(chosen[0].entry.rule)]
    if any(fits(mention.quantity.unit, unit) for mention in found.question.mentions for unit in own):
        return chosen  # it has a figure of its own
    return counting if counting and chosen[0] not in counting else chosen


def _another_case(first: RuleMatch, other: RuleMatch) -> bool:
    """Whether both take their share of one measure, under items of one list: 新设立的企业 beside 原有企业."""
    one, two = first.entry, other.entry
    listed = len(one.article.path) > 1 and one.article.path[:-1] == two.article.path[:-1]
    return listed and bool(one.rule.basis and two.rule.basis) and one.rule.basis.fact == two.rule.basis.fact  # type: ignore[union-attr]


def _with_rare_words(found: Findings, chosen: Sequence[RuleMatch]) -> list[RuleMatch]:
    """Of the article of the first the rule that alone holds a telling word of the question: 港澳籍 beside 骨干人才."""
    first, lacking = chosen[0], rare_beside(found)
    beside = [
        match
        for match in found.ranked
        if match not in chosen and match.entry.key[0] == first.entry.key[0] and match.entry.article.start == first.entry.article.start
    ]
    return [match for match in beside if any(match.covers(number) for number in lacking)][:1]


def _parts(found: Findings, first: RuleMatch) -> list[RuleMatch]:
    """The rule with those of its article that are added to it, where the question has a figure for one of them as well."""
    others = [
        match
        for match in found.ranked
        if match.entry.rule.id in first.entry.rule.adds_with
        and match.entry.policy.id == first.entry.policy.id
        and match.entry.article.start == first.entry.article.start
    ]
    named = any(
        likest_plain(mention.phrase, [basis.label, basis.label.removeprefix("年度").removeprefix("年")])[0] >= 1.0
        for match in others
        if (basis := match.entry.rule.basis)
        for mention in found.question.mentions
    )
    return [first, *others] if named and len(found.chosen) == 1 else []


def _by_what_is_counted(found: Findings, chosen: list[RuleMatch]) -> list[RuleMatch]:
    """Of prices of one article for different things (去程每标箱, 回程每标箱) those for what the question names, if it is not the first."""
    first = chosen[0].entry
    group = [match for match in found.ranked if match.entry.key[0] == first.key[0] and match.entry.article.start == first.article.start]
    group = [match for match in group if match.entry.rule.per and not match.entry.rule.portions]
    if len(group) < 2 or chosen[0] not in group:
        return chosen
    pairs = [bigrams(plain(match.entry.rule.per[0].label)) for match in group]
    own = [names - set[str]().union(*pairs[:number], *pairs[number + 1 :]) for number, names in enumerate(pairs)]
    asked = bigrams(plain(found.question.text))
    named = [match for match, names in zip(group, own, strict=True) if names & asked]
    if not named or chosen[0] in named or named[0].score < _NEARLY * chosen[0].score:
        return [*chosen, *(match for match in named if match not in chosen)]
    return [*named, *(match for match in chosen if match not in group)]


def _group(found: Findings, first: RuleMatch) -> list[RuleMatch]:
    """The rules a total is asked of: those the text lets add up with the chosen one, else those talked about so far."""
    keys = (
        {(first.entry.policy.id, other) for other in first.entry.rule.adds_with}
        if found.question.thread or WORDS["several_together"].search(found.question.text)
        else {match.entry.key for match in found.ranked if _named_besides(first, match)}
    )
    keys |= set(found.question.thread)
    keys -= {match.entry.key for match in found.chosen}
    if not keys or len(found.chosen) > 1:
        return []
    others = [entry for entry in found.context.knowledge.entries if entry.key in keys and entry.rule.gives_money]
    return [first, *(RuleMatch(first.score, first.strengths, entry) for entry in others)]


def _named_besides(first: RuleMatch, other: RuleMatch) -> bool:
    """Whether a support that is paid on top of the first holds a word of the question that the first lacks: 挂牌，还进了创新层."""
    added = other.entry.policy.id == first.entry.policy.id and other.entry.rule.id in first.entry.rule.adds_with
    return added and any(own >= HEADING and own > before for own, before in zip(other.strengths, first.strengths, strict=True))


def _targets(context: Context, found: Findings) -> list[RuleMatch]:
    """Targets as fit as the best; for several years, one of each."""
    fitting = [match for match in found.ranked if match.entry.rule.kind is RuleKind.TARGET]
    years = context.question.years
    fitting = [match for match in fitting if match.entry.rule.target and match.entry.rule.target.year in years] or fitting
    best = fitting[0].score
    if len(years) > 1:
        picked = []
        for year in years:
            own = [match for match in fitting if match.entry.rule.target and match.entry.rule.target.year == year]
            picked += own[:1]
        return picked or fitting[:1]
    chosen = [match for match in fitting if match.score >= 0.95 * best][:3]
    for match in cover(fitting, found.units, most=3):
        if match not in chosen:
            chosen.append(match)
    return chosen


def _better_passage(context: Context, found: Findings) -> Draft | None:
    """The sentence that holds clearly more of the question than the chosen rule, where no sum is asked for."""
    if Ask.VERIFY in context.question.asks or (
        any(mention.quantity.unit for mention in context.question.mentions) and Ask.ENTITY not in context.question.asks
    ):
        return None
    passages = best_articles(found.passages(), 2)
    if not passages:
        return None
    rule_share = share(found.units, found.chosen[0].strengths, topics_only=False)
    entity = Ask.ENTITY in context.question.asks and Ask.TARGET not in context.question.asks
    if (
        entity
        or share(found.units, [value if value == 1.0 else 0.0 for value in passages[0].strengths], topics_only=False) > rule_share + 0.1
    ):
        return answer_passages(context, passages, whole=entity)
    return None


def _whole_sentence(context: Context, found: Findings) -> Draft | None:
    """The sentence that holds most words of a question which names no support, where the rules hold less than half as many."""
    if SUPPORT_WORDS.search(context.question.text) or context.question.mentions or Ask.VERIFY in context.question.asks:
        return None
    passages = best_articles(found.passages(), 1)
    held = share(found.units, [value if value == 1.0 else 0.0 for value in passages[0].strengths], topics_only=False) if passages else 0.0
    together = [max(match.strengths[number] for match in found.chosen) for number in range(len(found.units))]
    if held >= 0.6 and share(found.units, together, topics_only=False) < SUPPORTED * held:
        return answer_passages(context, passages)
    return None


def _pointed_sentence(context: Context, found: Findings) -> Draft | None:
    """The sentence with a telling word that no rule of the place has, where no sum is asked for: 公务员能拿吗, 造假会怎样."""
    question = context.question
    summed = question.asks & {Ask.TOTAL, Ask.TARGET, Ask.LIST, Ask.RATE, Ask.CAP}
    if question.mentions or question.thread or summed or WORDS["how_much"].search(question.text):
        return None
    rules = [entry for entry in context.knowledge.rules_of([policy.id for policy in found.policies]) if entry.rule.gives_money]
    told = [f"{entry.name}\n{entry.core}\n{entry.quote}" for entry in rules]
    told += [plain(match.entry.article.text) for match in found.chosen if match.entry.rule.gives_money]
    unknown = [
        number
        for number, unit in enumerate(found.units)
        if unit.weight >= context.knowledge.rare and not any(holds(text, unit.forms) for text in told)
    ]
    pointed = [passage for passage in found.passages() if any(passage.strengths[number] == 1.0 for number in unknown)]
    best = best_articles(pointed, 1)
    return answer_passages(context, best) if best else None


def _topic_words(found: Findings) -> str:
    silent = [unit for unit in absent(found) if unit.weight > 1.0]
    if found.question.language == "en":  # as asked: the last form of a term
        names = [unit.forms[-1] for unit in silent if unit.forms[-1].isascii()]
    else:
        names = [unit.name for unit in silent if not unit.name.isascii()]
    return "、".join(dict.fromkeys(names))[:40]


def over_all_line(context: Context, found: Findings) -> Draft | None:
    """The sentence that limits all supports of one company together, where that is asked."""
    question = found.question
    if not (question.asks & {Ask.CAP, Ask.AMOUNT} and WORDS["whole_company"].search(question.text) and question.policies):
        return None
    over_all = [passage for passage in found.passages() if WORDS["over_all"].search(passage.text)]
    return answer_passages(context, over_all[:1]) if over_all else None


def _silent_on_money(context: Context, found: Findings) -> Draft:
    """Support is asked for: a sentence that promises it without a figure, or nothing at all."""
    if draft := over_all_line(context, found):
        return draft
    if not SUPPORT_WORDS.search(context.question.text) and not context.question.asks & {Ask.AMOUNT, Ask.RATE, Ask.CAP}:
        plainly = best_articles(found.passages(), 1)  # 一个项目可以有两家引荐方吗 asks for no support
        if plainly and share(found.units, [value if value == 1.0 else 0.0 for value in plainly[0].strengths], topics_only=False) >= 0.7:
            return answer_passages(context, plainly)
    passages = [
        passage
        for passage in best_articles(found.passages(MONEY_WORDS), 3)
        if MONEY_WORDS.search(passage.text) and share(found.units, [value if value == 1.0 else 0.0 for value in passage.strengths]) >= 0.7
    ]
    if passages:
        lead = context.say("文件提到了这方面的支持，但没有写明具体金额或比例：", "The document mentions it but states no amount or rate:")
        if found.chosen and found.chosen[0].entry.rule.gives_money and plain(found.chosen[0].entry.rule.quote) in plain(passages[0].text):
            return _by_rules(context, found)
        if any(figure.unit in ("CNY", "ratio") for figure in parse_quantities(passages[0].text)):  # it has a figure, be it for this or not
            lead = context.say("文件提到了这方面的支持，写的是：", "The document mentions it; it says:")
        return answer_passages(context, passages[:1], lead=lead)
    claimed = Ask.VERIFY in context.question.asks
    if draft := told_elsewhere(context, found):
        return draft
    if passage := mentioned(found):
        return answer_mentioned(context, passage)
    return _deny(context, found) if claimed else _silent(context, found)


def _silent(context: Context, found: Findings) -> Draft:
    """The documents have nothing on it; silence is only said of words that stand nowhere in them."""
    if not found.topics and (draft := by_figure(context, found)):
        return draft
    return replies.refuse_silent(context, found.policies, _topic_words(found))


def _deny(context: Context, found: Findings) -> Draft:
    """A claim about something the documents do not have."""
    draft = replies.refuse_silent(context, found.policies, _topic_words(found))
    draft.conclusion = context.say("没有依据可以说对：", "There is nothing that bears it out. ") + draft.conclusion
    draft.behaviour = draft.behaviour.__class__("answer")
    draft.changes_matter = True
    return draft
