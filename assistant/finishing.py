"""The last touches: drafts to one answer, follow-up suggestions, examples, what is remembered for display."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.draft import Context, Draft, place_name
from assistant.dialogue import Dialogue
from assistant.knowledge import Knowledge, RuleEntry
from assistant.llm.author import Written
from assistant.models import Answer, Behaviour, Citation
from assistant.rules.schema import RuleKind
from assistant.understanding.question import Question

_HEAD = ("\n\n**提示**\n", "\n\n**Please note**\n")
_STEPS = ("计算：", "Steps: ")
_NOTE = {
    "model": ("结论由语言模型措辞，逐句核对过", "The conclusion was worded by a language model and checked sentence by sentence"),
    "part": (
        "结论由语言模型措辞，其中没有依据的句子已经删去",
        "The conclusion was worded by a language model; sentences without proof were left out",
    ),
    "unproven": (
        "语言模型的措辞没有通过核对，本答复由程序写成",
        "The language model's wording was not proven; this answer is the program's own",
    ),
    "failed": ("语言模型没有给出可用的答复，本答复由程序写成", "The language model gave no usable answer; this one is the program's own"),
}
"""What is said of a model's part in an answer, in Chinese and English."""


def finish(context: Context, drafts: Sequence[Draft], dialogue: Dialogue) -> Answer:
    """One answer: conclusions first, then details, then notices."""
    conclusion = "\n\n".join(draft.conclusion for draft in drafts if draft.conclusion)
    details = [line for draft in drafts for line in draft.details]
    notices = list(dict.fromkeys([*_unreviewed(context, drafts), *(notice for draft in drafts for notice in draft.notices)]))
    citations: list[Citation] = []
    for draft in drafts:
        citations += [citation for citation in draft.citations if citation not in citations]
    behaviour = _behaviour(drafts)
    if behaviour is Behaviour.REFUSE:
        citations, details, notices = [], [], []
    return Answer(
        text=_text(conclusion, "\n".join(details), notices, context.language),
        conclusion=conclusion,
        behaviour=behaviour,
        citations=tuple(citations),
        calculations=tuple(result for draft in drafts for result in draft.calculations),
        workings=tuple(step for draft in drafts for step in draft.worked),
        notices=tuple(notices),
        suggestions=tuple(suggestions(context, drafts)),
        language=context.language,
        facts=dict(dialogue.shown),
    )


def reworded(answer: Answer, written: Written) -> Answer:
    """The program's answer in the words of a model: its conclusion replaced, all else kept and noted who wrote."""
    notices = [*answer.notices, _NOTE[written.note][answer.language == "en"]]
    body = _without_notices(answer).removeprefix(answer.conclusion).strip("\n")
    new = [step for step in written.worked if step not in body]
    steps = _STEPS[answer.language == "en"] + "；".join(new) if new else ""
    details = "\n".join(filter(None, [written.explanation and f"{written.explanation}\n", steps, body]))
    conclusion = written.conclusion or answer.conclusion
    text = _text(conclusion, details, notices, answer.language)
    return replace(answer, text=text, conclusion=conclusion, notices=tuple(notices), author=written.who)


def _text(conclusion: str, details: str, notices: Sequence[str], language: str) -> str:
    text = conclusion + (f"\n\n{details}" if details else "")
    return text + (_HEAD[language == "en"] + _items(notices) if notices else "")


def _without_notices(answer: Answer) -> str:
    return answer.text.removesuffix(_HEAD[answer.language == "en"] + _items(answer.notices)) if answer.notices else answer.text


def _items(notices: Sequence[str]) -> str:
    return "\n".join(f"- {notice}" for notice in notices)


def _unreviewed(context: Context, drafts: Sequence[Draft]) -> list[str]:
    """Said of every answer that rests on rules nobody has compared with the text yet."""
    labels = list(dict.fromkeys(context.label(entry.rule) for draft in drafts for entry in draft.rules if entry.rule.review is None))
    if not labels:
        return []
    names = "、".join(f"“{label}”" for label in labels[:3]) + (context.say("等", " and others") if len(labels) > 3 else "")
    return [
        context.say(
            f"{names}由程序从条文自动提取，尚未经人工核对，请以原文为准。",
            f"{names}: extracted by program and not yet reviewed by a person; rely on the quoted text.",
        )
    ]


def _behaviour(drafts: Sequence[Draft]) -> Behaviour:
    kinds = {draft.behaviour for draft in drafts}
    if Behaviour.ANSWER in kinds:
        return Behaviour.ANSWER
    return Behaviour.CLARIFY if Behaviour.CLARIFY in kinds else Behaviour.REFUSE


def suggestions(context: Context, drafts: Sequence[Draft]) -> list[str]:
    """Up to three questions that lead on from the answer and can be answered."""
    entries = [entry for draft in drafts for entry in draft.rules]
    if not entries:
        return (
            example_questions(context.knowledge, context.language)[:3]
            if any(draft.behaviour is Behaviour.REFUSE for draft in drafts)
            else []
        )
    return _about(context, entries[0])[:3]


def _about(context: Context, entry: RuleEntry) -> list[str]:
    place = place_name(entry.policy, context.zh)
    label = context.label(entry.rule)
    found = []
    if entry.article.departments:
        found.append(context.say(f"{place}{label}由哪个部门负责？", f"{place}: which department is responsible for {label}?"))
    if entry.rule.conditions:
        found.append(context.say(f"{place}{label}需要什么条件？", f"{place}: what are the conditions of {label}?"))
    found.append(context.say(f"{place}{label}怎么申请？", f"{place}: how to apply for {label}?"))
    found.append(context.say(f"{place}这份文件现在有效吗？", f"Is the {place} document in force?"))
    return found


def example_questions(knowledge: Knowledge, language: str = "zh") -> list[str]:
    """Questions made from the rules: a computed one, a lookup, a list, one on validity."""
    zh = language != "en"
    money = [entry for entry in knowledge.entries if entry.rule.gives_money]
    if not money:
        return []
    computed = next((entry for entry in money if entry.rule.kind is RuleKind.RATE and entry.rule.basis), money[0])
    other = next((entry for entry in reversed(money) if entry.policy.id != computed.policy.id), money[-1])
    place, elsewhere = place_name(computed.policy, zh), place_name(other.policy, zh)
    if zh:
        basis = computed.rule.basis.label if computed.rule.basis else "金额"
        return [
            f"{place}{computed.rule.label}，{basis}8000万元，能拿多少？",
            f"{place}有哪些资金扶持？",
            f"{elsewhere}{other.rule.label}有什么条件？",
            f"{elsewhere}的文件现在有效吗？",
        ]
    basis = (computed.rule.basis.label_en if computed.rule.basis else "") or "amount"
    return [
        f"{place}, {computed.rule.label_en or computed.rule.label}: {basis} RMB 80 million, how much?",
        f"What incentives are there in {place}?",
        f"Is the {elsewhere} document in force?",
    ]


def remember(dialogue: Dialogue, question: Question, knowledge: Knowledge) -> None:
    """Note facts for display: the place, and what the user said of the company."""
    zh = question.language != "en"
    for policy in question.policies[:1]:
        dialogue.shown["地点" if zh else "Place"] = place_name(knowledge.policies[policy], zh)
    for mention in question.mentions:
        label = mention.before.strip(" ，,。的为是有约") or mention.phrase[:12]
        if label:
            dialogue.shown[label[-14:]] = mention.quantity.text
