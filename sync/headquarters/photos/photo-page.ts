// The page that a telephone opens from the code on screen or slip: choose pictures, send them, see that they arrived.
// The key stands behind the `#` and so never in a request line, a log or a referrer; the page sends it in a header.

export const photoPageHtml = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>添加照片 Add photos</title>
<link rel="stylesheet" href="/p/page.css">
</head>
<body>
<main>
<h1>添加照片 <span lang="en">Add photos</span></h1>
<p class="number"></p>
<p id="say" role="status">请稍候… <span lang="en">One moment…</span></p>
<label id="choose" hidden>选择或拍照 <span lang="en">Choose or take</span>
<input type="file" accept="image/*" multiple></label>
<button id="again" hidden>再试一次 <span lang="en">Try again</span></button>
<ul></ul>
<p class="small">照片只给总部看；位置和相机信息会自动去掉。<br><span lang="en">Only headquarters sees them; place and camera are taken out.</span></p>
</main>
<script src="/p/page.js" defer></script>
</body>
</html>
`;

export const photoPageCss = `*{box-sizing:border-box}
body{margin:0;background:#f6f0e4;color:#231e19;font:1.1rem/1.5 system-ui,"Noto Sans CJK SC",sans-serif}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1.25rem}
h1{font-size:1.5rem;margin:0 0 .5rem}
[lang=en]{color:#675c50;font-size:.9em}
.number{font-size:1.6rem;font-weight:700;color:#a8332a;margin:.25rem 0}
#say{padding:.8rem 1rem;border-radius:.6rem;background:#fffdf8;border:1px solid #d9cdb8}
#say.bad{background:#f8e4e0;color:#8c2a22}
#say.good{background:#e1ece6;color:#235a47}
label,button{display:block;width:100%;padding:1.1rem;margin:1rem 0;border:0;border-radius:.8rem;background:#a8332a;color:#fff;font:inherit;font-weight:700;text-align:center}
label [lang=en],button [lang=en]{color:#fff}
label:focus-within,button:focus-visible{outline:4px solid #d9822b}
input{position:absolute;opacity:0;width:1px;height:1px}
[hidden]{display:none!important}
ul{list-style:none;margin:0;padding:0}
li.bad{color:#8c2a22}
li{padding:.4rem 0;border-bottom:1px solid #e4dac7;overflow-wrap:anywhere}
.small{font-size:.85rem;color:#675c50}
`;

export const photoPageScript = `'use strict';
const words = {
  sending: ['正在发送，还剩 ', ' 张…', 'Sending, ', ' left…'],
  open: ['可以添加照片，最多 ', ' 张。', 'You may add up to ', ' photos.'],
  added: ['已收到 ', ' 张，谢谢！', 'Received: ', '. Thank you!'],
  'not-here': ['总部还没有收到这条诉求，或链接不对。请稍后再试。', 'Not here yet, or a wrong link. Please try again later.'],
  closed: ['这条诉求已经办结，不再收照片。', 'This request is closed; no more photos are taken.'],
  expired: ['链接已过期。请致电客服。', 'The link has expired. Please telephone us.'],
  full: ['照片已收满，谢谢！', 'We have all the photos we can take. Thank you!'],
  'not-a-picture': ['只收 JPEG 或 PNG 照片。', 'Only JPEG or PNG photos are taken.'],
  damaged: ['这张照片读不出来，请换一张。', 'This photo cannot be read; please choose another.'],
  'too-large': ['照片太大，请另选一张。', 'This photo is too large; please choose another.'],
  'too-fast': ['请稍等几秒再试。', 'Please wait some seconds and try again.'],
  unreachable: ['网络不通，请再试一次。', 'No connection. Please try again.'],
};
const number = decodeURIComponent(location.pathname.split('/').pop() || '');
const key = location.hash.slice(1);
const by = (selector) => document.querySelector(selector);
const choose = by('#choose'), again = by('#again'), list = by('ul'), input = by('input');
by('.number').textContent = number;

function say(kind, count) {
  const box = by('#say');
  box.className = kind === 'added' || kind === 'full' ? 'good' : kind === 'open' || kind === 'sending' ? '' : 'bad';
  write(box, kind, count, '');
}

/** Chinese, and English below it. */
function write(box, kind, count, before) {
  const line = words[kind] || words.unreachable;
  const english = document.createElement('span');
  english.lang = 'en';
  const isCounted = line.length === 4;
  box.textContent = before + (isCounted ? line[0] + count + line[1] : line[0]);
  english.textContent = isCounted ? line[2] + count + line[3] : line[1];
  box.append(document.createElement('br'), english);
}

/** A large picture is made smaller here: faster over a slow line, and its place never leaves the telephone. */
async function smaller(file) {
  const isPlain = ['image/jpeg', 'image/png'].includes(file.type);
  if (file.size <= 1500000 && isPlain) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, 2560 / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const made = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    return made && (made.size < file.size || !isPlain) ? made : file;
  } catch {
    return file;
  }
}

async function ask(path, init) {
  try {
    const response = await fetch('/p/' + encodeURIComponent(number) + path, {
      ...init,
      headers: { 'x-photo-key': key, ...(init && init.headers) },
    });
    return await response.json();
  } catch {
    return { kind: 'unreachable' };
  }
}

function show(state) {
  const canAdd = state.kind === 'open' || (state.kind === 'added' && state.taken < state.most) ||
    ['not-a-picture', 'damaged', 'too-large', 'too-fast', 'unreachable'].includes(state.kind) && list.children.length > 0;
  choose.hidden = !canAdd;
  again.hidden = canAdd || !['not-here', 'unreachable', 'too-fast'].includes(state.kind);
  say(state.kind, state.kind === 'open' ? state.most - state.taken : state.taken);
}

async function look() {
  again.hidden = true;
  show(await ask('/state'));
}

const ends = ['closed', 'expired', 'full', 'not-here'];
input.addEventListener('change', async () => {
  const files = [...input.files];
  input.value = '';
  choose.hidden = true;
  let last, taken;
  for (const [index, file] of files.entries()) {
    say('sending', files.length - index);
    const line = document.createElement('li');
    line.textContent = '… ' + file.name;
    list.append(line);
    last = await ask('/photos', { method: 'POST', body: await smaller(file), headers: { 'content-type': 'application/octet-stream' } });
    if (last.kind === 'added') { taken = last; line.textContent = '✓ ' + file.name; }
    else write(line, last.kind, 0, '✗ ' + file.name + ' · ');
    line.className = last.kind === 'added' ? '' : 'bad';
    if (ends.includes(last.kind)) break;
  }
  if (last) show(taken && !ends.includes(last.kind) ? taken : last);
});
again.addEventListener('click', look);
addEventListener('hashchange', () => location.reload());
look();
`;
