// Approves how the screens look now: `npm run -s build && node dist/test/ui/approve-looks.js [name …]`; keeps a picture that still fits.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { approvedFolder, compareWithApproved, keepsake, pictureOf } from './approved-looks.ts';
import { openDarkroom } from './darkroom.ts';
import { openBrowser } from './kiosk-page.ts';
import { looks } from './looks.ts';
import { takeLook } from './take-look.ts';

const wanted = process.argv.slice(2);
const browser = await openBrowser();
try {
  mkdirSync(approvedFolder, { recursive: true });
  const darkroom = await openDarkroom(browser);
  for (const [name, look] of Object.entries(looks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const taken = await keepsake(darkroom, await takeLook(browser, look));
    const spots = await compareWithApproved(darkroom, name, taken);
    if (spots?.length === 0 && !wanted.includes(name)) continue;
    writeFileSync(pictureOf(name), taken);
    console.log(`${name}: ${spots ? 'looks different, approved anew' : 'approved'}`);
  }
  for (const file of readdirSync(approvedFolder)) {
    if (looks[file.replace(/\.webp$/, '')]) continue;
    rmSync(join(approvedFolder, file));
    console.log(`${file}: gone, nothing looks like it`);
  }
} finally {
  await browser.close();
}
