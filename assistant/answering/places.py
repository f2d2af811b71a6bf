"""Questions that name a place without a document beside one that has some: its firms, its rules, a comparison, a whole province."""

from __future__ import annotations

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft, article_citation, place_name, status_citation, where
from assistant.compose.passages import clean
from assistant.findings import Findings
from assistant.models import Behaviour
from assistant.selecting import Passage, best_articles, rank_passages
from assistant.understanding.question import Ask, Unit


def firms_from_elsewhere(context: Context, found: Findings) -> Draft | None:
    """Whether a document holds for firms of another place, where no incentive is named: what it says of its scope."""
    if not _asks_for_others(context):
        return None
    if any(unit.weight > 1.0 for unit in found.topics) and not WORDS["scope"].search(context.question.text):
        return None
    draft = Draft()
    draft.conclusion = _on_scope(context, found, draft)
    return draft


def say_places(context: Context, found: Findings, draft: Draft) -> Draft:
    """The draft, with what is said first of a place that has no document, and of a province of which only cities have one."""
    question = context.question
    if not draft.changes_matter or draft.behaviour is Behaviour.REFUSE or not draft.conclusion:
        return draft
    lead = ""
    if question.uncovered and _asks_for_others(context):
        lead = "" if draft.conclusion.startswith(_beside(context)) else _on_scope(context, found, draft)
    elif question.uncovered:
        names = _names(context)
        compares = Ask.COMPARE in question.asks or bool(WORDS["which"].search(question.text))
        lead = context.say(
            f"没有收录{names}的政策文件，{'无法比较，' if compares else ''}以下不包括{names}。",
            f"There is no document on {names} here{', so they cannot be compared' if compares else ''}; what follows leaves it out.",
        )
    elif question.wider:
        provinces = "、".join(question.wider)
        cities = list(dict.fromkeys(place_name(policy, context.zh) for policy in found.policies))
        lead = context.say(
            f"没有收录{provinces}一级的政策文件；其中只收录了{'、'.join(cities)}的：",
            f"There is no document of {provinces} itself; of its cities these have one: {'; '.join(cities)}.",
        )
    if lead and not draft.conclusion.startswith(lead):
        draft.conclusion = f"{lead}\n{draft.conclusion}"
    return draft


def _asks_for_others(context: Context) -> bool:
    """Whether the place without a document is where the asker's firm is, or one that would use the rules of another."""
    return bool(context.question.uncovered and context.question.policies) and bool(WORDS["of_elsewhere"].search(context.question.text))


def _names(context: Context) -> str:
    return ("、" if context.zh else ", ").join(context.question.uncovered)


def _beside(context: Context) -> str:
    names = _names(context)
    return context.say(f"没有收录{names}的政策文件。", f"There is no document on {names} here. ")


def _on_scope(context: Context, found: Findings, draft: Draft) -> str:
    """What the documents say of whom they hold for; that they do not say it, else. The draft cites them."""
    if passage := _scope(context, found):
        policy, article = passage.entry.policy, passage.entry.article
        draft.cite(article_citation(policy, article, passage.start, passage.end))
        said = f"{where(policy, article.label, context.zh)}：“{clean(passage.text)}”"
        return _beside(context) + context.say(f"与适用范围有关的条文：{said}", f"On its scope it says: {said}")
    documents = context.say("、", ", ").join(where(policy, None, context.zh) for policy in found.policies[:2])
    for policy in found.policies if not draft.citations else ():
        draft.cite(status_citation(policy))
    names = _names(context)
    return _beside(context) + context.say(
        f"{documents}没有写明{names}的企业能否适用，请向主管部门确认。",
        f"{documents} does not say whether firms of {names} may use it; ask the authority.",
    )


def _scope(context: Context, found: Findings) -> Passage | None:
    units = (Unit(("实施范围", "适用范围"), 3.0, True), Unit(("注册", "登记"), 1.0, True))
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    passages = [passage for passage in rank_passages(entries, units) if passage.strengths[0] == 1.0]
    return best_articles(passages, 1)[0] if passages else None
