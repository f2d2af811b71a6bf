"""What the tests of the verification share: evidence from the articles of the project's documents."""

from __future__ import annotations

from datetime import date

from assistant.compose.draft import article_citation
from assistant.knowledge import Knowledge
from assistant.models import Calculation
from assistant.rules.calculator import calculate
from assistant.rules.facts import Fact
from assistant.verification.gather import rules_of
from assistant.verification.models import Evidence, Flaw, Statement, Verdict
from assistant.verification.verify import verify
from index.config import ROOT, Settings

ON = date(2026, 6, 30)
QINHUANGDAO, LIANYUNGANG, ZHUZHOU, TANGSHAN = "qinhuangdao-2022-26", "lianyungang-2024", "zhuzhou-draft", "tangshan-2018-141"
LIANYUNGANG_2021 = "lianyungang-2021-20"
KNOWLEDGE = Knowledge.load(Settings(policies=ROOT / "policies_text", data=ROOT / ".pytest_cache" / "policydesk", _env_file=None))


def evidence(*articles: tuple[str, str | None], said: str = "", on: date = ON, calculations: tuple[Calculation, ...] = ()) -> Evidence:
    """The articles with these labels (None: those without one), and the rules in them."""
    policies = KNOWLEDGE.policies
    cited = [(policies[policy], article) for policy, label in articles for article in policies[policy].articles if article.label == label]
    citations = tuple(article_citation(policy, article) for policy, article in cited)
    return Evidence(policies, citations, calculations, said, on, rules=tuple(rules_of(KNOWLEDGE, citations)))


def computed(policy: str, rule: str, **facts: Fact) -> Calculation:
    """What a rule gives for these facts."""
    rules = KNOWLEDGE.rulesets[policy]
    return calculate(rules, next(own for own in rules.rules if own.id == rule), facts, ON)


def wrong(reply: str, known: Evidence) -> list[Verdict]:
    """The flaws found in a reply."""
    return [verdict for statement in verify(reply, known) for verdict in statement.verdicts if not verdict.ok]


def flaws(statements: tuple[Statement, ...]) -> set[Flaw]:
    return {verdict.flaw for statement in statements for verdict in statement.verdicts if not verdict.ok}
