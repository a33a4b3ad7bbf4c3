// Shipped problems of railings, structure, lifts and everything that owners share; see `problem-families.ts` for how a line reads.

export const problemsOfSharedParts = {
  railing: `
    !loose|松动危险|Dangerous|property|栏杆晃动厉害=The railing swings;栏杆脱焊=A weld broke;护栏玻璃碎裂=The glass shattered
    rust|锈蚀|Rust|engineering|栏杆生锈=Rusty railing;漆面脱落露底=The paint came off
    height|高度间距不符|Wrong size|design|护栏偏低=Too low;栏杆间距过大=The bars are too far apart`,
  structure: `
    crack|结构裂缝|Structural crack|engineering|楼板贯穿裂缝=Crack right through the slab;梁上有裂缝=Crack in a beam;剪力墙裂缝=Crack in a bearing wall
    !fall|混凝土脱落|Falling concrete|property|混凝土块掉落=Concrete falls;钢筋外露=The steel shows
    size|尺寸偏差|Wrong size|design|层高不足=Too low;房间不方正=Out of square;与图纸不符=Differs from the plan`,
  lift: `
    !trapped|困人|Person trapped|property|电梯停在层间=Stopped between floors;门打不开有人被困=Somebody is inside and the doors stay shut
    !drop|急坠急停|Sudden drop|property|电梯突然下坠=It dropped suddenly;冲顶蹲底=Ran past the last floor
    stop|停运|Out of service|property|频繁故障=Fails often;长时间检修=Long repair;等候时间长=Long waits
    noise|运行异常|Runs badly|property|运行抖动=It shakes;平层不准=Stops off level;运行异响=Strange noise of the lift
    inside|轿厢问题|Cabin|property|按键不亮=The buttons stay dark;轿厢灯坏=The light is broken;空调风扇不转=The fan stands still`,
  sharedRoom: `
    dirty|不整洁|Unclean|property|楼道垃圾未清=Rubbish not collected;杂物堆放=Things stored there;墙面乱贴广告=Adverts on the walls
    broken|设施损坏|Damaged|property|扶手松动=Loose handrail;地面破损=Broken ground;单元门关不上=The house door does not shut
    leak@60|渗漏|Leak|engineering|大堂顶棚滴水=The lobby ceiling drips;管道井漏水=The shaft leaks`,
  sharedLight: `
    dark|不亮|Dark|property|照明不亮=Lights are out;路灯不亮=A street lamp is out;楼道灯常亮=The stair light never goes off
    !wire|线路裸露|Bare wires|property|电线裸露=Bare wires;灯杆漏电=The lamp post gives shocks`,
  garage: `
    leak@60|渗漏|Leak|engineering|车库顶板滴水=The garage roof drips;车库墙面渗水=The garage wall leaks
    flood|积水|Standing water|property|坡道积水=Water on the ramp;集水井满溢=The sump overflows
    floor|地面损坏|Damaged floor|engineering|地坪起皮=The floor coating peels;减速带松动=Loose speed bump
    sign|标识不清|Unclear signs|design|车流方向不清=Directions are unclear;转角无反光镜=No mirror at the corner`,
  parking: `
    taken|车位被占|Taken|property|车位被他人占用=Somebody else parks there;杂物占用车位=Things stand on it
    size|使用不便|Hard to use|design|车位太窄=Too narrow;柱子遮挡=A pillar is in the way
    charge|充电设施|Charging|property|充电桩不能用=The charger does not work;申请安装充电桩=I want a charger;充电桩跳闸=The charger trips`,
  gate: `
    open|门禁失灵|Access fault|property|门禁常开=Entrance left open;门禁卡不识别=The card is not read;人脸识别失败=The face is not recognised
    bar|道闸故障|Barrier fault|property|道闸不抬杆=The barrier stays down;车牌不识别=The number plate is not read;道闸砸车=The barrier hit a car
    guard|值守问题|Guards|property|岗亭无人=Nobody at the gate;外来人员随意进出=Strangers walk in`,
  garden: `
    plant|植物养护|Plants|property|植物枯死=Dead plants;树木遮挡采光=Trees shade the windows;虫害=Pests;草坪裸露=Bare lawn
    path|园路破损|Damaged path|engineering|砖面松动=Loose paving;园路下沉积水=Sunken, water stands;台阶缺损=Broken steps
    !tree|树木倒伏|Fallen tree|property|树枝断落=A branch fell;树木将倒=A tree may fall
    spray|喷灌问题|Sprinklers|property|喷头漏水=A sprinkler leaks;喷灌淋到路人=Sprays people`,
  pool: `
    water|水质差|Bad water|property|泳池水浑浊=Cloudy pool;水景发臭=The water smells
    pump|设备故障|Pump fault|property|水泵声大=Loud pump;喷泉不喷=The fountain is off
    safe|防护不足|Not safe|design|水边无护栏=No railing at the water;池底湿滑=Slippery bottom`,
  play: `
    !hurt|伤人隐患|May hurt|property|器材断裂=Equipment broke;有尖角外露=Sharp edges show
    broken|损坏|Damaged|property|秋千链条松动=Loose swing chain;滑梯破损=Broken slide;器材锈蚀=Rusty equipment
    ground|地面问题|Ground|property|软垫破损=Torn soft ground;场地积水=Water stands there`,
  fire: `
    !smoke|起火冒烟|Fire or smoke|property|楼道有烟=Smoke on the stairs;电动车起火=An e-bike burns
    blocked|通道被占|Blocked lane|property|消防通道被占=Fire lane blocked;防火门被堵=The fire door is blocked;电动车停楼道=E-bikes on the stairs
    broken|器材缺损|Equipment|property|灭火器过期=Extinguisher out of date;消火栓无水=No water in the hydrant;应急灯不亮=Emergency light is out;防火门关不上=The fire door does not shut`,
  mail: `
    lock|打不开|Cannot open|property|信箱钥匙丢失=The key is lost;快递柜打不开=The locker does not open
    broken|损坏|Damaged|property|信箱门变形=Bent door;快递柜黑屏=Dark screen of the locker
    lost|丢件|Lost item|property|快件找不到=A parcel is missing;信件投错=Letters in the wrong box`,
  rubbish: `
    full|未及时清运|Not collected|property|垃圾桶满溢=The bins overflow;装修垃圾堆放=Builders' waste lies there
    smell|异味|Smell|property|垃圾房有臭味=The rubbish room stinks;污水横流=Dirty water runs out
    place|位置不当|Badly placed|design|离住户太近=Too near to homes;投放点太远=Too far away`,
  roof: `
    leak|渗漏|Leak|engineering|屋面漏到顶层=The roof leaks into the top floor;女儿墙根部渗水=Leak at the parapet;屋面排气管渗水=Leak at a roof vent
    drain|排水不畅|Bad drainage|property|雨水口堵塞=The rain outlet is blocked;屋面积水=Water stands on the roof
    heat|隔热差|Bad insulation|design|顶层夏季闷热=Hot top floor in summer`,
  facade: `
    !fall|外墙脱落|Falling facade|property|外墙砖掉落=Facade tiles fall;外墙涂层大块脱落=Large pieces come off
    leak|渗漏|Leak|engineering|外墙裂缝渗水=Water through a crack;腰线处渗水=Water at the string course
    stain|污染褪色|Stained|property|外墙流挂污渍=Streaks on the facade;涂料褪色=Faded paint`,
  manhole: `
    !cover|井盖缺失|Missing cover|property|井盖丢失=A cover is missing;井盖塌陷=A cover sank in
    loose|井盖松动|Loose cover|property|井盖松动响声大=A loose cover rattles;井盖与路面不平=Not level with the road
    block|堵塞满溢|Blocked|property|雨水井堵塞=The rain drain is blocked;污水井满溢=The sewer overflows;下雨路面积水=The road floods in rain`,
  order: `
    noise|噪声扰民|Noise|property|夜间施工噪声=Building works at night;健身区夜间喧闹=Noisy at night;楼上邻居噪声大=Noisy neighbours above;商铺噪声扰民=Noisy shops
    pets|宠物问题|Pets|property|遛狗不牵绳=Dogs without a lead;宠物粪便未清=Mess is left
    throw|高空抛物|Things thrown down|property|楼上往下扔东西=Things are thrown down;晾晒滴水=Washing drips
    smoke|油烟异味|Fumes and smells|property|底商油烟扰民=Fumes from a restaurant;楼道抽烟=Smoking on the stairs`,
} as const;
