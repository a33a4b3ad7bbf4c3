// Surnames and given names, commonest first: what names are guessed by. General knowledge, written down by hand; no person's data.

/** Surnames of two syllables, as they are cut. */
const compound: Readonly<Record<string, string>> = {
  ouyang: 'ou yang',
  sima: 'si ma',
  shangguan: 'shang guan',
  zhuge: 'zhu ge',
  situ: 'si tu',
  dongfang: 'dong fang',
  huangfu: 'huang fu',
  murong: 'mu rong',
  xiahou: 'xia hou',
  linghu: 'ling hu',
  weichi: 'wei chi',
  gongsun: 'gong sun',
  duanmu: 'duan mu',
  dugu: 'du gu',
  nangong: 'nan gong',
  yuwen: 'yu wen',
};

/** Reading and surname; readings are those of names (曾 zeng, 单 shan, 仇 qiu). */
export const surnames: readonly (readonly [string, string])[] = (
  'wang王 li李 zhang张 liu刘 chen陈 yang杨 huang黄 zhao赵 wu吴 zhou周 xu徐 sun孙 ma马 zhu朱 hu胡 guo郭 he何 lin林 gao高 luo罗 zheng郑 liang梁 xie谢 song宋 ' +
  'tang唐 xu许 han韩 deng邓 feng冯 cao曹 peng彭 zeng曾 xiao肖 tian田 dong董 pan潘 yuan袁 cai蔡 jiang蒋 yu余 yu于 du杜 ye叶 cheng程 wei魏 su苏 lv吕 ding丁 ' +
  'ren任 lu卢 yao姚 shen沈 zhong钟 jiang姜 cui崔 tan谭 lu陆 fan范 wang汪 liao廖 shi石 jin金 wei韦 jia贾 xia夏 fu付 fang方 zou邹 xiong熊 bai白 meng孟 qin秦 ' +
  'qiu邱 hou侯 jiang江 yin尹 xue薛 yan闫 duan段 lei雷 long龙 li黎 shi史 tao陶 he贺 mao毛 hao郝 gu顾 gong龚 shao邵 wan万 qin覃 wu武 qian钱 dai戴 yan严 mo莫 ' +
  'kong孔 xiang向 chang常 tang汤 kang康 yi易 qiao乔 lai赖 wen文 fu傅 yin殷 niu牛 ge葛 an安 shi施 ni倪 zhang章 bao鲍 nie聂 guan关 yan颜 pang庞 tao陶 ' +
  'xing邢 yue岳 qi齐 mei梅 zhuang庄 xin辛 guan管 zhu祝 zuo左 tu涂 gu谷 qi祁 shi时 shu舒 geng耿 mu牟 bu卜 lu路 zhan詹 guan官 miao苗 ling凌 fei费 ji纪 ' +
  'jin靳 sheng盛 tong童 ou欧 zhen甄 xiang项 qu曲 cheng成 you游 yang阳 pei裴 xi席 wei卫 cha查 qu屈 bao包 wei位 ning宁 jian简 zhai翟 bi毕 tan覃 hua华 yu俞 ' +
  'ji季 ruan阮 ou区 yu喻 lan兰 min闵 rao饶 liu柳 dou窦 ai艾 chu褚 lou娄 mu穆 lian连 ke柯 mei梅 jing景 huo霍 bian卞 lao劳 tu屠 deng邓 hong洪 ying应 ' +
  'shan单 qiu仇 xie解 yue乐 piao朴 she佘 ge盖 pu蒲 cong丛 mi米 rong荣 sang桑 jiang蒋 ju鞠 che车 hong洪 ou欧 xi习 yan言 tai邰 gan甘 gou苟 dan但 ban班 ' +
  'ouyang欧阳 sima司马 shangguan上官 zhuge诸葛 situ司徒 dongfang东方 huangfu皇甫 murong慕容 xiahou夏侯 linghu令狐 weichi尉迟 gongsun公孙 duanmu端木 ' +
  'dugu独孤 nangong南宫 yuwen宇文'
)
  .split(' ')
  .map((each) => {
    const letters = /^[a-z]+/.exec(each)?.[0] ?? '';
    const text = each.slice(letters.length);
    return [compound[letters] ?? letters, text] as const;
  })
  .filter(([, text], i, all) => all.findIndex((other) => other[1] === text) === i);

