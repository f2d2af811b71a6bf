"""The vocabulary of Chinese policy language: words that promise, limit, compare and plan.

Word classes of the register, none of them taken from one document: a policy of any city is written with these.
"""

from __future__ import annotations

import re

GIVE = "给予|予以|给|奖励|奖补|补助|补贴|资助|扶持|支持|配套|发放|兑付|兑现|拨付|提供|贴息|补足|增加|额外|投入|补偿|奖|补|返还|减免|享受"
GRANT_NOUN = (
    "奖励性资助|奖励金|奖励资金|奖励|奖补资金|奖补|奖金"
    "|补助资金|补助|补贴|资助|扶持资金|扶持|支持资金|支持|配套|贴息|补偿|资金|经费|减免|股权投资|信用贷款|贷款|运行费|建设费|购房券|优惠"
)

GIVE_NEAR = re.compile(rf"(?:{GIVE})[^，；。\d]{{0,26}}$")
GRANT_AFTER = re.compile(rf"^(?:以内|以下)?的?(?:/\S{{1,3}})?(?:标准|比例|额度)?[^，；。、\d的]{{0,14}}?(?:{GRANT_NOUN})")
PRICE_AFTER = re.compile(r"^(?:/[^，；。]{1,6})?的?(?:标准|比例|额度)")
CONDITION_LEFT = re.compile(
    r"(?:达到?|超过?|突破|实现|高于|大于|不低于|不少于|满|规模|增长|增幅|占|首次达|注册资本|认定为|收入|总额|销售额)[^，；。、\d]{0,4}$"
)
AT_MOST_LEFT = re.compile(r"(?:最高|最多|不超过|不高于|至多|上限|封顶|限额(?!范围|内)|最大)[^，；、\d]{0,20}$|上限[^，；、]{0,14}$")
AT_MOST_RIGHT = re.compile(r"^(?:以内|以下|之内|封顶|为限|为上限)")
FUND_LEFT = re.compile(
    r"(?:(?:财政|政府|市级|省级|区级|市里|区里|管委会)[^，；。]{0,12}(?:安排|设立|筹集|统筹)|(?:安排|设立|筹集|统筹)(?:总|首期)?(?:规模|额度|总额)?)[^，；。、\d]{0,6}$"
)
FUND_RIGHT = re.compile(r"^[^，；。、\d]{0,8}的?[^，；。\d]{0,14}?(?:基金|资金池|专项资金|专项奖励资金|引导资金|风险补偿金)")
SET_ASIDE = re.compile(r"安排(?:不少于|不低于|最高|约)?\|(?:的?(?:专项)?(?:资金|经费|预算)(?:，|$|用于|支持|鼓励|扶持|奖励|对|给予|作为))")
"""每年安排500万元资金，支持…: what is there for all of them together, no grant."""
TOGETHER_AT_MOST = re.compile(
    r"(?:总额|合计|总和|之和|累计)[^，；。\d]{0,8}(?:最高为?|最多为?|不得?超过|不高于|以不超过|上限为)[^，；。\d]*$"
)
OLD_LEFT = re.compile(r"(?:由|从)(?:原来?的?)?$")
OLD_RIGHT = re.compile(r"^(?:提高|上调|调整|增加|降低|下调|降|提升|扩大)")
SHARED_OUT = re.compile(r"^的?(?:比例)?[^，；。]{0,6}(?:分享|分担|承担|分成|比例分别|待|先行拨付|分期|首付|(?:年度)?兑现|拨付)")

