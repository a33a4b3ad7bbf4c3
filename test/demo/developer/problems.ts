// The demo library's problems and their common phrases, by the family of building element they befall.
// One line is `id|zh|en|port|phrases`; phrases are `zh=en` separated by `;`; `!` before the id marks an emergency.

export interface DemoProblem {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly port: string;
  readonly isEmergency: boolean;
  readonly phrases: readonly { readonly zh: string; readonly en: string }[];
}

const families = {
  ceiling: `
    leak|渗漏|Leak|engineering|下水管周围渗漏=Leak around the waste pipe;楼板裂缝渗水=Water through a crack in the slab;吊顶接缝滴水=Drips from the ceiling joints;烟道根部渗水=Water at the foot of the flue
    crack|开裂|Crack|engineering|石膏板接缝开裂=Crack along a plasterboard joint;沿梁边开裂=Crack along the beam;不规则龟裂=Crazing
    paint|涂料脱落|Peeling paint|engineering|成片起皮=Paint peels in sheets;局部泛黄=Yellow patches;发霉=Mould
    level|不平整|Uneven|design|吊顶下沉=The ceiling sags;接缝错台=Joints do not line up`,
  wall: `
    leak|渗漏|Leak|engineering|窗台下方渗水=Water below the window sill;管道穿墙处渗水=Water where a pipe goes through;外墙面返潮=Damp outer wall
    crack|开裂|Crack|engineering|门窗角斜裂=Slanting crack at door or window;墙面竖向裂缝=Upright crack;抹灰龟裂=Crazed plaster
    hollow|空鼓|Hollow spot|engineering|敲击有空响=Sounds hollow;局部鼓起=Bulges in one place
    surface|饰面损坏|Damaged finish|engineering|涂料起皮=Peeling paint;墙纸翘边=Wallpaper lifts;发霉变色=Mould or stains`,
  tile: `
    hollow|空鼓|Hollow tile|engineering|走动有响声=Sounds when walked on;整块松动=A tile is loose
    crack|破损|Broken|engineering|边角崩缺=Chipped corner;表面裂纹=Hairline crack
    slope|排水坡度不足|Wrong fall|design|地漏旁积水=Water stands beside the drain;水流向门口=Water runs to the door
    leak|渗漏|Leak|engineering|渗到楼下=Water comes through below;墙根返潮=Damp at the foot of the wall
    joint|填缝脱落|Joint missing|engineering|缝隙发黑=Black joints;填缝剂掉粉=The grout crumbles`,
  floor: `
    warp|变形|Warped|engineering|板缝起拱=Boards rise at the joint;受潮膨胀=Swollen by damp
    noise|异响|Noise|engineering|踩踏吱响=Creaks when walked on;踩踏有空鼓感=Feels hollow
    scratch|表面损伤|Damaged surface|engineering|交付时已划伤=Scratched at hand-over;漆面脱落=Varnish comes off`,
  door: `
    close|关不严|Does not close|engineering|门扇下垂=The leaf sags;锁舌对不上=The latch misses;密封条脱落=The seal came off
    lock|锁具故障|Lock fault|engineering|钥匙转不动=The key does not turn;把手松动=Loose handle;智能锁不识别=The smart lock does not recognise
    surface|门体损坏|Damaged leaf|engineering|漆面划伤=Scratched paint;门套开裂=Cracked frame;变形=Warped
    noise|异响|Noise|engineering|合页吱响=Hinges squeak;关门撞击=The door slams`,
  window: `
    leak|渗水|Leak|engineering|窗框与墙之间渗水=Water between frame and wall;开启扇滴水=Drips from the sash;密封胶开裂=Cracked sealant
    draught|漏风|Draught|engineering|关窗仍有风声=Whistles when shut;胶条老化=Old rubber seal
    glass|玻璃破损|Broken glass|engineering|中空玻璃起雾=Fog between the panes;自爆=Shattered by itself;划伤=Scratched
    move|开启不顺|Hard to open|engineering|滑轮卡滞=The rollers stick;执手损坏=Broken handle;限位失灵=The stop does not hold`,
  supply: `
    !burst|爆管|Burst pipe|property|水大量涌出=Water gushes out;阀门关不住=The valve does not shut
    drip|滴漏|Drip|engineering|接头渗水=Water at a joint;软管老化=Old hose;水表前漏水=Leak before the meter
    pressure|水压不足|Low pressure|property|热水小=Little hot water;高峰时无水=No water at peak hours
    quality|水质异常|Bad water|property|水发黄=Yellow water;有异味=It smells`,
  drain: `
    block|堵塞|Blocked|property|下水慢=Drains slowly;污水返涌=Sewage comes back
    leak|渗漏|Leak|engineering|立管接口渗水=Water at the stack joint;存水弯滴水=Drip at the trap
    smell|返臭|Bad smell|engineering|地漏返味=Smell from the floor drain;管道井有味=Smell from the shaft
    noise|排水噪声|Drain noise|design|夜间水声大=Loud at night;管道振动=The pipe shakes`,
  fixture: `
    drip|滴漏|Drip|engineering|关闭后仍滴水=Drips when shut;底座渗水=Water at the base
    loose|松动|Loose|engineering|固定件松脱=The fixing came off;晃动=It wobbles
    broken|损坏|Broken|engineering|按键失灵=The button does not work;开裂=Cracked;镀层脱落=The plating comes off`,
  power: `
    !shock|漏电|Electric shock|property|触碰有电感=A shock when touched;有烧焦味=It smells burnt
    dead|无电|No power|property|整户停电=The whole home is out;单个回路跳闸=One circuit trips;插座无电=A socket is dead
    loose|松动|Loose|engineering|面板松动=Loose plate;接触不良=Bad contact
    light|灯具故障|Light fault|engineering|灯闪烁=It flickers;灯不亮=It stays dark`,
  signal: `
    dead|无信号|No signal|property|网络不通=No network;对讲无声=The intercom is silent;门禁呼不通=The door does not call
    broken|设备损坏|Broken device|engineering|屏幕不亮=Dark screen;按键失灵=The buttons do not work`,
  appliance: `
    dead|不工作|Does not work|engineering|无法启动=Does not start;运行中断=Stops while running
    noise|噪声大|Loud|engineering|运行振动=It shakes;异响=Strange noise
    effect|效果差|Weak|design|排烟不畅=Fumes stay;出风量小=Little air;加热慢=Heats slowly`,
  gas: `
    !leak|燃气泄漏|Gas leak|property|闻到燃气味=It smells of gas;报警器鸣响=The alarm sounds
    closed|不通气|No gas|property|未开通=Not connected yet;表具故障=Meter fault`,
  lift: `
    !trapped|困人|Person trapped|property|电梯停在层间=Stopped between floors;门打不开=The doors do not open
    stop|停运|Out of service|property|频繁故障=Fails often;长时间检修=Long repair
    noise|运行异常|Runs badly|property|抖动=It shakes;平层不准=Stops off level;异响=Strange noise`,
  public: `
    dirty|不整洁|Unclean|property|垃圾未清=Rubbish not collected;地面积水=Standing water;杂物堆放=Things stored there
    broken|设施损坏|Damaged|property|照明不亮=Lights are out;扶手松动=Loose handrail;地面破损=Broken ground
    safety|安全隐患|Hazard|property|消防通道被占=Fire lane blocked;井盖松动=Loose manhole cover;门禁常开=Entrance left open`,
  garden: `
    plant|植物养护|Plants|property|枯死=Dead plants;遮挡采光=Shades the windows;虫害=Pests
    path|园路破损|Damaged path|engineering|砖面松动=Loose paving;下沉积水=Sunken, water stands
    noise|噪声扰民|Noise|property|健身区夜间喧闹=Noisy at night;水泵声大=Loud pump`,
} as const;
export type ProblemFamily = keyof typeof families;

export function problemsOf(family: ProblemFamily): DemoProblem[] {
  return families[family]
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', zh = '', en = '', port = '', phrases = ''] = line.trim().split('|');
      return {
        id: id.replace('!', ''),
        zh,
        en,
        port,
        isEmergency: id.startsWith('!'),
        phrases: phrases.split(';').map((phrase) => {
          const [chinese = '', english = ''] = phrase.split('=');
          return { zh: chinese, en: english };
        }),
      };
    });
}