/** Given names of one character. */
export const givenOnly =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚英辉玲鹏华红飞波斌宇浩凯健俊帅旭亮龙林婷雪倩琳玉燕梅兰萍云莉鑫欢峰建国志文博阳晨瑞雷丹颖蕾璐欣悦怡佳雯慧媛妍薇晶莹洁婧琪瑶岚岩松柏' +
  '彬锋坤翔晖睿轩哲豪毅诚达兵东海江河山川成全生荣贵福财富春夏秋冬月星辰光宁安康乐庆祥胜利力威武义仁礼智信忠孝良善真美新立正刚壮庚源泉清洪淼鸿雁凤凰龙虎彪骏骥驰腾跃扬帆航舟曼曦昕昊晟煜烨炜' +
  '灿焕然炎烁钧铭锐锋钰镇铎珊瑛璇瑾瑜珍珠琴瑟菲芸芬芝茜莎蓉蓓荷菊桂樱桃柳杨桦楠桐楚梦诗韵音歌舞笑语思念恩爱情怀心愿娇娅妮姗嫣嫚秀香' +
  // what parents find who look for something rare
  '喆玥珺祎赟璟垚燚骉犇堃翀昇翊玮玹珩琨珏珂琬琰璐瑄璨晗昀晔晞晟昶暄昉旸烜煊焱炘炫烽浠湉沁潇泠澍颢骁飏彧禾苒芮芃茉萌葳蕴莞荃筱嫄妤姝娴婵媞曌囍淇汐沅钊钰铠锴镕韬颉颀隽雱霁翯翾頔';

/** First characters of given names of two. */
export const givenFirst =
  '建志国文小晓玉海春秀金永德明世俊家嘉佳子梓雨宇浩思欣雅一天少振立红丽美淑桂兰桂凤玲瑞庆荣光长新卫爱学正仁义忠孝景成东向大云宝福洪宏鸿伟维凯冠泽博奕逸翰皓昊晨辰旭曦' +
  '艺若梦诗语可心静婉慧惠敏燕雪冬秋夏月星亚友克承启绍继宗祖耀兴盛万士书树根水火土山江河润沐清素诺依伊馨芷紫婧靖敬敏培保安定平智尚高朝起连跃胜利得有元玄均君俊军丰峰锦' +
  '铭锐彦炳焕煜灿怀恩厚兆茂森林松柏梅竹菊荷芳芬芝莲蓉蕾珍珠琳琪瑶瑾璐艳彩翠巧喜欢乐如梓希熙禹尧舜轩皓宸奕沛泓涵浩瀚景颖韵雯霏霖露';

/** Second characters of given names of two. */
export const givenSecond =
  '华英明军国平生文伟强辉峰杰涛东林龙兰芳珍芝梅玲霞萍红琴娟丽燕云敏静怡婷欣瑶妍涵轩豪宇浩睿泽阳辰晨熙然博航鹏飞翔洋波海江洲山川成功勇刚毅坚斌彬武兵民良荣贵福祥瑞庆春秋' +
  '香花莲莉蓉凤仙娥妹姣娇娜姗珊琳琪瑜瑾玉洁慧惠琼颖莹晶雪雨雯蕾薇薇菲芬芸英萱桐彤诗语琦佳嘉乐安宁康健心怡悦恩义仁忠信德清源泉光亮旭升星月辉昌盛兴旺发财才超群超凡俊帅凯威' +
  '强胜利立志远达运来根树森木松柏楠桦岩石磊鑫铭锋钢铁铎宝珠英才学书翰墨艺琛宸奕逸霖霏溪汐沐雅婉柔嫣媛茹茜蓓倩曼月娣秀媚';

