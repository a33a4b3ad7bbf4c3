// Sixty things written after the last list of words was changed, and looked at by nobody who changes them: the honest rate.

const phrases =
  '厨房窗户漏雨 卧室门吱吱响 阳台晾衣架断了 客厅灯不亮 卫生间下水有味道 洗衣机龙头漏水 书房插座松了 空调漏水 地暖有一路不热 厨房瓷砖掉了 ' +
  '门口的灯坏了 电梯太慢 楼道有垃圾 车库太暗 车位划线不清 花园没人浇水 围墙有缺口 监控看不清 门禁卡刷不开 快递放不下 ' +
  '墙上有裂缝 天花板滴水 地砖翘起来了 柜子关不上 油烟机不吸烟 水龙头出水小 热水要等很久 窗户关不紧 玻璃有裂纹 地板进水了 ' +
  '房子什么时候装修 怎么申请退款 发票开错了 合同在哪里领 我要换户型 想看样板房 积分没有到账 卡片坏了 电话打不通 服务很周到 ' +
  '请明天上午来 晚上七点以后 我住在三栋 家里有老人 师傅迟到了 已经修好 谢谢你们 活动很好 停车费太贵 希望多种树 ' +
  '长青路 文华路 湖东花园 锦绣家园 龙湖小区 武汉市洪山区 广东省深圳市 四单元二楼 南湖大道 八号楼一层';

export const heldOutPhrases: readonly string[] = phrases.split(' ');
