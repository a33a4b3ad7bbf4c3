// Why a terminal cannot start: a code for searching and one sentence that says what to do.
import { type FaultCode, faultText } from './fault-text.ts';

export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: FaultCode;

  /** @param where the file, folder or port it is about */
  constructor(code: FaultCode, where: string, options?: ErrorOptions) {
    super(`${where}: ${faultText(code)}`, options);
    this.code = code;
  }
}
