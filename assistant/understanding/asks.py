"""Which kind of question it is, read from question words: data of the language, not of any policy.

>>> sorted(find_asks("秦皇岛1210补贴比例多少？哪个部门牵头？"))
[<Ask.AMOUNT: 'amount'>, <Ask.DEPARTMENT: 'department'>, <Ask.RATE: 'rate'>]
"""

from __future__ import annotations

import re

from assistant.understanding.question import Ask

_PATTERNS: dict[Ask, str] = {
    Ask.AMOUNT: r"几个钱|几毛钱|几万|多少补|补几万|报多少|报销多少|给报|有没有戏|划算吗|多少(?:钱|元|万|金额|资金|奖励|补贴|补助|扶持|支持)?(?!家|个|名|人|平|公顷|年|岁|级|倍|比例|百分)|几万|几块钱|几多|怎么补|怎么给|怎么奖|如何补|怎样补"
    r"|怎么扶持|怎么支持|补几|什么(?:奖励|补贴|补助|扶持|支持|待遇|标准|好处|优惠)|标准是|支持标准|扶持标准|奖励标准|能拿|可以拿|拿到|领到|能补|能领|给钱|补吗|能给|能得|有何支持"
    r"|how much|what (?:is|are) the (?:\w+[ -]){0,3}(?:subsid|reward|support|grant|amount|incentive|bonus|benefit)|what subsid|what support|what can|what do(?:es)? \w+ (?:get|offer|give|pay)"
    r"|calculate|maximum (?:support|subsid|reward|grant)|how large|what .{0,20}(?:benefit|incentive|support|subsid)",
    Ask.RATE: r"百分之多少|补几个点|报几成|比例|百分之几|几成|百分比|多少个点|what (?:share|percent|percentage|rate|proportion)|(?:subsidy|reward|reimbursement) rate|which rate|\brates?\b",
    Ask.CAP: r"上限|封顶|最高(?:多少|能|可以|给|补|奖|拿|支持|是|再|扶持)|最多(?:多少|能|可以|给|补|奖|拿|支持|领|是|各|再|申领)|顶格|天花板|\bcaps?\b|\bceilings?\b|\bmaximum\b|at most|upper limit",
    Ask.BASIS: r"(?:基数|计算依据|按什么(?:算|来算|计算|给)|以什么为|按(?:照)?哪|是按.{0,12}还是按?|用.{0,8}还是.{0,8}算)|calculated on|based on what|on what basis",
    Ask.CONDITIONS: r"有没有资格|有资格吗|行不行|合不合格|够条件|门槛|条件|门槛|要求|资格|需要(?:满足|达到|多|几)|要(?:达到|满足|多大|多少|几|突破)|才(?:能|给|可以|有|算)|符合吗|可以吗|行吗|够吗|够不够|够格|能不能|能(?:拿|领|享受|申请|按|免|办|用|算|补|够).{0,24}吗|可以.{0,24}吗|还能|低于多少|超过多少|达到多少"
    r"|不低于多少|condition|requirement|threshold|eligible|eligib|qualif|minimum|must (?:i|we|an?|the)|do (?:i|we) need|can (?:i|we)\b",
    Ask.PERIOD: r"几年|多久|多长时间|多少年|连续.{0,4}年吗|期限|how long|how many years|for what period",
    Ask.DEPARTMENT: r"哪(?:个|些|家|几个)?(?:市级)?(?:部门|单位|机构|局)|牵头|谁(?:来)?(?:负责|管|主管|牵头|解释)|归谁|归哪|找谁|找哪|什么部门|主管部门|责任单位|责任部门|由谁|联系谁"
    r"|which (?:\w+ )?(?:authority|body|department|agency|bureau|office|unit)|who (?:is )?(?:lead|leads|in charge|responsible|handles|decides)|takes? the lead|responsible (?:body|department|authority)",
    Ask.PROCEDURE: r"(?:向|找|跟|在|去|到)(?:谁|哪[里儿]?(?:个)?(?:部门|单位|窗口|系统)?).{0,4}(?:递|交|提|申请|申报|办)|递.{0,4}申请|(?:几月|什么时候|何时|哪个月|几月份).{0,6}(?:申报|申请|受理|兑付|拨付)|公证书|(?:要|需|得)(?:交|提供|提交|准备)(?:什么|哪些|啥)|数据.{0,6}(?:从哪|哪个系统|来自)|申报条件|申报期|审批程序|手续|咋办|怎么弄|材料清单|准备.{0,6}材料|申报指南|申请指南|application guide|how is .{0,30} applied|怎么(?:申请|申报|办理|办|领|登记|报名|操作|兑现)|如何(?:申请|申报|办理|办|领取|登记|兑现)|怎样(?:申请|申报|办)|在哪(?:申请|申报|办|里申|里办)|申请(?:材料|流程|时间|步骤|方式|程序)|申报(?:材料|流程|时间|截止|条件|程序|指南|方式)"
    r"|什么材料|哪些材料|什么时候(?:申请|申报|截止)|截止(?:日期|时间)|流程|先要做什么|先做什么|要先|前要|how (?:do|can|to|should) .{0,20}(?:apply|register|claim)|application (?:process|deadline|material|procedure)|what (?:documents|materials)|deadline|before opening|must .{0,30} do (?:in|before)",
    Ask.STATUS: r"作数|管用|管不管用|来得及|过时|定稿|能直接用|直接用吗|废止|被.{0,8}(?:取代|替代|代替)|起止|从什么时候|哪天开始|还行不行|现在.{0,8}能.{0,16}(?:申请|领|拿).{0,6}吗|from what date|since when|until when|until what|how long .{0,20}(?:valid|apply)|still appl|replaced by|repeal|有效(?!的)|失效|生效|到期|过期|作废|废止|还能用|还算数|现行|正式(?:文件|印发|实施|出台|发布|的吗|版)|是不是草案|征求意见稿吗|施行|什么时候(?:开始)?(?:实施|执行|生效|施行)|何时(?:实施|执行|生效)|有效期|还在(?:执行|期)|适用到|执行到|截至|到什么时候|还有没有效|还能按|还执行|期限内|时效"
    r"|in force|still valid|\bvalid\b|expire|in effect|effective (?:date|from)|take effect|within its .{0,12}period|come into force|official|superseded|repealed|draft\?",
    Ask.ISSUER: r"(?:谁|哪个机关|哪个部门|哪个单位|哪里|哪家)(?:印发|发布|制定|出台|发)|发文(?:机关|单位)|印发(?:机关|单位)|机关印发|who issued|which body issued|issued by",
    Ask.NUMBER: r"文号|批复文号|几号文|哪个文件|哪份文件|什么文件|document number|which document",
    Ask.ISSUED: r"(?:什么时候|何时|哪天|哪一天|哪年)(?:发布|印发|出台|公布|发的|制定)|(?:发布|印发|出台|公布|成文)(?:日期|时间)|when was .{0,40}(?:issued|published|released)|date of issue",
    Ask.LIST: r"都有啥|有啥(?!不同|区别|条件)|有哪|哪些|哪几(?:项|个|种|条|类)|有什么(?!.{0,4}(?:不同|区别|要求|条件))|列(?:一下|出|举|全|表|个)|都有|一共有|全部|清单|总共有哪|分别有哪|逐条|盘点|\blist\b|what (?:are|kinds?|types?) .{0,40}(?:incentives|supports|subsidies|policies|measures|areas)|which (?:areas|incentives|supports|subsidies|policies|measures|items)|all (?:the )?(?:incentives|supports|subsidies)",
    Ask.COMPARE: r"哪个(?:城市|地方|地区|市|更|多|高|划算|拿得?多)|谁(?:的|给|更|高|多)|更(?:高|多|划算|好|优惠)|对比|比较|相比|区别|不同|差异|差别|比一比|与.{1,20}相比|哪(?:里|边)(?:更|多|高)|VS|vs\.?|compare|comparison|which (?:city|place|of the).{0,60}(?:highest|higher|most|more|best|better|largest)|difference between|versus|higher|better",
    Ask.VERIFY: r"真的假的|是真是假|真假|靠谱吗|准确吗|没记错|(?:对吧|对吗|对不对|是吧|是吗|没错吧|是不是|是真的吗|属实|真的(?:吗|是)|不是.{0,20}吗|吧[?？]?$|就行吧|确定吗|听说|应该是.{0,12}吧|还是.{0,20}吧|确认.{0,3}一下)|\bright\?|correct\?|is it true|true that|i heard|isn't it|is that (?:right|correct)|are you sure",
    Ask.STACKING: r"叠加|同时(?:享受|申请|拿|领|申报|获得)|重复(?:享受|申请|领|拿)|兼得|一起(?:拿|享受|领|申请)|两(?:个|项|样)都(?:拿|领|享受)|都(?:能|可以)拿|禁止叠加|combine|stack|both (?:incentives|subsidies|rewards)|at the same time|cumulat",
    Ask.INVERSE: r"(?:满|顶|封顶|上限|足额|最高额).{0,30}(?:要|得|需|做|对应|花).{0,20}(?:多少|几)|(?:多少|几).{0,20}(?:才|刚好|正好).{0,10}(?:到|能|够|拿).{0,10}(?:封顶|上限|满|顶|最高)|倒推|反推|得做到多少|要做到多少|需要做多少|(?:拿满|拿到|达到|享受|要拿|想拿|获得|领满|用满|领到).{0,24}(?:要|需要|得|至少|应).{0,24}(?:多少|几)|至少(?:要|得|需).{0,10}多少|要(?:做到|完成|花|投).{0,6}多少.{0,8}(?:才能|才可|拿满)|(?:how much|what).{0,60}(?:needed|required|necessary) to (?:get|reach|receive)|to (?:get|reach|receive|obtain) the (?:full|maximum)",
    Ask.TARGET: r"目标|指标|规划|计划(?:打造|培育|引进|建|新增|到)|力争|到20\d\d年|要(?:建成|培育|达到|打造|引进|认定|完成|新增|突破|形成)|20\d\d年.{0,16}(?:要|达到|培育|引进|认定|建)|预计|\btargets?\b|by 20\d\d|aims? to|plans? to|goal",
    Ask.DIFFERENCE: r"多出(?:来)?(?:多少|几)|(?:提高|提升|增长|增加|高出|上升|变化|差)(?:了)?(?:多少|几)|差几个|(?:比|较).{0,24}(?:多|少|高|低|增加|提高|增长)(?:了)?(?:多少|几)|几倍|多少倍|相差|差多少|how many more|how much (?:more|higher)|difference in|times (?:the|as)",
    Ask.TOTAL: r"总数|给个总|合一起|合在一起|合起来|总的(?:能|是|多少)|都算上|合计|总共|一共(?!有)|加起来|总计|共计|(?<![口易入产售])总额|两(?:项|个)一?共|三项|累计(?:最多|能|可)|一起(?:能|可以)?(?:拿|补)?多少|全部加|in total|altogether|combined|total|sum up|three-year maximum|over the (?:full|whole)",
    Ask.TAX: r"(?:交|缴|征|收|纳|扣)(?:多少)?.{0,6}税|多少税|关税|增值税|消费税|税率|怎么征|征税|免税|限值|单次交易|import tax|\bvat\b|duty|duties|how much tax|per-transaction|retail import",
    Ask.CERTAIN: r"固定|一定(?:给|能|会|可以|就|拿)|肯定(?:给|能|会)|保证|必然|就给|是不是.{0,16}就(?:一定|给|能)|还是.{0,3}最高|定额|fixed|guarantee|automatically",
    Ask.ENTITY: r"(?:哪(?:两|几|三|四|些|个|家|里)?(?:家|个|类|种)?|什么|哪里的?)(?:跨境电商)?(?:公司|地方|城市群|国家|市场|项目|产业|平台|高校|大学|学校|园区|县区|港口|行业|品类|产品|区域|路线|航线|模式|领域|计划|内容|任务)|在哪(?:里|儿|些地方)?(?!申|办)|依托(?:哪|什么)|主要(?:做|干|抓)什么|做什么|干什么|建(?:设)?(?:什么|哪)|重点(?:是|做|发展)什么|什么态度|which (?:companies|markets|countries|areas|regions|sectors|industries|projects|universities|zones|places)|what (?:areas|markets|sectors|industries|projects)|\bwhere\b",
    Ask.EXISTS: r"有没有|有.{0,24}吗|是否(?:有|提供|给)|给不给|提供.{0,10}吗|有无|do(?:es)? .{0,40} (?:offer|provide|have|give|support|cover)|is there|are there",
}
_COMPILED = {ask: re.compile(pattern, re.IGNORECASE) for ask, pattern in _PATTERNS.items()}


