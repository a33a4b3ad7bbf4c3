// A printer port as tests open it: a printer that can do everything, and little patience.

export const escPosOptions = {
  profile: {
    columns: 48,
    dots: 576,
    hasCutter: true,
    status: 'dle-eot',
    hanzi: 'gb18030',
    hasNativeQr: true,
    completionProof: 'echo',
    hasCounters: true,
  },
  answerMs: 2_000,
  retryMinMs: 20,
  retryMaxMs: 100,
  pollMs: 20,
} as const;