CAP_SUBJECT = re.compile(
    r"^(?:且|但|并|其中|原则上|同时)?(?:最高|最多|不超过|总额|总计|合计|累计|全年|年度|每年最高|每年不超过|单个|单家|单户|单笔|单项|单一|每个|每家|每户|每项|每笔|同一|对(?:同一|单个|一家|每[家个])"
    r"|[^，；。\d]{0,30}?(?:资金|奖励|补助|补贴|扶持|支持|资助|配套|贴息)(?:的)?(?:总(?:额|金额|额度)|金额|额度|限额|上限|最高|最多|不超过|合计|累计))"
)
DIRECT_GIVING = re.compile(
    r"(?:给予(?!的)|予以|提供|(?:奖励|补助|补贴|资助|扶持|支持)(?!最高|最多|不超过|封顶|上限|总额|金额|额度|限额|资金|期限|面积|比例|标准))[^，；。\d]{0,16}$"
)
TOTAL = re.compile("累计|合计|总额|总计|共计")
CAP_SENTENCE = re.compile(
    r"^(?:上述|以上|原则上|其中)?(?:单个|单家|单户|单笔|单项|单一|每个|每家|每户|每项|每笔|同一|(?:扶持|支持|补助|补贴|奖励|资助|配套|贴息)(?:资金|金额|总额|额度|费用)|最高|最多|总额|累计)"
)
CAP_ADDITION = re.compile(r"(?:每[家个户项年笔]|单[个家户项笔一]|同一|一家|总额|累计|合计|年度?最高|全年|年资助|年支持|年扶持|单位|项目)")

MORE_GIVEN = re.compile(r"^(?:再|另|还|额外|同时|并)?(?:再|另|额外|增加)")
SOFT_GRANT = re.compile(rf"(?:给予|予以|享受|按照?|对)[^，；。]{{0,40}}(?:{GRANT_NOUN})|(?:进行|实行|实施)(?:奖励|补助|补贴|资助)")

ONCE = re.compile("一次性")
YEARLY = re.compile(r"每年|按年度?|/年|年度(?!内)|逐年|单个企业年|年支持|年资助|年扶持|当年度|每个?自然年")
ORDINAL_YEAR = re.compile(
    r"(?P<first>首年|第[一1]年|首个年度)|(?P<next>次年)|第(?P<from>[二三四五六七八九2-9])(?:年?[至到\-—~]第?(?P<to>[二三四五六七八九2-9]))?年|[后余](?P<rest>[两二三四五六2-9])年|前(?P<front>[两二三四五2-5])年"
)
CONSECUTIVE = re.compile(r"连续(?P<n>[两二三四五六七八九十\d]{1,2})年")
YEARS_TOTAL = re.compile(r"(?P<n>[两二三四五六七八九十\d]{1,2})年(?:内)?(?:累计|合计|总计|共计)")

BUSINESS_MODES = re.compile(r"(?<!\d)(1210|1239|9610|9710|9810|0110|1039)(?!\d)")

TARGET_VERB = re.compile(
    r"培育|培养|建设|建成|引进|打造|新增|设立|认定|实现|完成|举办|组织|建立|选树|集聚|聚集|孵化|达到?|突破|超过?|不少于|不低于|增长|降低到?|降至|缩小到?|提高到?|提升到?|占|支持|推动|推出|开展|开通|发展|梳理|遴选|形成|创建|布局|扶持|争取|对接|启动|制定|出台|获批|获得|上线"
)
TARGET_CONTEXT = re.compile(r"力争|目标|到\d{4}年|\d{4}年(?:底|末)?(?:前)?|每年(?:新增|组织|举办|培育|引进|培训)")


def chinese_number(text: str) -> int:
    """A small number: 两 -> 2, 十 -> 10, 12 -> 12; 0 if it is none."""
    if text.isdigit():
        return int(text)
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
    if text in digits:
        return digits[text]
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (digits.get(tens, 1) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)
    return 0


PROCEDURE_HEADING = re.compile(
    "(?:申报|申请|办理|受理|兑现|审批|审核|拨付|审查|评审)(?:及审批|与审批)?(?:流程|程序|条件|时间|时限|材料|方式|要求|须知|步骤|部门)"
    "|^(?:流程|程序|材料|审批|受理|办理)|(?:申报|申请|提交|所需)材料|资金(?:拨付|监管|使用|审核)|监督管理|监督检查|绩效(?:评价|管理)|附则|政策依据"
    "|联系(?:方式|电话|人)|主管部门$|组织领导|工作责任|责任追究"
)
PROMISING = re.compile("支持|奖励|扶持|补助|补贴|资助|鼓励|标准|优惠")
LEAD_SUBJECT = re.compile(r"对于?(?P<who>[^，；。：]{2,60}?)(?:按|给予|予以|实行|分别|，|$)")
