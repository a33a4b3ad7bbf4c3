// Five hundred names as many people have them: common surnames with given names of three generations.

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢';
const given =
  '伟 芳 娜 敏 静 秀英 丽 强 磊 洋 艳 勇 军 杰 娟 涛 超 明 霞 秀兰 刚 平 燕 辉 玲 桂英 丹 萍 鹏 华 红 飞 桂兰 英 梅 鑫 波 斌 莉 宇 浩 凯 秀珍 健 俊 帆 雪 帅 慧 旭 宁 婷 玉兰 龙 林 玉珍 凤英 ' +
  '晶 欢 玉英 颖 红梅 佳 倩 阳 建华 亮 成 琴 兰英 畅 建 云 洁 峰 建国 建军 柳 淑珍 春梅 海燕 晨 冬梅 秀荣 瑞 桂珍 莹 秀云 桂荣 志强 秀梅 丽娟 婷婷 玉华 兵 雷 东 琳 雪梅 淑兰 丽丽 玉梅 秀芳 欣 淑英 ' +
  '桂芳 博 丽华 丹丹 彬 桂香 坤 想 淑华 荣 秀华 桂芝 岩 杨 小红 金凤 文 利 楠 建平 瑜 桂花 璐 凤兰 倩倩 玉 子涵 梓涵 浩宇 欣怡 梓豪 思远 雨桐 晓峰 国强 志明 文博 佳怡 嘉欣 晨曦 天宇 一鸣 俊杰 海波 晓燕 ' +
  '雅婷 若曦 诗雨 子轩 宇轩 建明 永强 卫东 爱华 德明 光辉 庆华 长青 少华 宝珠 福生 春生 小龙 大鹏 立新 新华 学文 振宇 家豪 浩然 思琪 语嫣 可欣 梦瑶 雨欣';

/** Every surname with every tenth given name, begun one further each time: 500 names, each given name about three times. */
export const commonNames: readonly string[] = [...surnames].flatMap((surname, i) => {
  const all = given.split(' ');
  return Array.from({ length: 10 }, (_, n) => `${surname}${all[(i * 7 + n * 19) % all.length]}`);
});
