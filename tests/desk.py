"""A scripted desk: real `Answer` values without a model, to test what stands around the assistant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from time import sleep

from assistant.models import Answer, Behaviour, Citation, NumberCheck
from index.errors import QuestionError

ARTICLE = (
    "（二）支持平台建设。鼓励企业建设线上平台。\n对年线上交易额达到5000万元以上的平台，给予一次性奖励，最高100万元。<b>以实际到账为准</b>"
)
QUOTE = "给予一次性奖励，最高100万元"
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[点我](javascript:alert(1)) ![](http://192.0.2.1/pixel.png)'


class ScriptedDesk:
    """Answers every question alike (`请详细说明` at length, `慢慢说` in pieces); remembers how often it was asked; refuses `错误`."""

    def __init__(self) -> None:
        self.days: list[date | None] = []

    def new_dialogue(self) -> list[str]:
        return []

    def examples(self, language: str) -> list[str]:
        return ["What can a platform get?"] if language == "en" else ["平台能拿多少补贴？", "哪些政策还有效？"]

    def article_text(self, policy_id: str, label: str | None) -> str:
        if policy_id != "sample-2024":
            raise KeyError(policy_id)
        return ARTICLE

    def stream(self, question: str, dialogue: list[str] | None = None, on: date | None = None) -> Iterator[str | Answer]:
        if question == "慢慢说":
            yield "先说**结论**"
            sleep(1)
        yield self.ask(question, dialogue, on)

    def ask(self, question: str, dialogue: list[str] | None = None, on: date | None = None) -> Answer:
        if question == "错误":
            raise QuestionError("问题太长：请缩短到1万字以内。")
        self.days.append(on)
        turns = [] if dialogue is None else dialogue
        turns.append(question)
        start = ARTICLE.index(QUOTE)
        details = "\n".join(f"- 第{line}项说明" for line in range(60 if question == "请详细说明" else 0))
        conclusion = f"最高可获得100万元奖励（第{len(turns)}问）。"
        return Answer(
            text=f"{conclusion}\n\n您问的是：{question}\n\n- 年线上交易额8000万元 ≥ 5000万元\n- 奖励上限 **100万元**\n{details}",
            conclusion=conclusion,
            behaviour=Behaviour.ANSWER,
            citations=(
                Citation("sample-2024", "支持平台若干措施", "（二）", QUOTE, start, start + len(QUOTE)),
                Citation("sample-2020", "旧措施", None, "本措施自发布之日起施行", 0, 11),
            ),
            notices=("“最高”是上限，不是承诺的金额。",),
            suggestions=("需要哪些申报材料？", "什么时候到期？"),
            checks=(NumberCheck("100万元", Decimal(1_000_000), "CNY", "citation:0"),),
            facts={"年线上交易额": "8000万元", "经营模式": "1210"},
        )
