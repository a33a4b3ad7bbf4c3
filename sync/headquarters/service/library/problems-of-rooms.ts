// Shipped problems of ceilings, walls, floors, doors and windows; see `problem-families.ts` for how a line reads.

export const problemsOfRooms = {
  ceiling: `
    leak@60|渗漏|Leak|engineering|下水管周围渗漏=Leak around the waste pipe;楼板裂缝渗水=Water through a crack in the slab;吊顶接缝滴水=Drips from the ceiling joints;烟道根部渗水=Water at the foot of the flue;楼上用水时滴水=Drips when the floor above uses water
    crack|开裂|Crack|engineering|石膏板接缝开裂=Crack along a plasterboard joint;沿梁边开裂=Crack along the beam;不规则龟裂=Crazing;灯槽转角开裂=Crack at the corner of the light cove
    paint|涂料脱落|Peeling paint|engineering|成片起皮=Paint peels in sheets;局部泛黄=Yellow patches;天花发霉=Mould on the ceiling
    level|不平整|Uneven|design|吊顶下沉=The ceiling sags;接缝错台=Joints do not line up;检修口盖不严=The access hatch does not shut`,
  wall: `
    leak@60|渗漏|Leak|engineering|窗台下方渗水=Water below the window sill;管道穿墙处渗水=Water where a pipe goes through;墙脚返潮=Damp at the foot of the wall
    crack|开裂|Crack|engineering|门窗角斜裂=Slanting crack at door or window;墙面竖向裂缝=Upright crack;抹灰龟裂=Crazed plaster;线槽处开裂=Crack along a cable chase
    hollow|空鼓|Hollow spot|engineering|敲击有空响=Sounds hollow;局部鼓起=Bulges in one place;抹灰层脱落=Plaster came off
    surface|饰面损坏|Damaged finish|engineering|涂料起皮=Peeling paint;发霉变色=Mould or stains;色差明显=Colours differ;表面划痕=Scratches`,
  paper: `
    lift|翘边|Lifting|engineering|接缝翘边=The seams lift;阴角处起鼓=Bubbles in the corner;大面积脱胶=Large parts came off
    stain|污染|Stained|engineering|胶痕外露=Glue marks;墙纸发霉=Mouldy paper;泛黄变色=Turned yellow
    pattern|拼花错位|Pattern off|engineering|花纹对不上=The pattern does not meet;卷与卷有色差=Rolls differ in colour`,
  outerWall: `
    leak|渗漏|Leak|engineering|雨后墙面渗水=Water comes through after rain;外墙面返潮=Damp outer wall;空调孔渗水=Water at the air-conditioning hole;螺杆洞渗水=Water at a tie-bolt hole
    mould|发霉|Mould|engineering|墙角成片发霉=Mould in the corner;衣柜背后发霉=Mould behind the wardrobe
    cold|结露|Condensation|design|冬季墙面结露=Wet wall in winter;保温缺失冰冷=Cold, insulation is missing`,
  wallTile: `
    hollow|空鼓|Hollow tile|engineering|墙砖敲击空响=The tile sounds hollow;墙砖松动欲坠=A tile is about to fall
    crack|破损|Broken|engineering|墙砖开裂=Cracked tile;阳角崩瓷=Chipped edge;开孔处破裂=Cracked at the cut-out
    joint|填缝脱落|Joint missing|engineering|缝隙发黑=Black joints;填缝剂掉粉=The grout crumbles;阴角胶开裂=Cracked sealant in the corner
    level|不平整|Uneven|engineering|砖缝不直=Joints are not straight;相邻砖高低差=Neighbouring tiles differ in height`,
  floorTile: `
    hollow|空鼓|Hollow tile|engineering|走动有响声=Sounds when walked on;整块松动=A tile is loose;地砖起拱=Tiles rise
    crack|破损|Broken|engineering|边角崩缺=Chipped corner;表面裂纹=Hairline crack;釉面脱落=The glaze comes off
    slope|排水坡度不足|Wrong fall|design|地漏旁积水=Water stands beside the drain;水流向门口=Water runs to the door
    leak@60|渗漏|Leak|engineering|渗到楼下=Water comes through below;墙根返潮=Damp at the foot of the wall
    stain|污染|Stained|engineering|水泥渍洗不掉=Cement stains stay;砖面渗色=Colour soaked in`,
  woodFloor: `
    warp|变形|Warped|engineering|板缝起拱=Boards rise at the joint;受潮膨胀=Swollen by damp;板缝过大=Wide gaps
    noise|异响|Noise|engineering|踩踏吱响=Creaks when walked on;踩踏有空鼓感=Feels hollow
    scratch|表面损伤|Damaged surface|engineering|交付时已划伤=Scratched at hand-over;漆面脱落=Varnish comes off;局部变色=Discoloured
    pest|虫蛀|Pests|engineering|地板有虫眼=Worm holes;缝里掉木粉=Wood dust from the gaps`,
  skirting: `
    loose|脱落|Loose|engineering|踢脚线脱开=The skirting came away;接头错位=Joints do not meet
    damage|损坏|Damaged|engineering|受潮发胀=Swollen by damp;磕碰掉漆=Knocked, paint came off;压条缺失=A strip is missing`,
  stone: `
    crack|开裂|Crack|engineering|石材断裂=The stone broke;边角缺损=A corner is missing;暗裂=Hidden crack
    stain|渗色|Stained|engineering|水渍返碱=Salt comes out;锈斑=Rust spots;油渍渗入=Oil soaked in
    joint|接缝不良|Bad joint|engineering|接缝发黑=The joint is black;密封胶脱落=The sealant came off;高低不平=Uneven joint`,
  frontDoor: `
    lock|锁具故障|Lock fault|engineering|钥匙转不动=The key does not turn;智能锁不识别=The smart lock does not recognise;门锁反复上锁=Locks again and again;猫眼损坏=Broken door viewer
    !shut|打不开门|Cannot open|property|人被锁在屋内=Somebody is locked in;钥匙断在锁里=The key broke off
    close|关不严|Does not close|engineering|门扇下垂=The leaf sags;锁舌对不上=The latch misses;门缝透风=Draught through the gap
    surface|门体损坏|Damaged leaf|engineering|漆面划伤=Scratched paint;门框变形=Bent frame;门套开裂=Cracked frame cover`,
  door: `
    close|关不严|Does not close|engineering|门扇变形关不上=Warped, does not close;密封条脱落=The seal came off;门吸不牢=The door stop does not hold
    lock|锁具故障|Lock fault|engineering|把手松动=Loose handle;反锁失灵=Does not bolt;锁芯空转=The cylinder turns freely
    surface|门体损坏|Damaged leaf|engineering|贴皮起泡=Bubbles in the veneer;受潮发霉=Mouldy from damp;门套发胀=Swollen frame
    noise|异响|Noise|engineering|合页吱响=Hinges squeak;关门撞击=The door slams`,
  slidingDoor: `
    move|推拉不顺|Hard to slide|engineering|滑轮脱轨=Off its rail;推拉费力=Hard to push;轨道变形=Bent rail
    glass|玻璃破损|Broken glass|engineering|玻璃门开裂=The glass door cracked;压条松脱=The bead came off
    leak@60|渗水|Leak|engineering|下轨积水倒灌=Water from the rail runs in;暴雨时门缝进水=Rain comes in at the gap
    lock|锁具故障|Lock fault|engineering|月牙锁扣不上=The crescent lock does not catch;拉手脱落=The handle came off`,
  window: `
    leak@60|渗水|Leak|engineering|窗框与墙之间渗水=Water between frame and wall;开启扇滴水=Drips from the sash;密封胶开裂=Cracked sealant;窗台倒坡积水=The sill slopes inwards
    draught|漏风|Draught|engineering|关窗仍有风声=Whistles when shut;胶条老化=Old rubber seal;窗扇变形=Warped sash
    glass|玻璃破损|Broken glass|engineering|中空玻璃起雾=Fog between the panes;玻璃自爆=Shattered by itself;玻璃划伤=Scratched glass
    move|开启不顺|Hard to open|engineering|滑轮卡滞=The rollers stick;执手损坏=Broken handle;限位失灵=The stop does not hold
    !fall|窗扇松脱|Loose sash|property|窗扇摇晃欲坠=The sash may fall;玻璃掉落楼下=Glass fell down`,
  screen: `
    tear|破损|Torn|engineering|纱网破洞=A hole in the mesh;纱网松弛=Slack mesh
    move|推拉不顺|Hard to move|engineering|隐形纱窗收不回=The rolling screen does not return;边框变形=Bent frame`,
} as const;
