import { Replica } from './dist/sync/replica.js';
import { cardToken } from './dist/sync/contract/card-token.js';
import { cardNumber, bigStoreFleetKey } from './dist/test/bench/big-store-rows.js';
import { readdirSync } from 'node:fs';
const dir=readdirSync('node_modules/.cache/yingbin-bench').filter(x=>x.startsWith('store-')&&!x.endsWith('.db')&&!x.endsWith('tmp'))[0];
const r=Replica.open('node_modules/.cache/yingbin-bench/'+dir+'/datasets');
console.log(r.versions());
const keys=Array.from({length:40000},(_,n)=>'card/'+cardToken(bigStoreFleetKey,'em4100',cardNumber((n*7368787)%1000000)));
for(let round=0;round<3;round++){const ts=[];for(const k of keys){const s=process.hrtime.bigint();r.get('members',k);ts.push(Number(process.hrtime.bigint()-s)/1000)}ts.sort((a,b)=>a-b);console.log('p50',ts[20000],'p90',ts[36000],'p99',ts[39600],'p99.9',ts[39960],'rss',process.memoryUsage().rss/1e6|0);}
const m=[];for(const k of keys.slice(0,10000)){const s=process.hrtime.bigint();const c=r.get('members',k);r.get('members','member/'+c.member);m.push(Number(process.hrtime.bigint()-s)/1000)}m.sort((a,b)=>a-b);console.log('card+member p50',m[5000],'p99',m[9900]);