def find_asks(text: str) -> frozenset[Ask]:
    """All kinds of question whose words occur in a normalised text."""
    return frozenset(ask for ask, pattern in _COMPILED.items() if pattern.search(text))


_TYPES = (
    (
        "department",
        r"哪(?:个|些|家|几个)?(?:市级)?(?:部门|单位|机构)|谁(?:负责|牵头|主管)|归谁|归哪|which (?:\w+ )?(?:authority|body|department|agency)",
    ),
    ("date", r"什么时候|何时|哪年|哪一年|哪天|时间(?:是|定在)|截止日期|\bwhen\b|what date|which year|until what date"),
    ("company", r"(?:多少|几)(?:家|户)|how many (?:compan|enterprise|firm|tenant)"),
    ("person", r"(?:多少|几)(?:人|名|位)|how many (?:people|person|staff|talent)"),
    ("m2", r"多大(?:面积)?|多少(?:平|㎡)|面积.{0,6}多少|floor area|how large an? area|square met"),
    (
        "ratio",
        r"百分之(?:几|多少)|(?:几|多少)个?(?:百分)?点|几成|多少比例|比例(?:是|为)?多少|占比|比重|百分比|what (?:share|percent|rate|proportion)",
    ),
    ("year", r"几年|多少年|多久|how many years|how long"),
    ("times", r"几倍|多少倍"),
    ("item", r"(?:多少|几)(?:个|项|条|座|处|场)|how many"),
)
_TYPES_COMPILED = tuple((unit, re.compile(pattern, re.IGNORECASE)) for unit, pattern in _TYPES)


def find_wanted_type(text: str) -> str:
    """Unit of the figure asked for, "date", "department", or "" where the words do not say."""
    return next((unit for unit, pattern in _TYPES_COMPILED if pattern.search(text)), "")
