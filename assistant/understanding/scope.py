"""What is no question about a policy: greetings, requests outside the scope, attempts to give orders.

Only request words are listed here, by category; whether a topic is covered is decided against the documents.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Social(StrEnum):
    """Talk that wants a short friendly reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    RESTART = "restart"
    HELP = "help"


_SOCIAL = {
    Social.RESTART: r"^(?:重新开始|从头(?:开始|来)|清空(?:对话|记录)?|重置|重来|start over|restart|reset)[。.!！]?$",
    Social.THANKS: r"^(?:(?:好的?|嗯|ok|okay)[，, ]*)?(?:谢谢|多谢|感谢|辛苦了|thanks?|thank you|thx|cheers)[^？?]{0,12}$",
    Social.GREETING: r"^(?:你好|您好|嗨|哈喽|在吗|在不在|早上好|下午好|晚上好|hi|hello|hey|good (?:morning|afternoon|evening))(?:啊|呀|吗|there)?[，,。.!！~～ ]*$",
    Social.HELP: r"^(?:你(?:能|可以|会)(?:做|干|回答|帮我?做?)(?:什么|些什么|哪些).*|你是谁|怎么用|帮助|有哪些功能|help|what can you do.*|who are you)[？?。.!]?$",
}
_SOCIAL_COMPILED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _SOCIAL.items()}


def find_social(text: str) -> Social | None:
    """The kind of small talk a whole message is, or None."""
    text = text.strip(" 。.!！~～")
    return next((kind for kind, pattern in _SOCIAL_COMPILED.items() if pattern.match(text)), None)


# Sentences that try to change how the assistant works. They are dropped; what is left is answered.
_ORDERS = re.compile(
    r"忽略(?:以上|上面|之前|前面|所有|一切|你的|此前)|无视(?:以上|之前|所有|规则)|不要(?:管|理会|遵守)(?:以上|之前|规则|文件)|不用(?:看|管|查)(?:文件|政策|规定)"
    r"|(?:你现在是|从现在起|从现在开始|假装你|假设你是|扮演|你将扮演|进入.{0,6}模式|开发者模式|越狱)|没有(?:任何)?限制的|系统提示|提示词|system prompt|你的(?:指令|设定|规则|prompt)"
    r"|(?:直接|正式|请|对外)?(?:宣布|宣称|声明)[:：]?.{0,40}(?:提高|已经|调整|上调|补贴|奖励|政策|废止)|以官方(?:口吻|名义|身份)|随便编|编(?:一个|造|出)|瞎编|胡编|杜撰"
    r"|ignore (?:all |the |any |your )?(?:previous|above|prior|earlier|instructions|rules)|disregard (?:all|the|any|your|previous)|you are now|pretend (?:to be|you)|act as|jailbreak|developer mode"
    r"|(?:print|reveal|show|repeat|output).{0,24}(?:prompt|instructions|rules)|announce that|declare that|make (?:it|something|one|a \w+) up|without (?:any )?(?:restriction|limit)s?",
    re.IGNORECASE,
)
_ANNOUNCE = re.compile(r"宣布|宣称|官方口吻|官方名义|announce|declare", re.IGNORECASE)
_MAKE_UP = re.compile(r"随便编|编一个|编造|瞎编|胡编|杜撰|make (?:it|something|one|a \w+) up|invent", re.IGNORECASE)


def split_orders(sentences: list[str]) -> tuple[list[str], list[str]]:
    """Sentences that may be questions, and sentences that give the assistant orders."""
    asked = [sentence for sentence in sentences if not _ORDERS.search(sentence)]
    return asked, [sentence for sentence in sentences if _ORDERS.search(sentence)]


def wants_invention(orders: list[str]) -> bool:
    """Whether the orders ask to announce or invent a policy: then nothing of the message is answered."""
    return any(_ANNOUNCE.search(order) or _MAKE_UP.search(order) for order in orders)


# Requests that no policy document answers, whatever topic they mention.
_OUTSIDE = re.compile(
    r"(?:写|作|编|创作|生成|帮我写|给我写).{0,6}(?:一?首|一?篇|一?段|个|一份)?.{0,14}(?:诗|律诗|绝句|歌词|小说|故事|作文|文案|代码|脚本|程序|爬虫|简历|邮件|申诉信|论文|演讲稿|合同|起诉状|情书|检讨)"
    r"|(?:爬|抓取?).{0,12}(?:脚本|代码|程序|数据)|(?:写|给|来|要)个?.{0,14}脚本"
    r"|python|javascript|\bsql\b|爬虫|申诉信|翻译(?:成|一下|这)|天气|下雨|下雪|气温|几度|台风"
    r"|股票|概念股|基金推荐|买哪只|炒股|彩票|币圈|比特币|汇率走势|理财产品|投资建议"
    r"|筹划|避税|节税|逃税|漏税|少[交缴](?:点|些)|怎么报最省|最省税|合理避"
    r"|(?:其他|别的|别人|其它)(?:用户|客户|公司|企业|人)(?:问|的|都|有没有|拿|申请)|竞争对手.{0,10}(?:拿|申请|得到)|(?:手机号|电话号码|身份证|家庭住址|个人信息|密码|银行卡号)(?:是|给|告诉|多少)?"
    r"|餐厅|美食|好吃的|酒店推荐|旅游景点|景点推荐|怎么走|打车|机票|火车票|电影|音乐|游戏攻略|星座|运势|减肥|看病|吃什么药|菜谱"
    r"|打官司|离婚|劳动仲裁|起诉|赔偿金怎么"
    r"|\b(?:poem|song|story|essay|joke|recipe|weather|forecast|restaurant|hotel|movie|stock (?:tips?|picks?)|stocks to buy|lottery|horoscope|python|script that|code that|translate|cover letter|tax planning|avoid (?:paying )?tax|evade)\b"
    r"|other users?|another company's|someone else's|personal (?:data|information)|phone number of|home address",
    re.IGNORECASE,
)
_GUARANTEE = re.compile(
    r"(?:你|您|给我|能不能|可以)?(?:保证|担保|承诺|打包票|包过|确保)(?:我|我们|一定|能|可以|会|拿到|通过|批)|帮我(?:写|打|出)个?(?:保证|承诺)|guarantee (?:me|that|us|we|i)|promise me",
    re.IGNORECASE,
)


def is_outside(text: str) -> bool:
    """Whether the request is of a kind no policy answers."""
    return bool(_OUTSIDE.search(text))


def wants_guarantee(text: str) -> bool:
    """Whether the assistant itself is asked to guarantee an outcome."""
    return bool(_GUARANTEE.search(text))
