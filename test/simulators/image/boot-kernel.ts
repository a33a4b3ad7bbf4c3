// Takes kernel, first file system and the line that it starts with out of an image's boot partition, as a boot loader would.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** @param folder where they are put */
export function bootKernel(
  image: string,
  folder: string,
): { readonly kernel: string; readonly initrd: string; readonly line: string } {
  // the first partition starts at 1 MiB
  execFileSync('mcopy', ['-o', '-i', `${image}@@1M`, '::vmlinuz', '::initrd.img', folder]);
  const entry = execFileSync('mtype', ['-i', `${image}@@1M`, '::loader/entries/yingbin.conf'], {
    encoding: 'utf8',
  });
  const line = /^options (.*)$/m.exec(entry)?.[1];
  if (line === undefined) throw new Error(`${image} says nothing to its kernel`);
  return { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd.img'), line };
}
