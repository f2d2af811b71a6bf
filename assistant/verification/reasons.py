"""Why a claim is not proven, in Chinese and English: one sentence for each kind of reason."""

from __future__ import annotations

from assistant.verification.models import Flaw, Verdict

_REASONS: dict[str, tuple[Flaw, str, str]] = {
    "unknown_figure": (Flaw.NUMBER, "引用的条文、计算和您给出的数据中都没有“{words}”", "no cited article, calculation or figure of the user holds “{words}”"),
    "approximate": (Flaw.NUMBER, "“{words}”是约数，依据里是确切数字", "“{words}” is rounded; the evidence has an exact figure"),
    "sum": (Flaw.NUMBER, "算式不成立：{words}", "the arithmetic does not hold: {words}"),
    "count": (Flaw.NUMBER, "“{words}”与所列的项数不符", "“{words}” is not how many are listed"),
    "unit": (Flaw.UNIT, "“{words}”的单位与依据不符", "“{words}” has another unit in the evidence"),
    "other_measure": (Flaw.MEASURE, "“{words}”在依据中说的是另一事项", "in the evidence “{words}” is of another matter"),
    "other_article": (Flaw.ARTICLE, "所指条款中没有“{words}”，它出自其他条款", "the article named does not hold “{words}”; another one does"),
    "no_article": (Flaw.ARTICLE, "没有这一条：{words}", "there is no such article: {words}"),
    "uncited_article": (Flaw.ARTICLE, "依据中没有引用{words}", "{words} is not among the cited articles"),
    "rule_article": (Flaw.ARTICLE, "“{words}”不在所指的条款中", "“{words}” does not stand in the article named"),
    "bound": (Flaw.BOUND, "“{words}”的限定词（最高、不超过、以上、超过……）与依据不符", "“{words}” is limited otherwise in the evidence (up to, at least, more than …)"),
    "period": (Flaw.PERIOD, "“{words}”的一次性、每年、累计等说法与依据不符", "how often “{words}” is given differs from the evidence"),
    "level": (Flaw.LEVEL, "“{words}”对应的级别、年度或档次与依据不符", "“{words}” belongs to another level, year or tier in the evidence"),
    "year": (Flaw.LEVEL, "“{words}”是另一年度的数字", "“{words}” is the figure of another year"),
    "place": (Flaw.PLACE, "“{words}”是{other}的规定，不是这里所说的地方", "“{words}” is of {other}, not of the place named here"),
    "unknown_place": (Flaw.PLACE, "依据中没有说到{words}", "nothing in the evidence speaks of {words}"),
    "title_place": (Flaw.PLACE, "{words}不是该地的文件", "{words} is not a document of that place"),
    "covered": (Flaw.PLACE, "{words}是有收录文件的地方", "there is a document on {words}"),
    "not_covered": (Flaw.PLACE, "没有收录{words}的文件", "there is no document on {words}"),
    "title": (Flaw.DOCUMENT, "没有名为{words}的文件", "no document is called {words}"),
    "number": (Flaw.DOCUMENT, "文号{words}与依据不符", "{words} is not the document's number"),
    "date": (Flaw.DOCUMENT, "日期“{words}”与依据不符", "the evidence does not hold the date “{words}”"),
    "version": (Flaw.DOCUMENT, "文件的先后说反了：{words}", "the earlier and the later document are exchanged: {words}"),
    "mode": (Flaw.MODE, "依据中没有业务模式{words}", "the evidence does not speak of business mode {words}"),
    "body": (Flaw.DEPARTMENT, "相应条款没有提到{words}", "the article does not name {words}"),
    "body_role": (Flaw.DEPARTMENT, "{words}不是这里所说的牵头或责任单位", "{words} has another part in it (lead or responsible)"),
    "draft": (Flaw.STATUS, "该文件是征求意见稿，不能说成已生效：{words}", "the document is a draft, not in force: {words}"),
    "over": (Flaw.STATUS, "该文件当日已失效或规划期已结束：{words}", "the document is no longer in force on that day: {words}"),
    "not_yet": (Flaw.STATUS, "该文件当日尚未施行：{words}", "the document is not in force yet on that day: {words}"),
    "no_end": (Flaw.STATUS, "关于有效期的说法与文件不符：{words}", "what is said of the period of validity is not so: {words}"),
    "not_draft": (Flaw.STATUS, "该文件不是征求意见稿：{words}", "the document is not a draft: {words}"),
    "not_over": (Flaw.STATUS, "该文件当日没有失效：{words}", "the document has not expired on that day: {words}"),
    "unsaid_draft": (Flaw.STATUS, "用了征求意见稿的内容，却没有说明它是征求意见稿", "rests on a draft without saying that it is one"),
    "unsaid_over": (Flaw.STATUS, "用了已失效（规划期已过）文件的内容，却没有说明", "rests on a document that is no longer in force without saying so"),
    "unsaid_not_yet": (Flaw.STATUS, "用了尚未施行的文件的内容，却没有说明", "rests on a document that is not in force yet without saying so"),
    "quotation": (Flaw.QUOTATION, "依据里没有这句原文", "these words stand nowhere in the evidence"),
    "quotation_place": (Flaw.PLACE, "这句原文出自{other}", "these words are of {other}"),
    "quotation_article": (Flaw.ARTICLE, "这句原文出自{other}", "these words stand in {other}"),
    "polarity": (Flaw.POLARITY, "肯定与否定说反了：{words}", "says the opposite of the evidence: {words}"),
    "silent": (Flaw.POLARITY, "文件写了这一点：{words}", "the document does speak of it: {words}"),
    "speaks": (Flaw.POLARITY, "文件没有写这一点：{words}", "the document does not speak of it: {words}"),
    "guarantee": (Flaw.SUPPORT, "文件没有作这样的承诺：{words}", "no document promises this: {words}"),
    "support": (Flaw.SUPPORT, "依据里没有这项支持或条件：{words}", "the evidence knows no such support or condition: {words}"),
}  # fmt: skip


def proven(words: str, evidence: str) -> Verdict:
    """The verdict on a claim that something proves."""
    return Verdict(Flaw.PROVEN, words, "", "", evidence)


def flawed(reason: str, words: str, evidence: str = "", *, other: str = "") -> Verdict:
    """The verdict on a claim that nothing proves, by the name of its reason."""
    flaw, chinese, english = _REASONS[reason]
    return Verdict(flaw, words, chinese.format(words=words, other=other), english.format(words=words, other=other), evidence)
