"""Replies that are not about one article: small talk, refusals, questions back."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.draft import Context, Draft, place_name
from assistant.knowledge import Knowledge, RuleEntry
from assistant.models import Behaviour
from assistant.understanding.scope import Social
from index.models import Policy


def coverage(knowledge: Knowledge, zh: bool = True) -> str:
    """The covered documents in one line."""
    items = [f"{place_name(policy, zh)}《{policy.short_title or policy.title}》" for policy in knowledge.policies.values()]
    return ("、" if zh else "; ").join(items)


def answer_social(knowledge: Knowledge, kind: Social, zh: bool) -> Draft:
    """A greeting, thanks, help or a restart."""
    covered = coverage(knowledge, zh)
    words = {
        Social.GREETING: (
            f"您好！我可以回答这些政策文件的问题：{covered}。",
            f"Hello! I answer questions about these policy documents: {covered}.",
        ),
        Social.THANKS: ("不客气，有问题随时问我。", "You are welcome."),
        Social.RESTART: ("好的，已重新开始，之前的信息不再使用。", "Done: I start afresh and no longer use what was said before."),
        Social.HELP: (
            f"我根据政策原文回答：有哪些支持、能拿多少（按条文计算）、条件、负责部门、有效期、城市之间的比较。已收录：{covered}。",
            f"I answer from the policy texts: what support there is, how much (computed by the article), "
            f"conditions, departments, validity, comparisons. Covered: {covered}.",
        ),
    }[kind]
    return Draft(conclusion=words[0] if zh else words[1], changes_matter=False)


def refuse_outside(context: Context) -> Draft:
    """A request no policy document answers."""
    covered = coverage(context.knowledge, context.zh)
    return _refusal(
        context.say(
            f"这个问题不在我的服务范围内，无法回答。我只回答已收录政策文件的内容：{covered}。",
            f"That is outside what I can help with. I only answer questions about these documents: {covered}.",
        )
    )


def refuse_order(context: Context) -> Draft:
    """An attempt to give the assistant orders or to have a policy announced."""
    covered = coverage(context.knowledge, context.zh)
    return _refusal(
        context.say(
            f"我不能按这样的要求改变回答、公布或编造政策，也没有可以展示的内部信息。我只依据已收录的文件回答：{covered}。",
            f"I cannot change how I answer, announce or invent a policy, or show internal information. I "
            f"only answer from these documents: {covered}.",
        )
    )


def refuse_guarantee(context: Context) -> Draft:
    """The assistant cannot promise an outcome."""
    return _refusal(
        context.say(
            "我不能保证或承诺任何申请结果：文件写的多为上限，最终由主管部门审核决定。",
            "I cannot guarantee any outcome: the documents mostly state ceilings, and the authority decides.",
        )
    )


def refuse_place(context: Context, places: Sequence[str]) -> Draft:
    """A place that no document covers."""
    names = "、".join(places) if context.zh else ", ".join(places)
    covered = coverage(context.knowledge, context.zh)
    return _refusal(
        context.say(
            f"没有收录{names}的政策文件，无法回答，也不能用其他城市的规定代替。目前收录：{covered}。",
            f"There is no document on {names} here, and another city's rules do not apply. Covered: {covered}.",
        )
    )


def refuse_silent(context: Context, policies: Sequence[Policy], topic: str = "") -> Draft:
    """The place is covered, but its documents say nothing on the matter."""
    names = "、".join(dict.fromkeys(place_name(policy, context.zh) for policy in policies))
    titles = "、".join(f"《{policy.short_title or policy.title}》" for policy in policies)
    about = context.say(f"关于“{topic}”" if topic else "", f" on “{topic}”" if topic else "")
    draft = _refusal(
        context.say(
            f"{names}已收录的文件{titles}中没有{about}的相关规定，未查到对应条款；不能用其他城市的规定代替，建议向当地主管部门咨询。"
            if topic
            else f"{names}已收录的文件{titles}中没有找到相关规定；建议向当地主管部门咨询。",
            f"The documents of {names} ({titles}) do not provide anything{about}: no article covers it "
            f"(文件没有规定). Another city's rules do not apply; ask the local authority.",
        )
    )
    for policy in policies:
        if policy.status == "draft":
            draft.conclusion += context.say("（该文件为征求意见稿）", " (The document is a draft for comments, 征求意见稿.)")
    return draft


def _refusal(text: str) -> Draft:
    return Draft(conclusion=text, behaviour=Behaviour.REFUSE, changes_matter=False)


def ask_what(context: Context, missing: str) -> Draft:
    """One question back, naming the choices. `missing`: place, topic or both."""
    places = "、".join(dict.fromkeys(place_name(policy, context.zh) for policy in context.knowledge.policies.values()))
    topics = _topics(context)
    texts = {
        "both": (
            f"请问您想了解哪个城市、哪一项政策？可选城市：{places}{topics and f'；例如：{topics}'}。",
            f"Which city, and which kind of support? Cities: {places}{topics and f'; for example: {topics}'}.",
        ),
        "place": (f"请问是哪个城市？已收录：{places}。", f"Which city do you mean? Covered: {places}."),
        "topic": (
            f"请问具体是哪一项政策或业务？{topics and f'例如：{topics}。'}请同时告诉我相关的金额或面积等数据。",
            f"Which kind of support or business is it? {topics and f'For example: {topics}. '}"
            "Please add the figures, such as turnover or area.",
        ),
    }
    chinese, english = texts[missing]
    return Draft(conclusion=context.say(chinese, english), behaviour=Behaviour.CLARIFY, worked=[topics])


def ask_which_place(context: Context, groups: dict[str, list[RuleEntry]]) -> Draft:
    """Several places have something on the topic: which one is meant? What each has is shown meanwhile."""
    draft = ask_what(context, "place")
    for policy_id, entries in groups.items():
        policy = context.knowledge.policies[policy_id]
        names = "、".join(context.label(entry.rule) for entry in entries[:3])
        draft.details.append(f"- {place_name(policy, context.zh)}《{policy.short_title or policy.title}》：{names}")
        draft.worked.append(names)  # names of rules prove the figures in them: 1210业务资金支持
    draft.rules = []
    return draft


def _topics(context: Context) -> str:
    chosen = context.question.policies or tuple(context.knowledge.policies)
    labels = []
    for entry in context.knowledge.rules_of(chosen):
        if entry.rule.gives_money:
            labels.append(context.label(entry.rule))
        if len(labels) >= 4:
            break
    return "、".join(labels) if context.zh else "; ".join(labels)
