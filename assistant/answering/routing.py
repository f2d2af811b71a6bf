"""From a completed question to a draft: which kind of answer, about which rules or passages.

The order of the tests below is the order of trust: what is no question for us, what is about the documents themselves,
then rules (figures proven and computed), then passages in the documents' own words, then silence.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.attributes import say_unwritten
from assistant.answering.bodies import departments, how_to_reach, procedure, who_does
from assistant.answering.claims import claimed_body, claimed_figures
from assistant.answering.filters import articles_of_body, extreme
from assistant.answering.left_out import left_out
from assistant.answering.listed import claimed_list
from assistant.answering.literal import by_figure, only_place
from assistant.answering.places import firms_from_elsewhere, say_places
from assistant.answering.sections import for_whom, list_parts
from assistant.answering.several import cites_figure, compare, is_comparison, list_rules, targets_of_years
from assistant.answering.stated import beside_others, defined, in_charge, repealed, stated_together
from assistant.answering.topics import by_topic, over_all_line
from assistant.answering.windows import application_window
from assistant.answering.words import WORDS
from assistant.compose import replies
from assistant.compose.counted import claims_each
from assistant.compose.documents import answer_stacking, answer_status
from assistant.compose.draft import Context, Draft, article_citation
from assistant.compose.incentives import answer_incentives
from assistant.compose.listing import answer_list
from assistant.findings import SUPPORT_WORDS, Findings
from assistant.knowledge import RuleEntry
from assistant.rules.schema import RuleKind
from assistant.selecting import RuleMatch, share
from assistant.understanding.question import ABOUT_DOCUMENT, Ask
from index.models import Article, ArticleKind, Hit, Standing
from index.numbering import label_number

_NOT_USABLE = frozenset({Standing.DRAFT, Standing.EXPIRED, Standing.NOT_YET, Standing.PLAN_OVER})


def compose(context: Context, hits: Sequence[Hit]) -> Draft:
    """The draft for one completed question."""
    question = context.question
    if question.uncovered and not question.policies:
        return replies.refuse_place(context, question.uncovered)
    found = Findings(context, hits)
    return say_places(context, found, say_unwritten(context, _route(context, found)))


def _route(context: Context, found: Findings) -> Draft:
    question, asks = context.question, context.question.asks
    if question.article and question.policies and (draft := _by_label(context, found)):
        return draft
    if not question.policies and not question.everywhere:
        if only := only_place(found):
            return compose(Context(context.knowledge, question.with_(policies=only), context.on), found.hits)
        if draft := _without_place(context, found):
            return draft
    if draft := firms_from_elsewhere(context, found) or articles_of_body(context, found) or extreme(context, found):
        return draft
    if draft := how_to_reach(context, found) or who_does(context, found) or claimed_body(context, found):
        return draft
    if draft := claimed_list(context, found):
        return draft
    if Ask.STATUS in asks and question.policies and (draft := repealed(context, found)):
        return draft
    if draft := left_out(context, found) or beside_others(context, found) or for_whom(context, found) or defined(context, found):
        return draft
    if draft := application_window(context, found):
        return draft
    telling = any(unit.topic and unit.weight > 1.5 for unit in found.units)
    if _is_about_document(found, telling=telling):
        return answer_status(context, found.policies)
    if Ask.STACKING in asks and (draft := _combined(context, found, telling=telling)):
        return draft
    if Ask.CERTAIN in asks and question.mentions and not telling:
        cited = [entry for entry in context.knowledge.rules_of([policy.id for policy in found.policies]) if cites_figure(context, entry)]
        if cited:
            return answer_incentives(context, [RuleMatch(1.0, (), entry) for entry in cited[:1]])
    if Ask.PROCEDURE in asks and (draft := procedure(context, found)):
        return draft
    if Ask.DEPARTMENT in asks and not asks & ABOUT_DOCUMENT and (draft := departments(context, found) or in_charge(context, found)):
        return draft
    several = len(question.policies) > 1 and not telling and not asks & {Ask.COMPARE, Ask.DIFFERENCE}
    if several and Ask.LIST in asks and (draft := list_rules(context, found)):
        return draft
    if is_comparison(context, found) and (draft := compare(context, found)):
        return draft
    if draft := list_parts(context, found):
        return draft
    if Ask.LIST in asks and not WORDS["lists_conditions"].search(question.text) and (draft := list_rules(context, found)):
        return draft
    if Ask.TARGET in asks and question.years and not found.topics and (draft := targets_of_years(context, found)):
        return draft
    if not (found.chosen and found.supported) and (draft := claimed_figures(context, found)):
        return draft
    if not found.has_topic:
        return _without_topic(context, found)
    return by_topic(context, found)


def _is_about_document(found: Findings, *, telling: bool) -> bool:
    """Whether the document itself is asked about (in force, by whom, its number), not a matter it tells of."""
    asks = found.question.asks
    if not asks & ABOUT_DOCUMENT:
        return False
    if not telling or asks >= {Ask.ISSUER, Ask.VERIFY} or (asks <= ABOUT_DOCUMENT and len(asks) > 1):
        return True
    if asks & {Ask.NUMBER, Ask.ISSUED} and not found.question.mentions and _named_by_title(found):
        return True
    dated = found.chosen and found.chosen[0].entry.rule.kind is RuleKind.TARGET
    of_matter = asks & {Ask.NUMBER, Ask.AMOUNT, Ask.RATE, Ask.CAP, Ask.PROCEDURE, Ask.TAX}
    return bool(asks & {Ask.STATUS, Ask.ISSUED}) and not dated and not of_matter


def _named_by_title(found: Findings) -> bool:
    """Whether all the question is about stands in the title of each document meant: 外贸奖励办法的文号."""
    return bool(found.question.policies) and all(found.in_title(unit) for unit in found.topics)


def _combined(context: Context, found: Findings, *, telling: bool) -> Draft | None:
    """Whether supports are given together: by the sentence that says so, else by what the rules allow."""
    question = context.question
    if question.policies and (draft := stated_together(context, found)):
        return draft
    if claims_each(question.text) or (Ask.TOTAL in question.asks and question.mentions) or not (question.policies or found.chosen):
        return None
    entries = [match.entry for match in _of_each_version(context, found) if match.entry.rule.gives_money] if telling else []
    policies = list({entry.policy.id: entry.policy for entry in entries}.values()) or sorted(
        found.policies, key=lambda policy: bool(policy.superseded_by)
    )
    return answer_stacking(context, entries, policies[:1] if not question.versions_named else policies)


def _of_each_version(context: Context, found: Findings) -> list[RuleMatch]:
    """The chosen rules; where versions of one place are named, also the best of each other one."""
    chosen = list(found.chosen)
    for policy in context.question.policies if context.question.versions_named else ():
        best = next((match for match in found.ranked if match.entry.policy.id == policy), None)
        if best and chosen and not any(match.entry.policy.id == policy for match in chosen) and best.score >= 0.5 * chosen[0].score:
            chosen.append(best)
    return chosen


def _without_place(context: Context, found: Findings) -> Draft | None:
    """No place named: answer when only one place can be meant, else ask which; refuse what no document mentions."""
    if not found.has_topic:
        if context.question.asks or context.question.mentions or SUPPORT_WORDS.search(context.question.text):
            return replies.ask_what(context, "both")
        return replies.refuse_outside(context)
    places = found.places() if found.supported else {}
    if len(places) == 1:
        return None
    if len(places) > 1:
        if Ask.COMPARE in context.question.asks or Ask.LIST in context.question.asks:
            return None
        groups: dict[str, list[RuleEntry]] = {}
        for entries in places.values():
            groups.setdefault(entries[0].policy.id, []).extend(entries)
        return replies.ask_which_place(context, groups)
    passages = found.passages()
    if passages and share(found.units, passages[0].strengths, topics_only=False) >= 0.6 and found.topics:
        return None
    if not found.topics and context.question.personal and context.question.asks & {Ask.AMOUNT, Ask.TAX, Ask.CONDITIONS, Ask.RATE}:
        return replies.ask_what(context, "both")
    return replies.refuse_outside(context)


def _without_topic(context: Context, found: Findings) -> Draft:
    asks = context.question.asks
    if asks & ABOUT_DOCUMENT:
        return answer_status(context, found.policies)
    if context.question.on and (context.question.on > context.on or not asks):
        return answer_status(context, found.policies)
    if asks & {Ask.CONDITIONS, Ask.PROCEDURE} and all(policy.standing(context.on) in _NOT_USABLE for policy in found.policies):
        return answer_status(context, found.policies)
    if draft := over_all_line(context, found):
        return draft
    entries = context.knowledge.rules_of([policy.id for policy in found.policies])
    paid = [entry for entry in entries if entry.rule.gives_money]
    if paid and asks & {Ask.LIST, Ask.EXISTS}:
        return answer_list(context, paid)
    promised = [entry for entry in entries if entry.rule.kind is RuleKind.COMMITMENT]
    if promised and not paid and asks & {Ask.LIST, Ask.EXISTS, Ask.AMOUNT, Ask.RATE, Ask.CAP}:
        return answer_list(context, promised)
    if draft := by_figure(context, found):
        return draft
    if context.question.versions_named and not asks and not context.question.mentions:
        named = context.question.with_(asks=frozenset({Ask.NUMBER, Ask.ISSUED, Ask.STATUS}))
        return answer_status(Context(context.knowledge, named, context.on), found.policies)
    return replies.ask_what(context, "topic")


def _by_label(context: Context, found: Findings) -> Draft | None:
    """The articles named by their labels: what they pay, else their words."""
    wanted = [context.question.article or "", *context.question.more_articles]
    for policy in found.policies:
        named = [next((article for article in policy.articles if _is_labelled(article, label)), None) for label in wanted]
        articles = [article for article in named if article]
        if not articles:
            continue
        entries = context.knowledge.rules_of([policy.id])
        beneath = [[entry for entry in entries if entry.article.start == article.start] for article in articles]
        told = [entry for own in beneath for entry in ([entry for entry in own if entry.rule.gives_money] or own)]
        if told and Ask.ENTITY not in context.question.asks:
            return answer_incentives(context, [RuleMatch(1.0, (), entry) for entry in told])
        draft = Draft(conclusion="\n".join(article.text.strip()[:400] for article in articles))
        for article in articles:
            draft.cite(article_citation(policy, article))
        return draft
    return None


def _is_labelled(article: Article, label: str) -> bool:
    return bool(article.path) and _same_label(article.path[-1], label) and article.kind is not ArticleKind.SECTION


def _same_label(own: str, asked: str) -> bool:
    """Whether two labels are the same: 七, and 7 of an English question."""
    return own == asked or (asked.isdecimal() and label_number(own) == int(asked))
