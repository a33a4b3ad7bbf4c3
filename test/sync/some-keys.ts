// Keys of a headquarters for tests that need one to seal and sign to; new in every process.
import { makeSealKeys } from '../../sync/contract/seal.ts';
import { makeSignKeys } from '../../sync/contract/signed-frame.ts';
import type { HeadquartersKeys } from '../../sync/headquarters/keys.ts';

export const someKeys: HeadquartersKeys = { seal: makeSealKeys(), sign: makeSignKeys(), formerSealKeys: [] };