/** Given names of two characters that many people have. */
export const commonGiven: readonly string[] = (
  '秀英 桂英 秀兰 玉兰 桂兰 秀珍 凤英 玉珍 玉英 淑珍 淑英 丽华 秀华 桂珍 秀芳 桂芳 淑华 淑兰 玉梅 秀梅 红梅 春梅 冬梅 雪梅 丽娟 丽萍 丽娜 丽丽 莉莉 晓红 晓燕 海燕 春燕 ' +
  '小红 小芳 小丽 小玲 美玲 秀玲 桂花 春花 桂香 秀云 彩云 凤兰 金凤 玉凤 玉华 玉琴 爱华 爱英 爱玲 爱民 红霞 彩霞 春霞 晓霞 艳红 艳丽 艳玲 建华 建国 建军 建平 建民 建明 建伟 ' +
  '建文 建新 建强 建中 建设 建林 建忠 建辉 建波 国强 国庆 国华 国平 国栋 国梁 国辉 国良 国祥 国荣 国富 国伟 国民 国忠 国斌 志强 志刚 志明 志勇 志伟 志军 志华 志国 志平 志远 志鹏 ' +
  '志杰 志文 志荣 志辉 志宏 志高 志坚 志成 文华 文杰 文斌 文军 文明 文强 文博 文涛 文辉 文静 文娟 文浩 文轩 文龙 海军 海涛 海波 海峰 海龙 海英 海霞 海洋 海燕 海平 海滨 永强 永刚 ' +
  '永军 永明 永华 永红 永平 永胜 永生 永康 永福 永贵 永安 永辉 春生 春华 春明 春雷 春兰 春英 金龙 金华 金生 金山 金水 金宝 金玉 金花 金凤 金海 德华 德明 德胜 德生 德福 德贵 德海 ' +
  '明华 明辉 明亮 明远 明德 明月 明珠 晓明 晓东 晓军 晓峰 晓敏 晓丽 晓玲 晓华 晓梅 晓辉 晓光 晓波 晓琳 晓娟 小平 小军 小明 小龙 小燕 小英 小华 小兰 小波 小刚 小强 小雨 卫东 卫国 ' +
  '卫华 卫平 卫军 卫红 卫民 爱国 爱军 爱萍 爱兰 红军 红卫 红英 红梅 红霞 红艳 红兵 红星 红旗 新华 新民 新建 新明 新宇 新平 学军 学文 学明 学英 学斌 学峰 立新 立军 立国 立平 立华 ' +
  '立强 立民 振华 振国 振兴 振东 振宇 振江 振海 俊杰 俊峰 俊辉 俊华 俊英 俊伟 俊豪 俊宇 俊熙 俊凯 家豪 家辉 家明 家伟 家乐 家宝 家兴 家俊 嘉豪 嘉欣 嘉怡 嘉伟 嘉琪 嘉慧 嘉诚 嘉俊 ' +
  '佳佳 佳怡 佳慧 佳琪 佳欣 佳豪 佳丽 佳乐 佳敏 佳颖 子涵 子轩 子豪 子怡 子萱 子晨 子墨 子龙 子琪 子睿 子阳 子航 子瑜 子欣 梓涵 梓轩 梓萱 梓豪 梓晨 梓睿 梓琪 梓彤 梓妍 雨涵 雨轩 ' +
  '雨萱 雨欣 雨婷 雨桐 雨晴 雨泽 雨薇 雨彤 雨晨 宇轩 宇航 宇辰 宇豪 宇涵 宇翔 宇飞 宇浩 浩然 浩宇 浩轩 浩天 浩博 浩东 浩洋 思涵 思远 思琪 思雨 思宇 思敏 思颖 思雅 思源 思佳 思思 ' +
  '欣怡 欣悦 欣然 欣雨 欣妍 欣欣 欣宜 雅琪 雅静 雅婷 雅文 雅丽 雅芳 雅琴 一诺 一鸣 一凡 一帆 一博 一涵 一辰 一航 一平 天宇 天佑 天翔 天明 天赐 天成 天华 少华 少军 少峰 少杰 少伟 ' +
  '诗涵 诗琪 诗雨 诗怡 诗雅 诗韵 梦瑶 梦琪 梦洁 梦雪 梦婷 梦涵 梦圆 若曦 若涵 若彤 若兰 若琳 若水 艺涵 艺馨 艺轩 可欣 可馨 可心 可可 心怡 心悦 心如 静怡 静雯 静静 静宜 慧敏 慧玲 ' +
  '慧芳 慧娟 慧琳 慧英 婉婷 婉清 婷婷 芳芳 娜娜 倩倩 媛媛 圆圆 丹丹 莹莹 晶晶 燕燕 玲玲 敏敏 露露 璐璐 蕾蕾 洋洋 阳阳 超超 亮亮 明明 乐乐 淑芬 淑芳 淑贞 淑敏 淑琴 淑云 淑霞 淑玲 ' +
  '淑梅 桂荣 桂琴 桂芝 桂云 桂林 桂华 桂莲 桂生 玉芳 玉芬 玉霞 玉玲 玉莲 玉林 玉龙 玉明 玉洁 玉婷 玉芝 玉荣 玉娟 秀琴 秀荣 秀文 秀丽 秀萍 秀芝 秀芬 秀莲 秀红 秀霞 凤霞 凤琴 凤珍 ' +
  '凤玲 凤云 凤仙 凤娥 兰英 兰芳 美华 美丽 美英 美兰 美琴 美珍 美娟 美红 美芳 美凤 丽君 丽芳 丽霞 丽红 丽英 丽琴 丽敏 丽莉 丽珍 丽云 丽梅 庆华 庆国 庆生 庆平 荣华 荣生 光辉 光明 光华 ' +
  '光荣 长青 长江 长春 长林 长生 长海 成龙 成林 成功 成军 成刚 东东 东升 东明 东海 东生 东平 向东 向阳 向前 大伟 大勇 大鹏 大明 大海 大军 云龙 云飞 云鹏 云峰 云霞 宝华 宝玉 宝国 宝珍 ' +
  '宝林 福生 福林 福明 福全 洪波 洪涛 洪伟 洪军 宏伟 宏斌 宏宇 宏亮 鸿飞 鸿运 伟明 伟东 伟民 伟强 伟杰 伟华 伟平 伟国 冠宇 冠华 泽宇 泽洋 泽轩 泽民 博文 博宇 博涵 奕辰 奕涵 奕轩 逸飞 ' +
  '逸凡 翰林 皓轩 皓宇 皓天 昊天 昊然 昊宇 晨曦 晨阳 晨宇 旭东 旭阳 旭辉 亚军 亚平 亚男 亚楠 亚飞 亚东 亚丽 亚萍 亚琴 友良 友谊 克勤 克强 承志 启明 启航 绍华 绍辉 继红 继东 耀华 耀辉 ' +
  '耀文 兴华 兴国 兴旺 万里 士杰 书豪 书琴 书华 书涵 树林 树生 树华 树人 水生 水根 火生 土生 山河 江涛 江华 清华 清泉 素珍 素芳 素英 素梅 素华 素琴 素芬 语嫣 语涵 语桐 依依 依诺 依婷 ' +
  '馨怡 馨月 紫涵 紫萱 紫薇 紫妍 正华 正国 正明 正平 正义 正强 忠华 忠明 忠诚 忠义 孝文 孝忠 景明 景华 景轩 如意 如玉 希文 熙媛 雪莲 雪芹 雪莹 雪琴 雪峰 冬冬 冬生 秋生 秋菊 秋香 秋月 ' +
  '秋霞 秋萍 月英 月华 月娥 月琴 月红 月梅 星宇 星辰 星星 瑞华 瑞雪 瑞霞 瑞芳 瑞祥 敬业 培培 培华 保国 保华 保平 安琪 安平 安国 平安 平平 智勇 智慧 智强 智明 智超 朝阳 朝霞 连生 胜利 ' +
  '得胜 有才 有福 元元 君君 丰收 锦华 锦程 锦辉 彦军 彦斌 炳华 焕新 怀玉 茂林 松林 松涛 巧玲 巧云 翠英 翠兰 翠花 翠萍 翠红 彩凤 彩虹 彩英 彩娟 珍珍 菊花 菊英 菊香 荷花 莲英 莲花 ' +
  '竹林 喜梅 欢欢 韵涵 雯雯 霏霏 沐宸 沐辰 沐阳 禹辰 宸宇 铭轩 铭泽 瑾瑜 瑾萱 芷涵 芷若 伊伊 伊诺 熙妍 辰逸 若汐 清妍 语汐 沐橙'
)
  .split(' ')
  .filter((name, i, all) => all.indexOf(name) === i);
