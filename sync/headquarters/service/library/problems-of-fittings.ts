// Shipped problems of pipes, fixtures, wiring and equipment; see `problem-families.ts` for how a line reads.

export const problemsOfFittings = {
  supply: `
    !burst|爆管|Burst pipe|property|水大量涌出=Water gushes out;阀门关不住=The valve does not shut;楼下已进水=Water has reached the floor below
    drip|滴漏|Drip|engineering|接头渗水=Water at a joint;软管老化=Old hose;暗管渗水墙面潮=The hidden pipe wets the wall
    pressure|水压不足|Low pressure|property|热水小=Little hot water;高峰时无水=No water at peak hours;顶层出水小=Little water on top floors
    quality|水质异常|Bad water|property|水发黄=Yellow water;水有异味=The water smells;水里有杂质=Particles in the water
    noise|水锤异响|Water hammer|engineering|关水时管道震响=The pipe bangs on shutting`,
  meter: `
    leak|滴漏|Drip|property|水表接口漏水=Leak at the meter;总阀关不严=The main valve does not shut
    read|计量异常|Wrong reading|property|不用水也走字=Counts without use;读数不清=Cannot be read;抄表有误=Read wrongly`,
  drain: `
    block|堵塞|Blocked|property|下水慢=Drains slowly;管内有建筑垃圾=Builders' waste in the pipe
    !overflow|污水返涌|Sewage comes back|property|污水从马桶涌出=Sewage rises in the toilet;污水从地漏涌出=Sewage rises from the drain
    leak|渗漏|Leak|engineering|立管接口渗水=Water at the stack joint;存水弯滴水=Drip at the trap;管道开裂=Cracked pipe
    smell|返臭|Bad smell|engineering|管道井有味=Smell from the shaft;下水口无存水弯=There is no trap
    noise|排水噪声|Drain noise|design|夜间水声大=Loud at night;管道振动=The pipe shakes`,
  floorDrain: `
    slow|排水慢|Drains slowly|property|洗澡时积水=Water stands while showering;地漏被水泥堵住=Blocked with cement
    smell|返臭|Bad smell|engineering|地漏返味=Smell from the floor drain;地漏有飞虫=Flies from the drain
    seat|安装不当|Badly set|engineering|地漏高于地面=Higher than the floor;地漏松动=Loose drain`,
  condensate: `
    drip|滴水|Drip|engineering|冷凝水滴到楼下=Drips on the floor below;接口脱开=The joint came apart
    block|堵塞|Blocked|property|冷凝水倒灌室内=Water runs back inside;排水口堵死=The outlet is blocked`,
  waterproof: `
    leak|渗漏|Leak|engineering|卫生间渗到邻室=The bathroom wets the next room;渗到楼下天花=Wets the ceiling below;厨房地面渗水=The kitchen floor leaks;阳台渗到外墙=The balcony wets the facade
    damage|防水层破坏|Damaged layer|engineering|装修时破坏=Damaged while fitting out;管根未做附加层=No collar at the pipe;闭水试验不合格=Failed the water test`,
  toilet: `
    leak|漏水|Leak|engineering|水箱一直流水=The cistern keeps running;底座渗水=Water at the base;进水阀漏水=The inlet valve leaks
    flush|冲水无力|Weak flush|engineering|冲不干净=Does not flush clean;按键失灵=The button does not work
    block|堵塞|Blocked|property|马桶堵塞=The toilet is blocked;水位异常升高=The water rises too high
    loose|松动|Loose|engineering|马桶晃动=The toilet wobbles;盖板断裂=Broken lid`,
  basin: `
    leak|漏水|Leak|engineering|下水接口漏水=Leak at the waste;台盆与台面间渗水=Water between basin and top;溢水口漏水=The overflow leaks
    drain|下水慢|Drains slowly|property|盆内积水不退=Water stays;弹跳塞失灵=The plug does not work
    damage|破损|Damaged|engineering|釉面开裂=Cracked glaze;边缘缺口=Chipped rim;表面发黄=Turned yellow`,
  shower: `
    water|出水异常|Wrong flow|engineering|忽冷忽热=Hot and cold in turns;花洒出水小=Little water;切换阀失灵=The diverter does not work
    leak|漏水|Leak|engineering|花洒关后滴水=Drips when shut;淋浴房底部漏水=The enclosure leaks below
    !glass|玻璃自爆|Shattered glass|property|淋浴房玻璃炸裂=The enclosure shattered;玻璃门脱轨=The glass door came off its rail
    seal|密封不良|Bad seal|engineering|胶条脱落=The rubber came off;磁条不吸=The magnet does not hold`,
  tap: `
    drip|滴漏|Drip|engineering|关闭后仍滴水=Drips when shut;根部渗水=Water at the foot;抽拉软管漏水=The pull-out hose leaks
    loose|松动|Loose|engineering|龙头晃动=The tap wobbles;把手脱落=The lever came off
    surface|镀层损坏|Damaged plating|engineering|镀层起泡=The plating blisters;表面生锈=Rust`,
  fittings: `
    loose|松动|Loose|engineering|毛巾杆脱落=The towel rail came off;固定件松脱=The fixing came off
    rust|生锈|Rust|engineering|挂件生锈=Rusty hooks;螺丝锈断=The screw rusted through
    mirror|镜面损坏|Damaged mirror|engineering|镜面发黑=Black spots on the mirror;镜柜门关不上=The mirror door does not shut`,
  socket: `
    !shock|漏电|Electric shock|property|触碰有电感=A shock when touched;插座冒火花=Sparks from the socket;有烧焦味=It smells burnt
    dead|无电|No power|property|插座无电=A socket is dead;开关控制失灵=The switch does nothing;开关接反=The switch is wired wrongly
    loose|松动|Loose|engineering|面板松动=Loose plate;插头插不紧=The plug does not hold;面板缺失=A plate is missing
    place|位置不当|Badly placed|design|被柜体遮挡=Hidden by a cabinet;高度与图纸不符=Height differs from the plan`,
  fuseBox: `
    !burn|烧焦冒烟|Smoke or burning|property|配电箱冒烟=Smoke from the box;配电箱发烫=The box is hot
    trip|跳闸|Trips|property|单个回路跳闸=One circuit trips;漏保频繁跳闸=The breaker trips often;整户停电=The whole home is out
    label|标识不清|Bad labels|engineering|回路标签错误=Wrong labels;无回路图=No circuit plan`,
  lamp: `
    dark|不亮|Dark|engineering|灯不亮=It stays dark;部分灯珠不亮=Some of it stays dark;感应失灵=The sensor does not work
    flicker|闪烁|Flickers|engineering|灯闪烁=It flickers;关灯后微亮=Glows when off;灯有电流声=It hums
    loose|松动|Loose|engineering|灯罩松脱=The cover came off;灯具晃动=The lamp swings`,
  intercom: `
    dead|无信号|No signal|property|对讲无声=The intercom is silent;门口机呼不通=The door does not call;不能开锁=It does not unlock
    picture|画面异常|Bad picture|engineering|屏幕不亮=Dark screen;画面模糊=Blurred picture;触摸失灵=Touch does not work`,
  network: `
    dead|不通|No signal|property|网络不通=No network;光纤断线=The fibre is broken;房间网口无信号=A room's socket is dead
    box|箱体问题|Box fault|engineering|弱电箱无电源=No power in the box;箱门关不上=The lid does not shut;线缆无标签=Cables have no labels`,
  alarm: `
    silent|不报警|Does not sound|property|紧急按钮无反应=The panic button does nothing;燃气报警器不响=The gas alarm is silent
    false|误报|False alarm|property|报警器半夜误响=Sounds at night for nothing;红外频繁误报=The motion sensor sounds often
    power|无电|No power|property|报警器指示灯灭=Its light is out;电池耗尽=The battery is empty`,
  heating: `
    cold|不热|Cold|property|整户不热=The whole home is cold;部分房间不热=Some rooms are cold;末端不热=The far end is cold
    !leak|漏水|Leak|property|暖气片喷水=The radiator sprays;地暖管破裂=A floor heating pipe broke;分水器大量漏水=The manifold leaks badly
    drip|滴漏|Drip|engineering|排气阀滴水=The vent drips;接口渗水生锈=The joint is wet and rusty
    noise|异响|Noise|engineering|管内有流水声=Water runs in the pipe;暖气片敲击声=The radiator knocks
    control|温控失灵|No control|engineering|温控面板无显示=The panel is dark;温度调不了=Temperature cannot be set`,
  boiler: `
    start|不启动|Does not start|property|点不着火=Does not light;显示故障代码=Shows a fault code
    pressure|水压异常|Wrong pressure|property|水压总是掉=The pressure keeps falling;泄压阀滴水=The relief valve drips
    !fumes|排烟异常|Fumes|property|屋内有烟气味=Fumes in the room;烟管脱落=The flue came off`,
  hood: `
    weak|排烟不畅|Fumes stay|design|油烟倒灌=Fumes come back;串味=Neighbours' smells come in;止逆阀失灵=The check valve does not work
    noise|噪声大|Loud|engineering|运行振动=It shakes;风机异响=Strange noise of the fan
    dead|不工作|Does not work|engineering|按键无反应=The keys do nothing;灯不亮风机不转=Neither light nor fan`,
  stove: `
    light|点不着火|Does not light|engineering|打火无火花=No spark;松手即熄火=Goes out at once
    flame|火焰异常|Bad flame|engineering|火焰发黄=Yellow flame;火力小=Weak flame
    panel|面板损坏|Damaged panel|engineering|玻璃面板开裂=The glass cracked;旋钮松脱=The knob came off`,
  heater: `
    cold|不出热水|No hot water|engineering|加热慢=Heats slowly;水温忽高忽低=The temperature changes
    dead|无法启动|Does not start|engineering|显示屏不亮=Dark display;运行中断=Stops while running
    leak|漏水|Leak|engineering|机身滴水=The body drips;进出水口渗水=Water at the connections`,
  ventilation: `
    weak|风量小|Little air|design|出风量小=Little air comes out;部分风口无风=Some outlets have none
    noise|噪声大|Loud|engineering|夜间运行吵=Loud at night;机器共振=The machine resonates
    filter|滤网提示|Filter|property|滤网需要更换=The filter wants replacing;出风有异味=The air smells`,
  aircon: `
    cold|效果差|Weak|engineering|不制冷=Does not cool;不制热=Does not heat;部分房间不凉=Some rooms stay warm
    leak|漏水|Leak|engineering|内机滴水=The inside unit drips;出风口结露=The outlet is wet
    noise|噪声大|Loud|engineering|外机振动扰民=The outside unit shakes;内机异响=Strange noise inside
    loose|安装不牢|Loose|engineering|外机支架松动=Loose bracket;空调位不牢=The platform is not firm`,
  gas: `
    !leak|燃气泄漏|Gas leak|property|闻到燃气味=It smells of gas;燃气报警器鸣响=The gas alarm sounds;燃气管漏气有声=Gas hisses from the pipe
    closed|不通气|No gas|property|燃气未开通=Not connected yet;自闭阀打不开=The valve does not open
    meter|表具故障|Meter fault|property|燃气表不走=The meter stands still;插卡不识别=The card is not read`,
  cabinet: `
    door|柜门问题|Door fault|engineering|柜门关不严=The door does not shut;铰链松脱=The hinge came off;拉手掉了=The handle fell off
    drawer|抽屉不顺|Drawer sticks|engineering|抽屉滑轨卡住=The slide sticks;抽屉掉下来=The drawer falls out
    damp|受潮变形|Swollen|engineering|柜底泡水发胀=Swollen at the foot;板材发霉=Mouldy boards
    finish|饰面损坏|Damaged finish|engineering|封边脱落=The edge came off;门板划伤=Scratched door;板件有异味=The boards smell`,
} as const;
