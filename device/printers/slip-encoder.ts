// PORT: whatever turns a slip into the bytes of one print job.
import type { Slip } from '../receipt-printer.ts';
import type { PrinterProfile } from './printer-profile.ts';

/**
 * Pure; the style of one job never reaches the next.
 * @param proofId 1 … 9999; the printer is asked to say it when the paper is out, when it can
 * @returns the whole job, from initialising to the cut
 */
export type SlipEncoder = (slip: Slip, profile: PrinterProfile, proofId?: number) => Buffer;
